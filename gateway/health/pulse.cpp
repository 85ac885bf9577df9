#include "gateway/health/pulse.hpp"

#include <charconv>
#include <string_view>
#include <utility>

#include "gateway/stores/keyspace.hpp"
#include "redis/error.hpp"
#include "redis/transaction.hpp"

namespace rightsline::health {
namespace {

std::int64_t ms(ops::UtcMs at) { return at.time_since_epoch().count(); }

std::optional<std::int64_t> number_after(std::string_view text, std::string_view name) {
    const std::size_t at = text.find(name);
    if (at == std::string_view::npos) {
        return std::nullopt;
    }
    const std::string_view digits = text.substr(at + name.size());
    std::int64_t number = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return read.ec == std::errc() ? std::optional(number) : std::nullopt;
}

/// "1763794626123 rl_0123456789ab"
std::optional<Instance> read_instance(std::string id, std::string_view text) {
    const std::optional<std::int64_t> at = number_after(text, "");
    const std::size_t blank = text.find(' ');
    if (!at || blank == std::string_view::npos) {
        return std::nullopt;
    }
    return Instance{std::move(id), std::string(text.substr(blank + 1)),
                    ops::UtcMs(std::chrono::milliseconds(*at))};
}

redis::Commit housekeeping(std::vector<redis::Write> writes, ops::UtcMs now) {
    redis::Commit commit;
    commit.writes = std::move(writes);
    commit.now_ms = ms(now);
    return commit;
}

}  // namespace

Awaitable<Result<Beat>> beat(redis::Client& store, const Instance& self, ops::UtcMs now, Deadline deadline) {
    std::vector<redis::Write> writes{{redis::Op::hset,
                                      std::string(stores::instances_key),
                                      {self.id, std::to_string(ms(now)) + " " + self.library}}};
    const redis::Commit commit = housekeeping(std::move(writes), now);
    const Result<redis::Committed> done = co_await redis::commit(store, commit, deadline);
    if (!done) {
        co_return done.error();
    }
    co_return Beat{done->clock_suspect};
}

Awaitable<Result<std::vector<Instance>>> living(redis::Client& store, ops::UtcMs now, ops::UtcMs since,
                                                Deadline deadline) {
    redis::Command ask{"HGETALL", std::string(stores::instances_key)};
    const Result<redis::Reply> reply = co_await store.execute(std::move(ask), deadline);
    if (!reply) {
        co_return reply.error();
    }
    const std::vector<redis::Reply>* all = reply->array();
    if (all == nullptr) {
        co_return redis::errc::server_error;
    }
    std::vector<Instance> alive;
    std::vector<std::string> gone;
    for (std::size_t i = 0; i + 1 < all->size(); i += 2) {
        const std::string* id = (*all)[i].string();
        const std::string* text = (*all)[i + 1].string();
        std::optional<Instance> one =
            id != nullptr && text != nullptr ? read_instance(*id, *text) : std::nullopt;
        if (one && one->beat >= since) {
            alive.push_back(std::move(*one));
        } else if (id != nullptr && gone.size() < 100) {
            gone.push_back(*id);
        }
    }
    if (!gone.empty()) {
        std::vector<redis::Write> writes{
            {redis::Op::hdel, std::string(stores::instances_key), std::move(gone)}};
        const redis::Commit commit = housekeeping(std::move(writes), now);
        const Result<redis::Committed> done = co_await redis::commit(store, commit, deadline);
        static_cast<void>(done);  // the next look does it
    }
    co_return alive;
}

Awaitable<void> say_goodbye(redis::Client& store, std::string id, ops::UtcMs now, Deadline deadline) {
    std::vector<redis::Write> writes{{redis::Op::hdel, std::string(stores::instances_key), {std::move(id)}}};
    const redis::Commit commit = housekeeping(std::move(writes), now);
    const Result<redis::Committed> done = co_await redis::commit(store, commit, deadline);
    static_cast<void>(done);  // we are forgotten in time
}

std::optional<int> read_memory_percent(const std::string& info) {
    const std::optional<std::int64_t> used = number_after(info, "\nused_memory:");
    const std::optional<std::int64_t> bound = number_after(info, "\nmaxmemory:");
    const std::optional<std::int64_t> machine = number_after(info, "\ntotal_system_memory:");
    const std::int64_t limit = bound.value_or(0) > 0 ? *bound : machine.value_or(0);
    if (!used || limit <= 0) {
        return std::nullopt;
    }
    return static_cast<int>(*used * 100 / limit);
}

Awaitable<std::optional<int>> memory_percent(redis::Client& store, Deadline deadline) {
    redis::Command ask{"INFO", "memory"};
    const Result<redis::Reply> reply = co_await store.execute(std::move(ask), deadline);
    if (!reply || reply->string() == nullptr) {
        co_return std::nullopt;
    }
    co_return read_memory_percent(*reply->string());
}

}  // namespace rightsline::health
