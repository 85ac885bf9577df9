-- What the lease_* functions share; redis/lease_queue.hpp says what a lease queue and its state record are.
-- KEYS of each: jobs, states, leased, unknown, settled, rate, then the lanes, then the function's own.
-- ARGS of each: 1 how many lanes, then the function's own.
local longest_lease_ms = 600000
local never_ms = 9007199254740991 -- the score of what is put aside
local most_taken_bytes = 1048576 -- payloads of one claim, unless one alone is larger
local record_form = '^([qcsuld])([0-7])([01]) (%d+) (%d+) (%d+) (%d+) ([%w%._:%-]*) (.*)$'

local function lease_queue(keys, args)
    local lanes = integer(args[1], 8)
    if not lanes or lanes < 1 or #keys < 6 + lanes then refuse('lanes') end
    local queue = {jobs = keys[1], states = keys[2], leased = keys[3], unknown = keys[4], settled = keys[5],
                   rate = keys[6], lanes = {}, used = 6 + lanes}
    for lane = 0, lanes - 1 do queue.lanes[lane] = keys[7 + lane] end
    return queue
end

-- Redis would print a Lua number with 17 digits of a double, which costs more than the command.
local function text_of(number)
    return string.format('%d', number)
end

local function between(text, low, high)
    local number = text and integer(text, high)
    if not number or number < low then refuse('number') end
    return number
end

-- Of what the form made sure that it is digits.
local function count_of(digits, limit)
    if #digits > 16 or (#digits > 1 and string.byte(digits) == 48) then return nil end
    local count = tonumber(digits)
    return count <= limit and count or nil
end

local function read_record(text)
    if not text or #text > 1024 then return nil end
    local phase, lane, paid, claims, attempts, doubts, at, owner, note = string.match(text, record_form)
    if not phase then return nil end
    local record = {phase = phase, lane = tonumber(lane), paid = paid, claims = count_of(claims, 999999999),
                    attempts = count_of(attempts, 999999999), doubts = count_of(doubts, 999999999),
                    at = count_of(at, big), owner = owner, note = note}
    return record.claims and record.attempts and record.doubts and record.at and record
end

-- The note stands outside format(), which would cut it at a zero byte.
local function write_record(r)
    local head = string.format('%s%d%s %d %d %d %d %s ', r.phase, r.lane, r.paid, r.claims, r.attempts, r.doubts,
                               r.at, r.owner)
    return head .. r.note
end

-- A time further off than any lease was given by a clock that has gone back since.
local function lease_holds(ends, now_ms)
    return ends > now_ms and ends <= now_ms + longest_lease_ms
end

local function put_aside(queue, ids)
    local entries = {}
    for i = 1, #ids do
        entries[2 * i - 1], entries[2 * i] = text_of(never_ms), ids[i]
    end
    if #ids > 0 then redis.call('ZADD', queue.unknown, unpack(entries)) end
end

-- GCRA: what the rate lets out now. nil: there is no rate. A time that cannot be read, or lies further ahead than the
-- burst reaches (a clock went back), counts as a burst just used.
local function rate_of(queue, interval_text, burst_text, now_us)
    local interval, burst = between(interval_text, 0, 86400000000), between(burst_text, 1, 10000)
    if interval == 0 then return nil end
    local most = interval * burst
    local at = integer(redis.call('HGET', queue.rate, 'tat') or '0', big) or now_us + most + 1
    if at > now_us + most then -- kept, or it would hold the line up until the clock is there again
        at = now_us + most
        redis.call('HSET', queue.rate, 'tat', text_of(at))
    end
    at = math.max(at, now_us)
    return {now = now_us, at = at, interval = interval, most = most, lets = math.floor((now_us + most - at) / interval)}
end

-- When it lets one out after `taken` have gone now.
local function rate_wait_ms(rate, taken)
    local us = rate.at + (taken + 1) * rate.interval - rate.most - rate.now
    return math.max(0, math.ceil(us / 1000))
end

local function lease_terms(args)
    local terms = {owner = args[3], lease_ms = between(args[4], 1, longest_lease_ms), most = between(args[5], 1, 256)}
    if #terms.owner < 1 or #terms.owner > 64 or string.find(terms.owner, '[^%w%._:%-]') then refuse('owner') end
    return terms
end

-- Leases `ids`, found in the zset `place`[i] (of lane `lane`[i], if it is one), from one phase to another.
-- Answers id, record, payload of each, how many were put aside, and how many were taken.
local function lease_out(queue, ids, place, lane, from, to, terms, now_ms)
    local answer, aside, removed, leased, records, bytes = {}, {}, {}, {}, {}, 0
    if #ids == 0 then return answer, 0, 0 end
    local ends = text_of(now_ms + terms.lease_ms)
    redis.call('ZCARD', queue.leased)
    redis.call('ZCARD', queue.unknown)
    local states = redis.call('HMGET', queue.states, unpack(ids))
    local payloads = redis.call('HMGET', queue.jobs, unpack(ids))
    for i, id in ipairs(ids) do
        local r, payload = read_record(states[i]), payloads[i]
        local fits = r and r.phase == from and payload and (lane[i] == nil or lane[i] == r.lane)
        if fits then
            bytes = bytes + #payload
            if #leased > 0 and bytes > most_taken_bytes then break end
            r.phase, r.owner, r.claims = to, terms.owner, math.min(r.claims + 1, 999999999)
            local text, n = write_record(r), #leased
            leased[n + 1], leased[n + 2] = ends, id
            records[n + 1], records[n + 2] = id, text
            n = #answer
            answer[n + 1], answer[n + 2], answer[n + 3] = id, text, payload
        elseif not (r and r.phase == 'd') then
            aside[#aside + 1] = id
        end
        removed[place[i]] = removed[place[i]] or {}
        table.insert(removed[place[i]], id)
    end
    for key, gone in pairs(removed) do redis.call('ZREM', key, unpack(gone)) end
    put_aside(queue, aside)
    if #leased > 0 then
        redis.call('ZADD', queue.leased, unpack(leased))
        redis.call('HSET', queue.states, unpack(records))
    end
    return answer, #aside, #leased / 2
end
