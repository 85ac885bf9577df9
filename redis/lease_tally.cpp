#include "redis/lease_tally.hpp"

#include <algorithm>
#include <utility>

#include "redis/error.hpp"

namespace rightsline::redis {
namespace {

constexpr const char* never_ms = "9007199254740991";  // functions/1_lease.lua: the score of what is put aside

boost::system::error_code wrong(const Reply& reply) {
    return reply.error() != nullptr ? errc::server_error : errc::unexpected_reply;
}

Awaitable<Result<std::int64_t>> size_of(Client& client, std::string key, Deadline deadline) {
    Command command{"ZCARD", std::move(key)};
    const Result<Reply> reply = co_await client.execute(std::move(command), deadline);
    if (!reply) {
        co_return reply.error();
    }
    if (reply->integer() == nullptr) {
        co_return wrong(*reply);
    }
    co_return *reply->integer();
}

Awaitable<Result<std::int64_t>> put_aside(Client& client, std::string key, Deadline deadline) {
    Command command{"ZRANGEBYSCORE",           std::move(key), never_ms, never_ms, "LIMIT", "0",
                    std::to_string(most_aside)};
    const Result<Reply> reply = co_await client.execute(std::move(command), deadline);
    if (!reply) {
        co_return reply.error();
    }
    if (reply->array() == nullptr) {
        co_return wrong(*reply);
    }
    co_return static_cast<std::int64_t>(reply->array()->size());
}

}  // namespace

Awaitable<Result<LeaseTally>> tally(Client& client, const LeaseQueue& queue, Deadline deadline) {
    LeaseTally tally;
    for (const std::string& lane : queue.lanes) {
        const Result<std::int64_t> waiting = co_await size_of(client, lane, deadline);
        if (!waiting) {
            co_return waiting.error();
        }
        tally.lanes.push_back(*waiting);
    }
    const Result<std::int64_t> leased = co_await size_of(client, queue.leased, deadline);
    if (!leased) {
        co_return leased.error();
    }
    const Result<std::int64_t> unknown = co_await size_of(client, queue.unknown, deadline);
    if (!unknown) {
        co_return unknown.error();
    }
    const Result<std::int64_t> aside = co_await put_aside(client, queue.unknown, deadline);
    if (!aside) {
        co_return aside.error();
    }
    tally.leased = *leased;
    tally.aside = *aside;
    tally.unknown = std::max<std::int64_t>(0, *unknown - *aside);
    co_return tally;
}

}  // namespace rightsline::redis
