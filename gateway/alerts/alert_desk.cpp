// The ladder of one alert, one commit a move.
#include "gateway/alerts/alert_desk.hpp"

#include <algorithm>
#include <utility>

#include "gateway/alerts/error.hpp"
#include "gateway/alerts/loaded.hpp"
#include "gateway/cases/case_store.hpp"
#include "gateway/ops/log.hpp"
#include "gateway/ops/test_point.hpp"
#include "gateway/stores/error.hpp"

namespace rightsline::alerts {
namespace {

using namespace std::chrono_literals;

constexpr auto store_budget = 2s;
constexpr int due_at_once = 64;
constexpr auto held_back_for = 10s;  // a step that tells again, while its line is behind
// Of a case that no desk has seen: the roster came later. Or the clock is ahead by days, and the case was filed a moment
// ago; so nothing that is a danger is left out for less than a month.
constexpr auto too_old = std::chrono::days(2);
constexpr auto too_old_for_danger = std::chrono::days(30);

std::int64_t ms(ops::UtcMs at) { return at.time_since_epoch().count(); }

Alert alert_of(const cases::CaseFacts& facts, const std::string& line, ops::UtcMs now) {
    Alert alert;
    alert.case_id = facts.id;
    alert.outside = fresh_outside_name();
    alert.alias = facts.alias;
    alert.urgency = facts.urgency;
    alert.raised = now;
    alert.line = line;
    return alert;
}

}  // namespace

AlertDesk::AlertDesk(AlertServices services, std::map<std::string, AlertProgram> programs)
    : services_(std::move(services)),
      programs_(std::move(programs)),
      moves_(services_.metrics.counter("rightsline_alert_moves_total", "Steps of alerts that told people")),
      taken_(services_.metrics.counter("rightsline_alerts_taken_total", "Alerts that somebody acknowledged")),
      failed_(services_.metrics.counter("rightsline_alert_failures_total",
                                        "Steps of alerts that could not be made, and are tried again")),
      lost_(services_.metrics.counter("rightsline_alerts_lost_total",
                                      "Steps of alerts that reached nobody, so that others were told")),
      held_back_(services_.metrics.counter(
          "rightsline_alerts_held_back_total",
          "Steps that would have told again, put off while their line is behind")) {}

const AlertProgram* AlertDesk::program(const std::string& name) const {
    const auto found = programs_.find(name);
    return found == programs_.end() ? nullptr : &found->second;
}

people::WeekTime AlertDesk::local_time(const AlertProgram& program) const {
    const ops::UtcMs now = services_.clock.now();
    const auto local = now + std::chrono::minutes(program.utc_offset_minutes(now));
    const auto day = std::chrono::floor<std::chrono::days>(local);
    const auto minute = std::chrono::floor<std::chrono::minutes>(local - day);
    return {static_cast<int>(std::chrono::weekday(day).iso_encoding()) - 1, static_cast<int>(minute.count()),
            static_cast<std::int32_t>(day.time_since_epoch().count())};
}

Awaitable<void> AlertDesk::work(std::string program) {
    const AlertProgram* context = this->program(program);
    if (context == nullptr || context->roster.empty()) {
        co_return;
    }
    const Deadline in_time = services_.clock.in(store_budget);
    const Result<std::vector<std::string>> due = co_await redis::due(
        services_.redis, stores::Keyspace(program).alerts(), ms(services_.clock.now()), due_at_once, in_time);
    for (std::size_t i = 0; due && i < due->size(); ++i) {
        co_await advance(program, *context, (*due)[i]);
    }
}

/// What cannot be read must not stand in the way of the others: it is an alarm, and tried again with the next round.
Awaitable<void> AlertDesk::advance(const std::string& program, const AlertProgram& context,
                                   std::string member) {
    const std::string case_id = case_of_member(member);
    const Deadline in_time = services_.clock.in(store_budget);
    cases::CaseStore store(services_.redis);
    const Result<cases::CaseFacts> facts = co_await store.facts(program, case_id, in_time);
    if (!facts && facts.error() == stores::make_error_code(stores::errc::no_such_case)) {
        co_await forget(program, case_id, std::move(member));
        co_return;
    }
    if (facts && member == cases::news_member(case_id)) {
        co_await tell_news(program, context, *facts, std::move(member));
        co_return;
    }
    Result<Loaded> loaded = co_await load(program, case_id, in_time);
    if (!facts || !loaded) {
        failed_.add();
        ops::log(ops::Level::error, "alert_unreadable", {{"error", facts ? loaded.error() : facts.error()}});
        co_return;
    }
    const ops::UtcMs now = services_.clock.now();
    const bool left = member == cases::released_member(case_id);
    if (left && !begins_again(program, *loaded, facts->status)) {
        redis::Write done{redis::Op::zrem, stores::Keyspace(program).alerts(), {std::move(member)}};
        co_await put_off(std::move(done));
        co_return;
    }
    const auto oldest = facts->urgency == flows::Urgency::p1 ? too_old_for_danger : too_old;
    const ops::UtcMs began(std::chrono::seconds(std::max(facts->filed_hour, facts->raised_hour)));
    if (!loaded->alert && now - began > oldest) {
        ops::log(ops::Level::warn, "alert_too_old");
        co_await forget(program, case_id, std::move(member));
        co_return;
    }
    if (!loaded->alert) {
        loaded->alert = alert_of(*facts, context.line, now);
    } else {
        (void)rise(*loaded->alert, facts->urgency, now);
    }
    co_await make_move(program, context, std::move(*loaded), std::move(member));
}

/// One move, in one commit.
Awaitable<void> AlertDesk::make_move(const std::string& program, const AlertProgram& context, Loaded loaded,
                                     std::string member) {
    redis::Commit commit;
    commit.writes.push_back({redis::Op::zrem, stores::Keyspace(program).alerts(), {std::move(member)}});
    const Result<void> moved = co_await move(program, context, loaded, commit);
    if (!moved) {
        failed_.add();
        ops::log(ops::Level::error, "alert_not_moved", {{"error", moved.error()}});
        co_return;
    }
    const Result<redis::Committed> kept = co_await keep(program, loaded, std::move(commit));
    ops::test_point("alert_moved");
    if (!kept) {
        failed_.add();
        ops::log(ops::Level::error, "alert_not_kept", {{"error", kept.error()}});
    } else if (kept->outcome == redis::Committed::Outcome::committed) {
        moves_.add();
        services_.posted();
    }  // else another server made this move
}

/// Tells whoever is next, and says when the ladder goes on.
Awaitable<Result<void>> AlertDesk::move(const std::string& program, const AlertProgram& context,
                                        Loaded& loaded, redis::Commit& commit) {
    Alert& alert = *loaded.alert;
    if (alert.is_taken()) {
        co_return Result<void>();
    }
    const bool told_once = alert.urgency == flows::Urgency::p3 && alert.stepped != ops::UtcMs{};
    if (told_once) {
        const Result<Onward> onward = co_await look_back(program, context, alert, commit);
        if (!onward) {
            co_return onward.error();
        }
        if (*onward == Onward::rest) {
            co_return Result<void>();
        }
    }
    const Result<Onward> later = co_await hold_back(context, loaded);
    if (!later) {
        co_return later.error();
    }
    if (*later == Onward::rest) {
        held_back_.add();
        const std::string due = std::to_string(ms(services_.clock.now() + held_back_for));
        commit.writes.push_back({redis::Op::zadd, stores::Keyspace(program).alerts(), {due, alert.case_id}});
        co_return Result<void>();
    }
    co_return co_await tell_next(program, context, loaded, commit);
}

Awaitable<Result<redis::Committed>> AlertDesk::keep(const std::string& program, const Loaded& loaded,
                                                    redis::Commit commit) {
    const stores::Keyspace keys(program);
    commit.document_key = keys.alert(loaded.alert->case_id);
    commit.expected_version = loaded.version;
    commit.now_ms = ms(services_.clock.now());
    std::vector<vault::SealRequest> requests;
    requests.push_back({vault::Purpose::alert, commit.document_key, to_bytes(*loaded.alert)});
    if (loaded.work_changed) {
        requests.push_back(
            {vault::Purpose::casework, keys.casework(loaded.alert->case_id), cases::to_bytes(loaded.work)});
    }
    Result<std::vector<std::string>> sealed = co_await services_.vault.seal(std::move(requests));
    if (!sealed) {
        co_return sealed.error();
    }
    commit.document = std::move(sealed->front());
    const std::string work = keys.casework(loaded.alert->case_id);
    if (loaded.work_changed) {
        redis::add_document(commit.writes, work, loaded.work_version, sealed->back());
    } else {  // who was kept out meanwhile must not be told: then this is decided anew
        commit.writes.push_back(redis::must_be_version(work, loaded.work_version));
    }
    commit.writes.push_back(redis::must_be_version(keys.sites(), loaded.sites_version));
    // The case may have been deleted by its worker meanwhile: then nobody is told, and nothing is left of it.
    commit.writes.insert(commit.writes.begin(),
                         {redis::Op::must_exist, keys.case_facts(loaded.alert->case_id), {}});
    co_return co_await redis::commit(services_.redis, commit, services_.clock.in(store_budget));
}

Awaitable<void> AlertDesk::forget(const std::string& program, const std::string& case_id,
                                  std::string member) {
    const stores::Keyspace keys(program);
    redis::Commit commit;
    commit.writes.push_back({redis::Op::zrem, keys.alerts(), {std::move(member)}});
    commit.writes.push_back({redis::Op::del, keys.alert(case_id), {}});
    const Result<redis::Committed> done =
        co_await redis::commit(services_.redis, commit, services_.clock.in(store_budget));
    if (!done) {
        ops::log(ops::Level::warn, "alert_not_forgotten", {{"error", done.error()}});
    }
}

}  // namespace rightsline::alerts
