-- load: KEYS guard, document, extra… (whichever the caller has). Answers them all, in that order: a repeated event also
-- learns where its conversation is now.
local function load(keys)
    return redis.call('MGET', unpack(keys))
end

redis.register_function{function_name = library .. '_load', callback = load, flags = {'no-writes'}}
