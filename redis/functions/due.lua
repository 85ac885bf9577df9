-- due: KEYS zset, ARGS highest score, how many. Members in order of score.
local function due(keys, args)
    return redis.call('ZRANGEBYSCORE', keys[1], '-inf', args[1], 'LIMIT', 0, args[2])
end

redis.register_function{function_name = library .. '_due', callback = due, flags = {'no-writes'}}
