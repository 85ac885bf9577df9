-- Helpers shared by the functions. `library` (the library's name) is defined by the line put before this file.
-- Keys come from KEYS only; no name is ever put together here.
local suspect_ms = 30000

local function server_ms()
    local t = redis.call('TIME')
    return t[1] * 1000 + math.floor(t[2] / 1000)
end

local function clocks_agree(server, caller)
    local difference = server - caller
    return difference <= suspect_ms and difference >= -suspect_ms
end

local function refuse(why)
    error({err = 'REFUSED ' .. why})
end
