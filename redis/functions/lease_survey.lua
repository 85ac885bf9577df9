-- lease_survey: one page of a walk over one of the queue's collections, and what is wrong with the entries on it.
-- KEYS the queue. ARGS 2 which key of the queue (1 jobs, 2 states, 3 leased, 4 unknown, 5 settled, 7… lanes),
--      3 the page's cursor, 4 how many entries about.
-- Answers the next page's cursor ('0' = no more), how many entries were looked at, then id and sentence of each finding.
local place_names = {c = 'leased', s = 'leased', l = 'leased', u = 'unknown'}

local function places_of(queue, id)
    local places = {}
    if redis.call('ZMSCORE', queue.leased, id)[1] then places[#places + 1] = 'leased' end
    local look = redis.call('ZMSCORE', queue.unknown, id)[1]
    if look then places[#places + 1] = tonumber(look) >= never_ms and 'aside' or 'unknown' end
    for lane = 0, #queue.lanes do
        if redis.call('ZMSCORE', queue.lanes[lane], id)[1] then places[#places + 1] = 'lane ' .. lane end
    end
    return places
end

local function wrong_with_state(queue, id, text)
    local r, places = read_record(text), places_of(queue, id)
    local payload = redis.call('HGET', queue.jobs, id)
    local settled = redis.call('ZMSCORE', queue.settled, id)[1]
    if not r then return 'its state record cannot be read' end
    if r.phase == 'd' then
        if payload then return 'it is done and has a payload' end
        if #places > 0 then return 'it is done and in ' .. places[1] end
        return not settled and 'it is done and not in settled'
    end
    if settled then return 'it is in settled and not done' end
    if not payload then return 'it has no payload' end
    if #places == 0 then return 'it is nowhere' end
    if #places > 1 then return 'it is in ' .. places[1] .. ' and in ' .. places[2] end
    if places[1] == 'aside' then return 'it was put aside' end
    local expected = place_names[r.phase] or 'lane ' .. r.lane
    return places[1] ~= expected and 'it is in ' .. places[1] .. ' and should be in ' .. expected
end

local function lease_survey(keys, args)
    local queue, which = lease_queue(keys, args), between(args[2], 1, #keys)
    local count = between(args[4], 1, 1000)
    if which == 6 then refuse('this is no collection') end
    local scan = which <= 2 and 'HSCAN' or 'ZSCAN'
    local page = redis.call(scan, keys[which], args[3], 'COUNT', count)
    local entries, findings = page[2], {}
    for i = 1, #entries, 2 do
        local id, wrong = entries[i], nil
        if which == 2 then
            wrong = wrong_with_state(queue, id, entries[i + 1])
        elseif not redis.call('HGET', queue.states, id) then
            wrong = 'it has no state record'
        end
        if wrong then
            findings[#findings + 1] = id
            findings[#findings + 1] = wrong
        end
    end
    return {page[1], #entries / 2, unpack(findings)}
end

redis.register_function{function_name = library .. '_lease_survey', callback = lease_survey, flags = {'no-writes'}}
