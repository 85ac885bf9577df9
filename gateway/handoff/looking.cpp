// What nobody tells us: a ring that could not leave, one that nobody heard the end of, a wait that is over.
#include <algorithm>
#include <utility>

#include "gateway/handoff/desk_parts.hpp"
#include "gateway/handoff/error.hpp"
#include "gateway/ops/log.hpp"
#include "gateway/outbox/fate.hpp"
#include "gateway/vault/error.hpp"

namespace rightsline::handoff {
namespace {

using namespace timing;

constexpr int looked_at_once = 100;
constexpr int most_looks = 30;  // at what nobody can read: five minutes
constexpr auto between_vain_looks = std::chrono::seconds(10);
constexpr std::size_t most_unreadable = 1000;

std::int64_t ms(ops::UtcMs at) { return at.time_since_epoch().count(); }

/// It will not ring any more, or nobody took it. Accepted is not enough: the provider rings it now.
bool is_lost(const outbox::Fate& fate) {
    const bool on_its_way = fate.state == "waiting" || fate.state == "under_way" || fate.state == "in_doubt";
    const outbox::DeliveryState said = fate.delivery.state();
    const bool failed = said == outbox::DeliveryState::canceled || said == outbox::DeliveryState::failed ||
                        said == outbox::DeliveryState::undelivered;
    return failed || (!on_its_way && fate.state != "accepted");
}

/// Of its bytes. A store or a vault that is away says nothing of them.
bool cannot_be_read(boost::system::error_code why) {
    const bool sealed = why.category() == vault::category() &&
                        why != vault::make_error_code(vault::errc::away) &&
                        why != vault::make_error_code(vault::errc::used_up);
    return sealed || why.category() == handoff::category();
}

}  // namespace

Awaitable<void> Desk::work(std::string program) {
    const alerts::AlertProgram* context = services_.alerts.program(program);
    if (context == nullptr) {
        co_return;
    }  // also without `live:`: what was under way when it was taken out of the roster still comes to its end
    const Deadline in_time = services_.clock.in(store_budget);
    const Result<std::vector<std::string>> due =
        co_await redis::due(services_.redis, stores::Keyspace(program).hand_offs(), ms(services_.clock.now()),
                            looked_at_once, in_time);
    for (std::size_t i = 0; due && i < due->size(); ++i) {
        co_await look(program, (*due)[i]);
    }
}

/// One look: at most one ring that is lost, then the time. What is left is found by the next.
Awaitable<void> Desk::look(std::string program, std::string id) {
    const Deadline in_time = services_.clock.in(store_budget);
    const Result<Loaded> loaded = co_await load(program, id, in_time);
    if (!loaded && loaded.error() == make_error_code(errc::no_such_call)) {
        co_await forget(std::move(program), std::move(id));
        co_return;
    }
    if (!loaded) {  // when the store or the vault is away it is still due
        const boost::system::error_code why = loaded.error();
        if (cannot_be_read(why)) {
            co_await not_readable(std::move(program), std::move(id), why);
        }
        co_return;
    }
    const ops::UtcMs now = services_.clock.now();
    if (may_be_forgotten(loaded->value, now)) {
        co_await forget(std::move(program), std::move(id));
        co_return;
    }
    const Result<std::size_t> lost = co_await lost_ring(program, id, loaded->value);
    Event event{Event::Told::looks};
    if (lost && *lost != 0) {
        counters_->lost.add();
        ops::log(ops::Level::error, "handoff_ring_lost");
        event = {Event::Told::fails, *lost};
    }
    const Deadline to_take = services_.clock.in(store_budget);
    const Result<Step> taken = co_await take(program, id, std::move(event), "", to_take);
    if (!taken) {
        counters_->failed.add();
        ops::log(ops::Level::warn, "handoff_look_failed", {{"error", taken.error()}});
    }
    if (taken && taken->changed) {
        co_return;  // kept with its next time
    }
    const ops::UtcMs next = taken ? next_look(taken->after, now) : now + std::chrono::seconds(1);
    co_await put_off(std::move(program), std::move(id), next, loaded->version);
}

/// Another build may have written it, and will end it; else it is given up, and the phones end by themselves.
Awaitable<void> Desk::not_readable(std::string program, std::string id, boost::system::error_code error) {
    if (unreadable_.size() >= most_unreadable) {
        unreadable_.clear();
    }
    std::string name = program + "/" + id;
    const int looks = ++unreadable_[name];
    if (looks < most_looks) {
        const ops::UtcMs later = services_.clock.now() + between_vain_looks;
        co_await put_off(std::move(program), std::move(id), later, std::nullopt);
        co_return;
    }
    unreadable_.erase(name);
    counters_->unreadable.add();
    ops::log(ops::Level::error, "handoff_unreadable_given_up", {{"error", error}});
    services_.alarm(alerts::Matter::callers, 2);
    co_await forget(std::move(program), std::move(id));
}

/// Whoever changed it meanwhile has said when it is looked at next, perhaps sooner.
Awaitable<void> Desk::put_off(std::string program, std::string id, ops::UtcMs until,
                              std::optional<std::uint64_t> of) {
    redis::Commit later;
    later.now_ms = ms(services_.clock.now());
    if (of) {
        later.writes.push_back(redis::must_be_version(stores::Keyspace(program).hand_off(id), *of));
    }
    later.writes.push_back(
        {redis::Op::zadd, stores::Keyspace(program).hand_offs(), {std::to_string(ms(until)), std::move(id)}});
    const Deadline in_time = services_.clock.in(store_budget);
    const Result<redis::Committed> kept = co_await redis::commit(services_.redis, later, in_time);
    if (!kept) {
        ops::log(ops::Level::debug, "handoff_look_not_put_off", {{"error", kept.error()}});
    }
}

/// The first ring of those that nobody has answered yet which came to nothing; 0: none did. Errors: the store's.
Awaitable<Result<std::size_t>> Desk::lost_ring(const std::string& program, const std::string& id,
                                               const HandOff& hand_off) {
    std::vector<std::size_t> numbers;
    std::vector<std::string> messages;
    for (std::size_t i = 0; i < hand_off.rings.size(); ++i) {
        const bool counts = hand_off.state == State::ringing || i + 1 == hand_off.asked;
        if (counts && hand_off.rings[i].stage == Ring::Stage::calling) {
            numbers.push_back(i + 1);
            messages.push_back(message_id(id, i + 1));
        }
    }
    const stores::Keyspace keys(program);
    const Deadline in_time = services_.clock.in(store_budget);
    const Result<std::vector<outbox::Fate>> fates =
        co_await outbox::fates(services_.redis, keys, hand_off.line, std::move(messages), in_time);
    if (!fates) {
        co_return fates.error();
    }
    const auto lost = std::ranges::find_if(*fates, is_lost);
    co_return lost == fates->end() ? 0 : numbers[static_cast<std::size_t>(lost - fates->begin())];
}

Awaitable<void> Desk::forget(std::string program, std::string id) {
    const stores::Keyspace keys(program);
    redis::Commit commit;
    commit.now_ms = ms(services_.clock.now());
    commit.writes.push_back({redis::Op::zrem, keys.hand_offs(), {id}});
    commit.writes.push_back({redis::Op::del, keys.hand_off(id), {}});
    commit.writes.push_back({redis::Op::del, keys.may_ring(id), {}});
    const Result<redis::Committed> done =
        co_await redis::commit(services_.redis, commit, services_.clock.in(store_budget));
    if (!done) {
        ops::log(ops::Level::warn, "handoff_not_forgotten", {{"error", done.error()}});
    }
}

}  // namespace rightsline::handoff
