// What waits for the worker of a case, as the store has it.
#include <charconv>
#include <map>
#include <utility>

#include "gateway/cases/case_store.hpp"
#include "gateway/cases/epoch_lock.hpp"
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
    if (reply->string() == nullptr) {
        co_return std::string();
    }
    std::vector<std::string> stored{*reply->string()};
    Result<std::vector<std::string>> mailbox =
        co_await unlocked(mailbox_context(program, id), std::move(stored));
    co_return mailbox ? Result<std::string>(std::move(mailbox->front())) : mailbox.error();
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
    const Result<void> readable = co_await unlock_replies(std::move(program), std::move(id), replies);
    co_return readable ? Result<std::vector<StoredReply>>(std::move(replies)) : readable.error();
}

/// Both copies of each, in one call of the vault.
Awaitable<Result<void>> CaseStore::unlock_replies(std::string program, std::string id,
                                                  std::vector<StoredReply>& replies) {
    std::vector<std::string> copies;
    for (StoredReply& one : replies) {
        copies.push_back(std::move(one.reply.for_circle));
        copies.push_back(std::move(one.reply.for_mailbox));
    }
    Result<std::vector<std::string>> sealed =
        co_await unlocked(thread_context(program, id), std::move(copies));
    if (!sealed) {
        co_return sealed.error();
    }
    for (std::size_t i = 0; i < replies.size(); ++i) {
        replies[i].reply.for_circle = std::move((*sealed)[2 * i]);
        replies[i].reply.for_mailbox = std::move((*sealed)[2 * i + 1]);
    }
    co_return Result<void>();
}

Awaitable<Result<Reply>> CaseStore::locked(std::string program, std::string id, Reply reply) {
    if (vault_ == nullptr) {
        co_return reply;
    }
    std::vector<std::string> copies{std::move(reply.for_circle), std::move(reply.for_mailbox)};
    Result<std::vector<std::string>> both =
        co_await lock(*vault_, thread_context(program, id), std::move(copies));
    if (!both) {
        co_return both.error();
    }
    co_return Reply{std::move(reply.id), std::move((*both)[0]), std::move((*both)[1])};
}

}  // namespace rightsline::cases
