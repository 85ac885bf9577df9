// The desk itself, and what nobody tells it: phones that could not be rung, talks that are over, legs that are moved at once.
#include "gateway/callbacks/desk.hpp"

#include <algorithm>
#include <utility>

#include "gateway/callbacks/desk_parts.hpp"
#include "gateway/callbacks/error.hpp"
#include "gateway/ops/log.hpp"
#include "gateway/outbox/fate.hpp"

namespace rightsline::callbacks {
namespace {

using namespace timing;
using Told = Event::Told;

constexpr int looked_at_once = 100;
constexpr auto after_trouble = 10s;

std::int64_t ms(ops::UtcMs at) { return at.time_since_epoch().count(); }

bool never_rang(const outbox::Fate& fate) {
    const bool on_its_way = fate.state == "waiting" || fate.state == "under_way" || fate.state == "in_doubt";
    return !on_its_way && fate.state != "accepted";
}

bool rings(const CallBack& call_back) {
    return call_back.of_person.stage == Leg::Stage::rings || call_back.of_worker.stage == Leg::Stage::rings;
}

}  // namespace

Desk::Desk(DeskServices services)
    : services_(std::move(services)),
      book_(services_.redis, services_.vault),
      tries_(services_.redis, services_.clock, services_.metrics) {
    const auto count = [this](ops::Label outcome) -> ops::Counter& {
        return services_.metrics.counter("rightsline_call_backs_total",
                                         "Calls to workers who asked for one, by what came of it",
                                         {{ops::Dimension::outcome, outcome}});
    };
    counters_ = std::make_shared<Counters>(
        Counters{count("begun"), count("reached"), count("nobody"), count("wrong_code"), count("other"),
                 services_.metrics.counter("rightsline_call_back_steps_failed_total",
                                           "Steps of a call to a worker that could not be kept")});
}

Awaitable<void> Desk::work(std::string program) {
    const Deadline in_time = services_.clock.in(store_budget);
    const Result<std::vector<std::string>> due =
        co_await redis::due(services_.redis, stores::Keyspace(program).call_backs(),
                            ms(services_.clock.now()), looked_at_once, in_time);
    for (std::size_t i = 0; due && i < due->size(); ++i) {
        co_await look(program, (*due)[i]);
    }
}

Awaitable<void> Desk::look(std::string program, std::string id) {
    const Deadline in_time = services_.clock.in(store_budget);
    const Result<Loaded> loaded = co_await load(program, id, in_time);
    const ops::UtcMs now = services_.clock.now();
    if (!loaded && loaded.error().category() != callbacks::category()) {
        co_await put_off(std::move(program), std::move(id), now + after_trouble);
        co_return;
    }
    if (!loaded || may_be_forgotten(loaded->value, now)) {  // gone already, unreadable, or long over
        co_await forget(std::move(program), std::move(id));
        co_return;
    }
    const std::optional<Told> lost = co_await lost_call(program, id, loaded->value);
    const Event event{lost.value_or(Told::looks)};
    const Result<Step> taken = co_await take(program, id, event, Side::person, "", in_time);
    if (!taken) {
        counters_->failed.add();
        ops::log(ops::Level::warn, "call_back_look_failed", {{"error", taken.error()}});
    }
    const ops::UtcMs next = taken ? next_look(taken->after, now) : now + ops::UtcMs::duration(after_trouble);
    co_await put_off(std::move(program), std::move(id), next);
}

/// What a phone that never rang is for the machine. Nothing: both ring, or have.
Awaitable<std::optional<Event::Told>> Desk::lost_call(const std::string& program, const std::string& id,
                                                      const CallBack& call_back) {
    const bool of_worker = call_back.of_worker.stage == Leg::Stage::rings;
    if (!rings(call_back)) {
        co_return std::nullopt;
    }
    const stores::Keyspace keys(program);
    const Side side = of_worker ? Side::worker : Side::person;
    std::string line = of_worker ? call_back.worker_line : call_back.line;
    std::vector<std::string> messages{message_id(id, side)};
    const Deadline in_time = services_.clock.in(store_budget);
    const Result<std::vector<outbox::Fate>> fates =
        co_await outbox::fates(services_.redis, keys, std::move(line), std::move(messages), in_time);
    if (!fates || !never_rang(fates->front())) {
        co_return std::nullopt;
    }
    ops::log(ops::Level::error, "call_back_not_rung");
    co_return of_worker ? Told::worker_fails : Told::person_ends;
}

Awaitable<void> Desk::put_off(std::string program, std::string id, ops::UtcMs until) {
    redis::Commit later;
    later.now_ms = ms(services_.clock.now());
    later.writes.push_back({redis::Op::zadd,
                            stores::Keyspace(program).call_backs(),
                            {std::to_string(ms(until)), std::move(id)}});
    const Deadline in_time = services_.clock.in(store_budget);
    const Result<redis::Committed> kept = co_await redis::commit(services_.redis, later, in_time);
    if (!kept) {
        ops::log(ops::Level::debug, "call_back_look_not_put_off", {{"error", kept.error()}});
    }
}

Awaitable<void> Desk::forget(std::string program, std::string id) {
    const stores::Keyspace keys(program);
    redis::Commit commit;
    commit.now_ms = ms(services_.clock.now());
    commit.writes.push_back({redis::Op::zrem, keys.call_backs(), {id}});
    commit.writes.push_back({redis::Op::del, keys.call_back(id), {}});
    const Result<redis::Committed> done =
        co_await redis::commit(services_.redis, commit, services_.clock.in(store_budget));
    if (!done) {
        ops::log(ops::Level::warn, "call_back_not_forgotten", {{"error", done.error()}});
    }
}

/// A leg without a name yet cannot be asked for: whoever picks it up hears how far the call has come.
Awaitable<void> Desk::move_legs(std::string program, std::string id, CallBack call_back, Todo todo) {
    if (todo.stop_person) {
        co_await services_.legs.hang_up(call_back.line, call_back.of_person.call);
    }
    if (todo.stop_worker) {
        co_await services_.legs.hang_up(call_back.worker_line, call_back.of_worker.call);
    }
    const Result<alerts::CallPage> of_person = co_await page_of(program, message_id(id, Side::person));
    if (todo.send_person && of_person) {
        co_await services_.legs.send_to_path(call_back.line, call_back.of_person.call,
                                             back_path_of(*of_person, 0));
    }
    const Result<alerts::CallPage> of_worker = co_await page_of(program, message_id(id, Side::worker));
    if (todo.send_worker && of_worker) {
        co_await services_.legs.send_to_path(call_back.worker_line, call_back.of_worker.call,
                                             back_path_of(*of_worker, call_back.wrong));
    }
}

}  // namespace rightsline::callbacks
