-- lease_claim_unknown: leases jobs that are unknown and due to be looked at.
-- KEYS the queue. ARGS 2 the caller's now_ms, 3 owner, 4 lease_ms, 5 most. Answers as lease_claim.
local function lease_claim_unknown(keys, args)
    local queue, terms, now_ms = lease_queue(keys, args), lease_terms(args), server_ms()
    local suspect = clocks_agree(now_ms, tonumber(args[2])) and 0 or 1
    local ids = redis.call('ZRANGEBYSCORE', queue.unknown, '-inf', now_ms, 'LIMIT', 0, terms.most)
    local place = {}
    for i = 1, #ids do place[i] = queue.unknown end
    local jobs, aside = lease_out(queue, ids, place, {}, 'u', 'l', terms, now_ms)
    local head = redis.call('ZRANGEBYSCORE', queue.unknown, '-inf', never_ms - 1, 'WITHSCORES', 'LIMIT', 0, 1)
    local wait = head[2] and math.max(0, math.ceil(tonumber(head[2]) - now_ms)) or -1
    return {suspect, aside, wait, unpack(jobs)}
end

redis.register_function{function_name = library .. '_lease_claim_unknown', callback = lease_claim_unknown,
                        flags = {'allow-oom'}}
