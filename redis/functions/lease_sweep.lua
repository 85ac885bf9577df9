-- lease_sweep: forgets jobs that were settled long ago, with what is attached to them. A wrong clock forgets nothing.
-- KEYS the queue, [for each id the key attached to it]. ARGS 2 the caller's now_ms, 3 before_ms, then the ids.
-- Answers how many were forgotten. What is in `settled` by mistake only leaves it.
local function lease_sweep(keys, args)
    local queue, now_ms, before = lease_queue(keys, args), server_ms(), between(args[3], 0, big)
    local count = #args - 3
    local attached = #keys - queue.used
    if count < 1 or count > 256 or (attached ~= 0 and attached ~= count) then refuse('ids') end
    if not clocks_agree(now_ms, tonumber(args[2])) or before > now_ms then return 0 end
    local ids = {unpack(args, 4)}
    local scores = redis.call('ZMSCORE', queue.settled, unpack(ids))
    local states = redis.call('HMGET', queue.states, unpack(ids))
    redis.call('HLEN', queue.jobs)
    local old, forgotten, gone = {}, {}, {}
    for i, id in ipairs(ids) do
        if scores[i] and tonumber(scores[i]) <= before then
            local r = read_record(states[i])
            old[#old + 1] = id
            if not r or r.phase == 'd' then
                forgotten[#forgotten + 1] = id
                gone[#gone + 1] = attached > 0 and keys[queue.used + i] or nil
            end
        end
    end
    if #old > 0 then redis.call('ZREM', queue.settled, unpack(old)) end
    if #forgotten > 0 then redis.call('HDEL', queue.states, unpack(forgotten)) end
    if #gone > 0 then redis.call('DEL', unpack(gone)) end
    return #forgotten
end

redis.register_function{function_name = library .. '_lease_sweep', callback = lease_sweep, flags = {'allow-oom'}}
