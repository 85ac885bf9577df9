-- lease_settle: how a leased job went on.
--
-- KEYS the queue. ARGS 2 id, 3 owner, 4 the lease's number, 5 d done, a again, u unknown, r release, 6 delay_ms,
--      7 '1' when the attempt counts, 8 note ('' = keep the one before).
-- Answers 1 settled, 0 fenced. Phases: c claimed, s submitting, l looking, u unknown (the truth that comes late).
local verbs = {d = 'csul', a = 'csul', u = 'sul', r = 'cl'}

-- The first write; it raises WRONGTYPE while nothing is written yet.
local function take_from_place(queue, id, r)
    redis.call('ZREM', r.phase == 'u' and queue.unknown or queue.leased, id)
end

local function settle_done(queue, id, r, now_ms)
    redis.call('HLEN', queue.jobs)
    redis.call('ZCARD', queue.settled)
    take_from_place(queue, id, r)
    r.phase, r.at = 'd', now_ms
    redis.call('HSET', queue.states, id, write_record(r))
    redis.call('HDEL', queue.jobs, id)
    redis.call('ZADD', queue.settled, text_of(now_ms), id)
end

local function settle_queued(queue, id, r, due_ms)
    redis.call('ZCARD', queue.lanes[r.lane])
    take_from_place(queue, id, r)
    r.phase, r.owner, r.at = 'q', '', due_ms
    redis.call('HSET', queue.states, id, write_record(r))
    redis.call('ZADD', queue.lanes[r.lane], text_of(due_ms), id)
end

local function settle_unknown(queue, id, r, look_ms)
    redis.call('ZCARD', queue.unknown)
    take_from_place(queue, id, r)
    if r.phase == 's' then r.doubts = math.min(r.doubts + 1, 999999999) end
    r.phase = 'u'
    redis.call('HSET', queue.states, id, write_record(r))
    redis.call('ZADD', queue.unknown, text_of(look_ms), id)
end

-- What was claimed has no attempt yet; what was submitting has counted it. After a doubt the caps are charged anew,
-- unless the attempt is known to be void.
local function settle_again(queue, id, r, due_ms, counts)
    if r.phase == 'c' then
        if counts then r.attempts = math.min(r.attempts + 1, 999999999) end
    elseif not counts then
        r.attempts = math.max(r.attempts - 1, 0)
    elseif r.phase ~= 's' then
        r.paid = '0'
    end
    settle_queued(queue, id, r, due_ms)
end

local function lease_settle(keys, args)
    local queue, id, verb = lease_queue(keys, args), args[2], args[5]
    local delay, counts, note = between(args[6], 0, 2678400000), args[7] == '1', args[8]
    if not verbs[verb] or #args ~= 8 or #note > 256 then refuse('settlement') end
    local r = read_record(redis.call('HGET', queue.states, id))
    if not r or r.owner ~= args[3] or r.claims ~= tonumber(args[4]) then return 0 end
    if r.phase == 'd' then return verb == 'd' and 1 or 0 end -- a repeat; nothing leads out of done
    if r.phase == 'q' or (r.phase == 'u' and verb == 'r') then return 0 end
    if not string.find(verbs[verb], r.phase, 1, true) then refuse('this is no way out of this phase') end
    if not queue.lanes[r.lane] then refuse('no such lane') end
    local now_ms = server_ms()
    if note ~= '' then r.note = note end
    if verb == 'd' then
        settle_done(queue, id, r, now_ms)
    elseif verb == 'u' then
        settle_unknown(queue, id, r, now_ms + delay)
    elseif verb == 'a' then
        settle_again(queue, id, r, now_ms + delay, counts)
    elseif r.phase == 'c' then
        settle_queued(queue, id, r, r.at)
    else
        settle_unknown(queue, id, r, now_ms)
    end
    return 1
end

redis.register_function{function_name = library .. '_lease_settle', callback = lease_settle, flags = {'allow-oom'}}
