-- lease_claim: leases due jobs, lane by lane.
--
-- KEYS the queue. ARGS 2 the caller's now_ms, 3 owner, 4 lease_ms, 5 most, 6 every how many places one is for the lanes
-- below (0 = none), 7 the digits of the lanes that are open, 8 interval_us (0 = no rate), 9 burst.
-- Answers: 1 when the clocks disagree, how many were put aside, ms until a claim may find more (-1 = nothing waits),
--          then id, record and payload of each job.

-- Whose is the next place? The most urgent lane that has due jobs; but every n-th time that a lane below has some too,
-- the choice is among those. The counts are kept, so that the share holds over calls of one place each.
local function next_lane(lists, every, owed)
    for i, list in ipairs(lists) do
        local below = false
        for j = i + 1, #lists do below = below or lists[j].next <= #lists[j].ids end
        if list.next <= #list.ids then
            if not below or every == 0 then return list end
            owed[list.lane] = owed[list.lane] + 1
            if owed[list.lane] < every then return list end
            owed[list.lane] = 0
        end
    end
end

local function read_owed(queue)
    local owed = {}
    for lane = 0, #queue.lanes do
        owed[lane] = integer(redis.call('HGET', queue.rate, 'owed' .. lane) or '0', 1000) or 0
    end
    return owed
end

local function keep_owed(queue, before, after)
    for lane, count in pairs(before) do
        if count ~= after[lane] then redis.call('HSET', queue.rate, 'owed' .. lane, after[lane]) end
    end
end

local function copy_of(list)
    local copy = {}
    for key, value in pairs(list) do copy[key] = value end
    return copy
end

local function due_lists(queue, open, places, now_ms)
    local lists = {}
    for lane = 0, #queue.lanes do
        if string.find(open, lane, 1, true) then
            local due = redis.call('ZRANGEBYSCORE', queue.lanes[lane], '-inf', now_ms, 'LIMIT', 0, places)
            lists[#lists + 1] = {lane = lane, key = queue.lanes[lane], ids = due, next = 1}
        end
    end
    return lists
end

local function wait_of(lists, rate, taken, now_ms)
    local first
    for _, list in ipairs(lists) do
        local head = redis.call('ZRANGEBYSCORE', list.key, '-inf', '+inf', 'WITHSCORES', 'LIMIT', 0, 1)
        if head[2] then first = math.min(first or math.huge, tonumber(head[2])) end
    end
    if not first then return -1 end
    local wait = math.max(0, math.ceil(first - now_ms))
    return math.min(rate and math.max(wait, rate_wait_ms(rate, taken)) or wait, never_ms)
end

local function lease_claim(keys, args)
    local queue, terms, every = lease_queue(keys, args), lease_terms(args), between(args[6], 0, 1000)
    local now_us = server_us()
    local now_ms = math.floor(now_us / 1000)
    local suspect = clocks_agree(now_ms, tonumber(args[2])) and 0 or 1
    local rate = rate_of(queue, args[8], args[9], now_us)
    local places = rate and math.min(terms.most, rate.lets) or terms.most
    local lists, before = due_lists(queue, args[7], places, now_ms), every > 0 and read_owed(queue) or {}
    local owed, ids, place, lane = copy_of(before), {}, {}, {}
    for i = 1, places do
        local list = next_lane(lists, every, owed)
        if not list then break end
        ids[i], place[i], lane[i] = list.ids[list.next], list.key, list.lane
        list.next = list.next + 1
    end
    local jobs, aside, taken = lease_out(queue, ids, place, lane, 'q', 'c', terms, now_ms)
    keep_owed(queue, before, owed)
    return {suspect, aside, wait_of(lists, rate, taken, now_ms), unpack(jobs)}
end

redis.register_function{function_name = library .. '_lease_claim', callback = lease_claim, flags = {'allow-oom'}}
