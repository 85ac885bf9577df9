-- lease_doubt: the records are older than the world: what was due or in somebody's hands may have been done since.
-- KEYS the queue. ARGS 2 since when (ms), 3 note, 4 how many at most.
-- Moves them, whatever lane, into unknown, to be looked at now. What is not due yet stays. Answers how many it took and how
-- many of these were put aside.
local function doubtful(queue, most, now_ms)
    local ids, place = redis.call('ZRANGEBYSCORE', queue.leased, '-inf', '+inf', 'LIMIT', 0, most), {}
    for i = 1, #ids do place[i] = queue.leased end
    for lane = 0, #queue.lanes do
        local key, room = queue.lanes[lane], most - #ids
        local due = room > 0 and redis.call('ZRANGEBYSCORE', key, '-inf', now_ms, 'LIMIT', 0, room) or {}
        for i = 1, #due do ids[#ids + 1], place[#place + 1] = due[i], key end
    end
    return ids, place
end

-- Moves the record on. Answers where its job goes: 'unknown', 'aside', or nil (it is done: nowhere).
local function put_in_doubt(r, since_ms, note)
    if not r or r.phase == 'u' then return 'aside' end
    if r.phase == 'd' then return nil end
    if r.phase == 'q' or r.phase == 'c' then r.at = since_ms end
    if r.phase ~= 'l' then r.doubts = math.min(r.doubts + 1, 999999999) end
    r.phase, r.owner, r.note = 'u', '', note
    return 'unknown'
end

local function lease_doubt(keys, args)
    local queue, since_ms, note = lease_queue(keys, args), between(args[2], 0, big), args[3]
    local most, now_ms = between(args[4], 1, 256), server_ms()
    if #note > 256 then refuse('note') end
    local ids, place = doubtful(queue, most, now_ms)
    if #ids == 0 then return {0, 0} end
    redis.call('ZCARD', queue.unknown)
    local states, aside = redis.call('HMGET', queue.states, unpack(ids)), {}
    for i, id in ipairs(ids) do
        local r = read_record(states[i])
        local where = put_in_doubt(r, since_ms, note)
        redis.call('ZREM', place[i], id)
        if where == 'aside' then aside[#aside + 1] = id end
        if where == 'unknown' then
            redis.call('HSET', queue.states, id, write_record(r))
            redis.call('ZADD', queue.unknown, text_of(now_ms), id)
        end
    end
    put_aside(queue, aside)
    return {#ids, #aside}
end

redis.register_function{function_name = library .. '_lease_doubt', callback = lease_doubt, flags = {'allow-oom'}}
