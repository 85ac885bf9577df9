#include "gateway/handoff/blocked.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <utility>

#include "gateway/audit/entry.hpp"
#include "gateway/handoff/counted_ids.hpp"
#include "gateway/handoff/error.hpp"
#include "gateway/stores/keyspace.hpp"
#include "redis/error.hpp"
#include "redis/transaction.hpp"

namespace rightsline::handoff {
namespace {

constexpr std::size_t name_length = 8;

audit::Act act(audit::What what, const std::string& id, std::string who) {
    audit::Act one{what, "", std::move(who)};
    one.to = id.substr(0, name_length);
    return one;
}

}  // namespace

Awaitable<Result<std::string>> Blocked::block(std::string program, vault::PhoneNumber number, std::string who,
                                              Deadline deadline) {
    const Result<std::vector<BlockedSender>> known = co_await list(program, deadline);
    if (!known) {
        co_return known.error();
    }
    if (known->size() >= most) {
        co_return errc::too_many;
    }
    std::vector<vault::IdRequest> requests{caller_request(number.reveal())};
    const Result<std::vector<vault::KeyedId>> ids = co_await vault_.id(std::move(requests));
    if (!ids) {
        co_return ids.error();
    }
    const std::string id = ids->front().hex();
    if (std::ranges::find(*known, id, &BlockedSender::id) != known->end()) {
        co_return id.substr(0, name_length);
    }
    const stores::Keyspace keys(program);
    const auto hour = std::chrono::floor<std::chrono::hours>(clock_.now().time_since_epoch());
    redis::Commit commit;
    commit.now_ms = clock_.now().time_since_epoch().count();
    commit.writes.push_back(
        {redis::Op::hset, keys.blocked_senders(), {id, std::to_string(std::chrono::seconds(hour).count())}});
    audit::add_entry(commit.writes, keys, act(audit::What::sender_blocked, id, std::move(who)));
    const Result<redis::Committed> kept = co_await redis::commit(redis_, commit, deadline);
    if (!kept) {
        co_return kept.error();
    }
    co_return id.substr(0, name_length);
}

Awaitable<Result<void>> Blocked::free(std::string program, std::string name, std::string who,
                                      Deadline deadline) {
    const Result<std::vector<BlockedSender>> known = co_await list(program, deadline);
    if (!known) {
        co_return known.error();
    }
    const auto found = std::ranges::find(*known, name, &BlockedSender::name);
    if (found == known->end()) {
        co_return errc::not_blocked;
    }
    const stores::Keyspace keys(program);
    redis::Commit commit;
    commit.now_ms = clock_.now().time_since_epoch().count();
    commit.writes.push_back({redis::Op::hdel, keys.blocked_senders(), {found->id}});
    audit::add_entry(commit.writes, keys, act(audit::What::sender_freed, found->id, std::move(who)));
    const Result<redis::Committed> kept = co_await redis::commit(redis_, commit, deadline);
    if (!kept) {
        co_return kept.error();
    }
    co_return Result<void>();
}

Awaitable<Result<std::vector<BlockedSender>>> Blocked::list(std::string program, Deadline deadline) {
    redis::Command question{"HGETALL", stores::Keyspace(program).blocked_senders()};
    const Result<redis::Reply> reply = co_await redis_.execute(std::move(question), deadline);
    if (!reply) {
        co_return reply.error();
    }
    const std::vector<redis::Reply>* flat = reply->array();
    if (flat == nullptr) {
        co_return redis::errc::unexpected_reply;
    }
    std::vector<BlockedSender> all;
    for (std::size_t i = 0; i + 1 < flat->size(); i += 2) {
        const std::string* id = (*flat)[i].string();
        const std::string* hour = (*flat)[i + 1].string();
        if (id != nullptr && hour != nullptr) {
            BlockedSender one{*id, id->substr(0, name_length)};
            std::from_chars(hour->data(), hour->data() + hour->size(), one.hour);
            all.push_back(std::move(one));
        }
    }
    std::ranges::sort(all, {}, [](const BlockedSender& one) { return std::pair(one.hour, one.id); });
    co_return all;
}

}  // namespace rightsline::handoff
