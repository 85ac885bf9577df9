-- commit: once-guard, version check, then a list of writes, the document and the guard: all or nothing.
--
-- KEYS: [guard] [index] [document], then one key per write.
-- ARGS: 1 plan, 2 the caller's now_ms, 3 the guard's answer, 4 the document's expected version (8 bytes, '' = absent),
--       5 the new document with its version in front ('' = delete), then the writes' arguments one after another.
-- plan: one character of which keys are there ('0' + 1 guard + 2 index + 4 document), then for each write its letter
--       and how many arguments it has, as in 'a2b1'.
-- Answers: a string = the guard was there, this is its answer; an array = the version that is there instead;
--          an empty array = a condition does not hold; an integer = committed (1: the clocks disagree).
-- Everything is checked before the first write, so that a refusal leaves no trace.
local most_writes = 256
local most_bytes = 1048576
local most_arguments = 1024

-- state.kind[key] is what an earlier write of this commit makes of the key; state.fields[key] the hash fields it sets.
-- `probe` raises WRONGTYPE when the key holds another kind now.
local function fits(state, key, kind, probe)
    local known = state.kind[key]
    if known == nil then
        redis.call(probe, key)
    elseif known ~= kind and known ~= 'none' then
        refuse('mixed kinds on one key')
    end
    state.kind[key] = kind
end

local function pairs_only(from, to)
    if to <= from or (to - from) % 2 ~= 1 then
        refuse('odd number of arguments')
    end
end

local checks = {}
-- set
checks.a = function(state, key, a, from, to)
    if to ~= from then refuse('set') end
    state.kind[key] = 'fresh string'
end
-- set_for
checks.b = function(state, key, a, from, to)
    local seconds = to == from + 1 and integer(a[to], 4294967296)
    if not seconds or seconds < 1 then refuse('set_for') end
    state.kind[key] = 'fresh string'
end
-- del
checks.c = function(state, key, a, from, to)
    if to >= from then refuse('del') end
    state.kind[key] = 'none'
end
-- append
checks.d = function(state, key, a, from, to)
    if to ~= from then refuse('append') end
    if state.kind[key] == nil then
        if redis.call('STRLEN', key) > 500000000 then refuse('append to a full string') end
    elseif state.kind[key] ~= 'fresh string' and state.kind[key] ~= 'none' then
        refuse('mixed kinds on one key')
    end
    state.kind[key] = 'fresh string'
end
-- hset
checks.e = function(state, key, a, from, to)
    pairs_only(from, to)
    fits(state, key, 'hash', 'HLEN')
    local fields = state.fields[key] or {}
    for i = from, to, 2 do fields[a[i]] = true end
    state.fields[key] = fields
end
-- hdel
checks.f = function(state, key, a, from, to)
    if to < from then refuse('hdel') end
    fits(state, key, 'hash', 'HLEN')
end
-- hincrby
checks.g = function(state, key, a, from, to)
    if to ~= from + 1 or not integer(a[to], 4294967296) then refuse('hincrby') end
    local fresh = state.kind[key] == 'none'
    fits(state, key, 'hash', 'HLEN')
    if state.fields[key] and state.fields[key][a[from]] then refuse('hincrby of a field set in the same commit') end
    local value = not fresh and redis.call('HGET', key, a[from])
    if value and not integer(value, big) then refuse('hincrby of what is no counter') end
end
-- incrby
checks.h = function(state, key, a, from, to)
    if to ~= from or not integer(a[to], 4294967296) then refuse('incrby') end
    if state.kind[key] == nil then
        local value = redis.call('GET', key)
        if value and not integer(value, big) then refuse('incrby of what is no counter') end
    elseif state.kind[key] ~= 'counter' and state.kind[key] ~= 'none' then
        refuse('incrby of what was set in the same commit')
    end
    state.kind[key] = 'counter'
end
-- zadd
checks.i = function(state, key, a, from, to)
    pairs_only(from, to)
    for i = from, to, 2 do
        if #a[i] > 32 or not (string.match(a[i], '^-?%d+$') or string.match(a[i], '^-?%d+%.%d+$')) then
            refuse('zadd score')
        end
    end
    fits(state, key, 'zset', 'ZCARD')
end
local function some(kind, probe)
    return function(state, key, a, from, to)
        if to < from then refuse('no member') end
        fits(state, key, kind, probe)
    end
end
checks.j = some('zset', 'ZCARD') -- zrem
checks.k = some('list', 'LLEN') -- rpush
-- lpop
checks.l = function(state, key, a, from, to)
    if to >= from then refuse('lpop') end
    fits(state, key, 'list', 'LLEN')
end
checks.m = some('set', 'SCARD') -- sadd
checks.n = some('set', 'SCARD') -- srem
-- xadd
checks.o = function(state, key, a, from, to)
    pairs_only(from, to)
    fits(state, key, 'stream', 'XLEN')
end

-- lset: only where a must_stand of this commit has looked
checks.w = function(state, key, a, from, to)
    if to ~= from + 1 or not (state.stood[key] and state.stood[key][a[from]]) then refuse('lset') end
    fits(state, key, 'list', 'LLEN')
end

-- Conditions stand among the writes and write nothing: false when they do not hold.
local conditions = {}
-- must_exist
conditions.p = function(state, key, a, from, to)
    if to >= from then refuse('must_exist') end
    return redis.call('EXISTS', key) == 1
