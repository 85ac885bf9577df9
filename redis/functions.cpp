// The functions of this build: bringing them to a server, and who may do what with them.
#include "redis/functions.hpp"

#include "redis/error.hpp"
#include "redis/transaction.hpp"

namespace rightsline::redis {
namespace {

// The text of the library as FUNCTION LIST … WITHCODE tells it; nothing when it is not there.
const std::string* loaded_source(const Reply& listed) {
    const std::vector<Reply>* libraries = listed.array();
    if (libraries == nullptr || libraries->empty() || libraries->front().array() == nullptr) {
        return nullptr;
    }
    const std::vector<Reply>& fields = *libraries->front().array();
    for (std::size_t i = 0; i + 1 < fields.size(); i += 2) {
        if (fields[i].string() != nullptr && *fields[i].string() == "library_code") {
            return fields[i + 1].string();
        }
    }
    return nullptr;
}

}  // namespace

Awaitable<Result<void>> load_functions(Client& client, Deadline deadline) {
    Command list{"FUNCTION", "LIST", "LIBRARYNAME", functions::library, "WITHCODE"};
    const Result<Reply> listed = co_await client.execute(std::move(list), deadline);
    if (!listed) {
        co_return listed.error();
    }
    if (listed->error() != nullptr) {
        co_return errc::server_error;
    }
    const std::string* there = loaded_source(*listed);
    if (there != nullptr && *there == functions::source) {
        co_return boost::system::in_place_value;
    }
    // REPLACE touches only the library of this name: another text under it was tampered with or is half of a
    // race.
    Command load{"FUNCTION", "LOAD", "REPLACE", functions::source};
    const Result<Reply> answer = co_await client.execute(std::move(load), deadline);
    if (!answer) {
        co_return answer.error();
    }
    if (answer->error() != nullptr) {
        co_return errc::server_error;
    }
    co_return boost::system::in_place_value;
}

Awaitable<Result<void>> forget_deleted(Client& client, Deadline deadline) {
    Command rewrite{"BGREWRITEAOF"};
    const Result<Reply> answer = co_await client.execute(std::move(rewrite), deadline);
    if (!answer) {
        co_return answer.error();
    }
    if (answer->error() !=
        nullptr) {  // one is under way, which may have begun before the deletion; or no right to it
        co_return errc::server_error;
    }
    co_return boost::system::in_place_value;
}

std::vector<std::string> caller_acl(const std::vector<std::string>& key_patterns) {
    std::vector<std::string> rules{"reset", "on"};
    for (const std::string& pattern : key_patterns) {
        rules.push_back("~" + pattern);
    }
    // Redis 7.0 checks the caller's own rights inside a function: exactly the commands the functions use.
    // Lists of cases, the audit and the like are read plainly, by the last line's commands.
    for (const char* command :
         {"ping",    "fcall",   "fcall_ro",  "time",     "get",       "mget",  "getrange", "strlen",
          "set",     "append",  "del",       "exists",   "incrby",    "hlen",  "hget",     "hset",
          "hdel",    "hincrby", "zcard",     "zcount",   "zmscore",   "zadd",  "zrem",     "zrangebyscore",
          "llen",    "rpush",   "lpop",      "scard",    "sadd",      "srem",  "xlen",     "xadd",
          "hgetall", "lrange",  "zrevrange", "smembers", "sismember", "hmget", "hscan",    "zscan",
          "xrange",  "lindex",  "lset"}) {
        rules.push_back(std::string("+") + command);
    }
    return rules;
}

std::vector<std::string> loader_acl() {
    return {"reset",         "on",   "+ping", "+function|load", "+function|list", "+function|delete",
            "+bgrewriteaof", "+info"};
}

std::vector<std::string> keeper_acl() {
    // SYNC hands out everything anyway; the rest of the list only reads.
    return {"reset",  "on",     "%R~*",    "+ping",     "+sync",   "+replconf", "+fcall_ro",
            "+scan",  "+get",   "+mget",   "+strlen",   "+exists", "+hget",     "+hgetall",
            "+hscan", "+zcard", "+zscan",  "+zmscore",  "+zrange", "+llen",     "+lrange",
            "+scard", "+xlen",  "+xrange", "+smembers", "+dbsize"};
}

}  // namespace rightsline::redis
