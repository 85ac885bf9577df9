-- load: KEYS once document extra…   or, with ARGS[1] = '-', KEYS document extra…
-- A string answer is the stored answer of an event that was committed before; an array holds the document and extras.
local function load(keys, args)
    local found = redis.call('MGET', unpack(keys))
    if args[1] then
        return found
    end
    if found[1] then
        return found[1]
    end
    table.remove(found, 1)
    return found
end

redis.register_function{function_name = library .. '_load', callback = load, flags = {'no-writes'}}
