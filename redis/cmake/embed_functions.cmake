# Makes one header of redis/functions/*.lua. The library is named after a hash of its text, so that two builds of
# rightsline can use one Redis: each calls its own functions.
# cmake -DOUTPUT=… -DFOLDER=… -P embed_functions.cmake
file(GLOB files "${FOLDER}/*.lua")
list(SORT files)
set(body "")
foreach(file IN LISTS files)
    file(READ "${file}" text)
    string(APPEND body "${text}\n")
endforeach()
string(SHA256 hash "${body}")
string(SUBSTRING "${hash}" 0 12 hash)
set(name "rl_${hash}")
file(CONFIGURE OUTPUT "${OUTPUT}" @ONLY CONTENT [=[
// Made from redis/functions/*.lua by redis/cmake/embed_functions.cmake.
#pragma once

namespace rightsline::redis::functions {

inline constexpr const char* library = "@name@";
inline constexpr const char* load = "@name@_load";
inline constexpr const char* commit = "@name@_commit";
inline constexpr const char* due = "@name@_due";
inline constexpr const char* sweep = "@name@_sweep";
inline constexpr const char* pull_back = "@name@_pull_back";
inline constexpr const char* lease_claim = "@name@_lease_claim";
inline constexpr const char* lease_claim_unknown = "@name@_lease_claim_unknown";
inline constexpr const char* lease_submit = "@name@_lease_submit";
inline constexpr const char* lease_settle = "@name@_lease_settle";
inline constexpr const char* lease_reap = "@name@_lease_reap";
inline constexpr const char* lease_sweep = "@name@_lease_sweep";
inline constexpr const char* lease_doubt = "@name@_lease_doubt";
inline constexpr const char* lease_survey = "@name@_lease_survey";
inline constexpr const char* source = R"lua(#!lua name=@name@
local library = '@name@'
@body@)lua";

}  // namespace rightsline::redis::functions
]=])
