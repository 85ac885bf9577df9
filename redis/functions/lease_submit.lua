-- lease_submit: the submitting mark, when every guard lets the job go; else nothing is written.
--
-- KEYS the queue, then the sets, the counters, the hashes, [the counters' index].
-- ARGS 2 id, 3 owner, 4 the lease's number, 5 lease_ms, 6 not_after_ms (0 = whenever), 7 interval_us (0 = no rate),
--      8 burst, 9 how many sets, 10 how many counters, 11 how many hashes, then a member for each set, then limit and add
--      for each counter, then field and value for each hash.
-- Answers: {0} go, {1} fenced, {2} too late, {3, i} in set i, {4, i} over the limit of counter i, {5, ms} not yet,
--      {6, i} hash i has another value, or none.

local function set_that_holds(keys, args, first_key, first, count)
    for i = 0, count - 1 do
        if redis.call('SISMEMBER', keys[first_key + i], args[first + i]) == 1 then return i end
    end
end

-- The counter over whose limit the job would go. Fills `adds`; counters that are named twice add up.
local function counter_over(keys, args, first_key, first, count, adds)
    for i = 0, count - 1 do
        local key = keys[first_key + i]
        local limit, add = between(args[first + 2 * i], -big, big), between(args[first + 2 * i + 1], 0, 4294967296)
        local value = integer(redis.call('GET', key) or '0', big)
        if not value then refuse('a counter that is none') end
        adds[key] = (adds[key] or 0) + add
        if value + adds[key] > limit then return i end
    end
end

local function hash_that_differs(keys, args, first_key, first, count)
    for i = 0, count - 1 do
        if redis.call('HGET', keys[first_key + i], args[first + 2 * i]) ~= args[first + 2 * i + 1] then return i end
    end
end

-- A counter is indexed by when it was begun: one write a message less than by when it was charged last.
local function charge(adds, index, now_ms)
    for key, add in pairs(adds) do
        local begun = redis.call('INCRBY', key, text_of(add)) == add
        if index and begun then redis.call('ZADD', index, text_of(now_ms), key) end
    end
end

local function lease_submit(keys, args)
    local queue, id = lease_queue(keys, args), args[2]
    local lease_ms, not_after = between(args[5], 1, longest_lease_ms), between(args[6], 0, big)
    local sets, counters, hashes = between(args[9], 0, 8), between(args[10], 0, 8), between(args[11], 0, 8)
    local guarded = queue.used + sets + counters + hashes
    local index = keys[guarded + 1]
    if #keys - guarded > 1 or #keys < guarded or #args ~= 11 + sets + 2 * counters + 2 * hashes then
        refuse('guards')
    end
    local now_us = server_us()
    local now_ms = math.floor(now_us / 1000)
    local r = read_record(redis.call('HGET', queue.states, id))
    local ends = redis.call('ZMSCORE', queue.leased, id)[1]
    local mine = r and r.owner == args[3] and r.claims == tonumber(args[4]) and ends and
                     lease_holds(tonumber(ends), now_ms)
    if not mine or (r.phase ~= 'c' and r.phase ~= 's') then return {1} end
    if r.phase == 's' then return {0} end -- a repeat
    if not_after > 0 and now_ms >= not_after then return {2} end
    local set = set_that_holds(keys, args, queue.used + 1, 12, sets)
    if set then return {3, set} end
    local differs = hash_that_differs(keys, args, queue.used + sets + counters + 1, 12 + sets + 2 * counters, hashes)
    if differs then return {6, differs} end
    local adds = {}
    local over = r.paid == '0' and counter_over(keys, args, queue.used + sets + 1, 12 + sets, counters, adds)
    if over then return {4, over} end
    local rate = rate_of(queue, args[7], args[8], now_us)
    if rate and rate.lets < 1 then return {5, rate_wait_ms(rate, 0)} end
    if index then redis.call('ZCARD', index) end
    if counters > 0 then r.paid = '1' end
    r.phase, r.at, r.attempts = 's', now_ms, math.min(r.attempts + 1, 999999999)
    redis.call('HSET', queue.states, id, write_record(r))
    redis.call('ZADD', queue.leased, text_of(now_ms + lease_ms), id)
    if rate then redis.call('HSET', queue.rate, 'tat', text_of(rate.at + rate.interval)) end
    charge(adds, index, now_ms)
    return {0}
end

redis.register_function{function_name = library .. '_lease_submit', callback = lease_submit, flags = {'allow-oom'}}