end
-- must_be_below
conditions.q = function(state, key, a, from, to)
    local limit = to == from and integer(a[to], 4294967296)
    local value = integer(redis.call('GET', key) or '0', big)
    if not limit or not value then refuse('must_be_below') end
    return value < limit
end
-- must_lack: neither there now nor set earlier in this commit
conditions.r = function(state, key, a, from, to)
    if to ~= from then refuse('must_lack') end
    local set = state.fields[key]
    if state.kind[key] == nil then
        if redis.call('HGET', key, a[from]) then return false end
        state.kind[key] = 'hash' -- or nothing yet: a hash can be made of it
    elseif state.kind[key] == 'hash' then
        return not (set and set[a[from]]) and redis.call('HGET', key, a[from]) == false
    elseif state.kind[key] ~= 'none' then
        refuse('must_lack of what was made in the same commit')
    end
    return true
end

-- must_be_version: of another document than the commit's own, before it is set; '' = it is not there
conditions.s = function(state, key, a, from, to)
    if to ~= from or (#a[to] ~= 8 and #a[to] ~= 0) or state.kind[key] then refuse('must_be_version') end
    return redis.call('GETRANGE', key, 0, 7) == a[to]
end
-- must_be, must_be_field, must_stand: as it is in the store, so nothing may be written to it before
local function untouched(state, key)
    if state.kind[key] ~= nil then refuse('a condition after a write') end
end
conditions.t = function(state, key, a, from, to)
    if to ~= from then refuse('must_be') end
    untouched(state, key)
    return (redis.call('GET', key) or '') == a[from]
end
conditions.u = function(state, key, a, from, to)
    if to ~= from + 1 then refuse('must_be_field') end
    untouched(state, key)
    return (redis.call('HGET', key, a[from]) or '') == a[to]
end
conditions.v = function(state, key, a, from, to)
    if to ~= from + 1 or not integer(a[from], big) then refuse('must_stand') end
    state.stood[key] = state.stood[key] or {}
    state.stood[key][a[from]] = true
    return redis.call('LINDEX', key, a[from]) == a[to]
end

local names = {d = 'APPEND', e = 'HSET', f = 'HDEL', g = 'HINCRBY', h = 'INCRBY', i = 'ZADD', j = 'ZREM',
               k = 'RPUSH', m = 'SADD', n = 'SREM', w = 'LSET'}

local function apply(letter, key, a, from, to)
    if letter == 'a' then
        redis.call('SET', key, a[from])
    elseif letter == 'b' then
        redis.call('SET', key, a[from], 'EX', a[to])
    elseif letter == 'c' then
        redis.call('DEL', key)
    elseif letter == 'l' then
        redis.call('LPOP', key)
    elseif letter == 'o' then
        redis.call('XADD', key, '*', unpack(a, from, to))
    elseif names[letter] then
        redis.call(names[letter], key, unpack(a, from, to))
    end
end

-- Reads the plan into flat lists and checks every write; the last answer is whether every condition holds.
local function check_writes(keys, args, first_key)
    local letters, froms, tos = {}, {}, {}
    local state = {kind = {}, fields = {}, stood = {}}
    local count, at, bytes, holds = 0, 6, 0, true
    for letter, digits in string.gmatch(string.sub(args[1], 2), '(%l)(%d+)') do
        count = count + 1
        local check, key, arguments = checks[letter], keys[first_key + count], tonumber(digits)
        local condition = conditions[letter]
        if not (check or condition) or not key or count > most_writes or arguments > most_arguments then
            refuse('plan')
        end
        local to = at + arguments - 1
        if to > #args then refuse('plan') end
        for i = at, to do bytes = bytes + #args[i] end
        if condition then
            holds = condition(state, key, args, at, to) and holds
        else
            check(state, key, args, at, to)
        end
        letters[count], froms[count], tos[count] = letter, at, to
        at = to + 1
    end
    if at ~= #args + 1 or first_key + count ~= #keys or bytes > most_bytes then
        refuse('plan')
    end
    return letters, froms, tos, holds
end

local function commit(keys, args)
    local present = string.byte(args[1], 1) - 48
    local guard, index, document
    local used = 0
    if present % 2 >= 1 then
        used = used + 1
        guard = keys[used]
        local answer = redis.call('GET', guard)
        if answer then return answer end
    end
    if present % 4 >= 2 then
        used = used + 1
        index = keys[used]
        redis.call('ZCARD', index)
    end
    if present >= 4 then
        used = used + 1
        document = keys[used]
        local version = redis.call('GETRANGE', document, 0, 7)
        if version ~= args[4] then return {version} end
    end
    local letters, froms, tos, holds = check_writes(keys, args, used)
    for i = used + 1, #keys do
        local on_index = keys[i] == index and letters[i - used] ~= 'i' -- the index may gain further members
        if keys[i] == guard or on_index or keys[i] == document then refuse('a write on a guarded key') end
    end
    if not holds then return {} end
    local server = server_ms()
    for i = 1, #letters do
        apply(letters[i], keys[used + i], args, froms[i], tos[i])
    end
    if document then
        if args[5] == '' then redis.call('DEL', document) else redis.call('SET', document, args[5]) end
    end
    if guard then
        redis.call('SET', guard, args[3])
        if index then redis.call('ZADD', index, string.format('%d', server), guard) end
    end
    return clocks_agree(server, tonumber(args[2])) and 0 or 1
end

redis.register_function(library .. '_commit', commit)
