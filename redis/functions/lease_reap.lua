-- lease_reap: ends leases that are over. What was claimed is queued again; what was submitting or looking is unknown, to
-- be looked at now. When the clocks disagree, nothing that was submitting is touched.
-- KEYS the queue. ARGS 2 the caller's now_ms, 3 most.
-- Answers: 1 when the clocks disagree, how many were put aside, an array of ids queued, one of ids unknown.

local function leases_over(queue, now_ms, reach)
    local ids = redis.call('ZRANGEBYSCORE', queue.leased, '-inf', now_ms, 'LIMIT', 0, reach)
    local far = '(' .. text_of(now_ms + longest_lease_ms)
    local odd = redis.call('ZRANGEBYSCORE', queue.leased, far, '+inf', 'LIMIT', 0, reach)
    for i = 1, math.min(#odd, reach - #ids) do ids[#ids + 1] = odd[i] end
    return ids
end

-- Moves the record on. Answers where its job goes: 'queued', 'unknown', 'aside', or nil (it is done: nowhere).
local function end_lease(queue, r)
    if not r or not queue.lanes[r.lane] then return 'aside' end
    if r.phase == 'c' then
        r.phase, r.owner = 'q', ''
        return 'queued'
    elseif r.phase == 's' or r.phase == 'l' then
        if r.phase == 's' then r.doubts = math.min(r.doubts + 1, 999999999) end
        r.phase = 'u'
        return 'unknown'
    end
    return r.phase ~= 'd' and 'aside' or nil
end

local function lease_reap(keys, args)
    local queue, most, now_ms = lease_queue(keys, args), between(args[3], 1, 256), server_ms()
    local agree = clocks_agree(now_ms, tonumber(args[2]))
    local ids = leases_over(queue, now_ms, agree and most or 1000) -- else what is not touched could hide the rest
    local went = {queued = {}, unknown = {}, aside = {}}
    if #ids == 0 then return {agree and 0 or 1, 0, {}, {}} end
    redis.call('ZCARD', queue.unknown)
    for lane = 0, #queue.lanes do redis.call('ZCARD', queue.lanes[lane]) end
    local states = redis.call('HMGET', queue.states, unpack(ids))
    local gone = 0
    for i, id in ipairs(ids) do
        local r = read_record(states[i])
        if gone < most and (agree or not (r and r.phase == 's')) then
            gone = gone + 1
            redis.call('ZREM', queue.leased, id)
            local where = end_lease(queue, r)
            if where then table.insert(went[where], id) end
            if where == 'queued' then redis.call('ZADD', queue.lanes[r.lane], text_of(r.at), id) end
            if where == 'unknown' then redis.call('ZADD', queue.unknown, text_of(now_ms), id) end
            if where == 'queued' or where == 'unknown' then redis.call('HSET', queue.states, id, write_record(r)) end
        end
    end
    put_aside(queue, went.aside)
    return {agree and 0 or 1, #went.aside, went.queued, went.unknown}
end

redis.register_function{function_name = library .. '_lease_reap', callback = lease_reap, flags = {'allow-oom'}}
