-- Helpers shared by the functions. `library` (the library's name) is defined by the line put before this file.
-- Keys come from KEYS only; no name is ever put together here.
local suspect_ms = 30000

local big = 4503599627370496 -- 2^52: sums of two stay exact in a double

local function server_us()
    local t = redis.call('TIME')
    return t[1] * 1000000 + t[2]
end

local function server_ms()
    return math.floor(server_us() / 1000)
end

local function clocks_agree(server, caller)
    local difference = server - caller
    return difference <= suspect_ms and difference >= -suspect_ms
end

local function refuse(why)
    error({err = 'REFUSED ' .. why})
end

-- As strict as Redis itself is about integers, or a write could fail after another was done.
local function integer(text, limit)
    if #text > 17 or not (text == '0' or string.match(text, '^-?[1-9]%d*$')) then
        return nil
    end
    local number = tonumber(text)
    return number <= limit and number >= -limit and number or nil
end
