-- pull_back: what lies further ahead than anything legal becomes due now: a clock was ahead when it was written.
--
-- KEYS a zset by due time in ms. ARGS 1 how far ahead is legal, in ms, 2 the caller's now_ms, 3 how many at most.
-- From 2^50 on a score means "never" and stays. Nothing is touched while the clocks disagree. Answers how many.
local first_never = '(1125899906842624'

local function pull_back(keys, args)
    local furthest, most = between(args[1], 1, 2678400000), between(args[3], 1, 1000)
    local now_ms = server_ms()
    if not clocks_agree(now_ms, between(args[2], 0, big)) then return 0 end
    local far = redis.call('ZRANGEBYSCORE', keys[1], text_of(now_ms + furthest + 1), first_never, 'LIMIT', 0, most)
    local entries = {}
    for i = 1, #far do
        entries[2 * i - 1], entries[2 * i] = text_of(now_ms), far[i]
    end
    if #far > 0 then redis.call('ZADD', keys[1], unpack(entries)) end
    return #far
end

redis.register_function{function_name = library .. '_pull_back', callback = pull_back, flags = {'allow-oom'}}
