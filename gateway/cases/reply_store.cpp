// What waits for the worker of a case, as the store has it.
#include <charconv>
#include <map>
#include <utility>

#include "gateway/cases/case_store.hpp"
#include "gateway/stores/error.hpp"
#include "redis/error.hpp"

namespace rightsline::cases {
namespace {

/// An array reply; anything else is a store that is not ours.
Result<std::vector<redis::Reply>> array_of(Result<redis::Reply> reply) {
    if (!reply) {
        return reply.error();
    }
    if (reply->array() == nullptr) {
        return reply->error() != nullptr ? redis::errc::server_error : redis::errc::unexpected_reply;
    }
    return *reply->array();
}

std::int64_t number_of(const std::string& text) {
    std::int64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

/// By the number of the reply, from 1.
std::map<std::int64_t, std::int64_t> hours_of(const std::vector<redis::Reply>& flat) {
    std::map<std::int64_t, std::int64_t> hours;
    for (std::size_t i = 0; i + 1 < flat.size(); i += 2) {
        if (flat[i].string() != nullptr && flat[i + 1].string() != nullptr) {
            hours[number_of(*flat[i].string())] = number_of(*flat[i + 1].string());
        }
    }
    return hours;
}

}  // namespace

Awaitable<Result<std::string>> CaseStore::mailbox(std::string program, std::string id,
                                                  redis::Deadline deadline) {
    redis::Command command{"GET", stores::Keyspace(program).mailbox(id)};
    const Result<redis::Reply> reply = co_await client_.execute(std::move(command), deadline);
    if (!reply) {
        co_return reply.error();
    }
    if (reply->error() != nullptr) {
        co_return redis::errc::server_error;
    }
    co_return reply->string() == nullptr ? std::string() : *reply->string();
}

Awaitable<Result<std::vector<StoredReply>>> CaseStore::replies(std::string program, std::string id,
                                                               redis::Deadline deadline) {
    const stores::Keyspace keys(program);
    redis::Command all{"LRANGE", keys.replies(id), "0", std::to_string(most_replies - 1)};
    Result<redis::Reply> listed = co_await client_.execute(std::move(all), deadline);
    const Result<std::vector<redis::Reply>> stored = array_of(std::move(listed));
    redis::Command read{"HGETALL", keys.replies_read(id)};
    Result<redis::Reply> answered = co_await client_.execute(std::move(read), deadline);
    const Result<std::vector<redis::Reply>> flat = array_of(std::move(answered));
    if (!stored || !flat) {
        co_return stored ? flat.error() : stored.error();
    }
    std::map<std::int64_t, std::int64_t> hours = hours_of(*flat);
    std::vector<StoredReply> replies;
    for (const redis::Reply& one : *stored) {
        Result<Reply> reply = one.string() == nullptr ? stores::errc::damaged : parse_reply(*one.string());
        if (!reply) {
            co_return reply.error();
        }
        const auto number = static_cast<std::int64_t>(replies.size()) + 1;
        replies.push_back({std::move(*reply), hours[number]});
    }
    co_return replies;
}

}  // namespace rightsline::cases
