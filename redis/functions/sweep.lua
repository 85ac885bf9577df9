-- sweep: KEYS index, guard…   ARGS before_ms, the caller's now_ms.
-- Deletes the guards whose time in the index is before_ms or earlier. A wrong clock deletes nothing.
local function sweep(keys, args)
    local before, now = tonumber(args[1]), tonumber(args[2])
    local server = server_ms()
    if not clocks_agree(server, now) or before > server or #keys < 2 then
        return 0
    end
    local scores = redis.call('ZMSCORE', unpack(keys))
    -- ZMSCORE was given the index and then the guards, so scores[i] belongs to keys[i + 1].
    local old = {}
    for i = 1, #keys - 1 do
        if scores[i] and tonumber(scores[i]) <= before then
            old[#old + 1] = keys[i + 1]
        end
    end
    if #old == 0 then
        return 0
    end
    redis.call('DEL', unpack(old))
    redis.call('ZREM', keys[1], unpack(old))
    return #old
end

redis.register_function(library .. '_sweep', sweep)
