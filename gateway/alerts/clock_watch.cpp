// When a clock of a case presses, whoever has it is told: looked at by an index of its own, once a change or an hour.
#include <utility>

#include "gateway/alerts/alert_desk.hpp"
#include "gateway/alerts/error.hpp"
#include "gateway/alerts/loaded.hpp"
#include "gateway/alerts/watch.hpp"
#include "gateway/cases/case_store.hpp"
#include "gateway/stores/error.hpp"

namespace rightsline::alerts {
namespace {

using namespace std::chrono_literals;

constexpr auto store_budget = 2s;
constexpr int due_at_once = 64;

std::int64_t ms(ops::UtcMs at) { return at.time_since_epoch().count(); }
std::int64_t seconds(ops::UtcMs at) {
    return std::chrono::floor<std::chrono::seconds>(at).time_since_epoch().count();
}

/// The ladder of a danger or a punishment that nobody has tells everybody again and again, whatever the clocks say.
bool is_told_by_its_ladder(const Alert& alert, const cases::Casework& work) {
    return alert.urgency != flows::Urgency::p3 && alert.taken_by.empty() && work.assignee.empty();
}

}  // namespace

Awaitable<void> AlertDesk::watch_clocks(std::string program) {
    const AlertProgram* context = this->program(program);
    if (context == nullptr || context->roster.empty()) {
        co_return;
    }
    const Deadline in_time = services_.clock.in(store_budget);
    const Result<std::vector<std::string>> due = co_await redis::due(
        services_.redis, stores::Keyspace(program).clocks(), ms(services_.clock.now()), due_at_once, in_time);
    for (std::size_t i = 0; due && i < due->size(); ++i) {
        co_await look_at_clocks(program, *context, (*due)[i]);
    }
}

Awaitable<void> AlertDesk::look_at_clocks(const std::string& program, const AlertProgram& context,
                                          std::string case_id) {
    const Deadline in_time = services_.clock.in(store_budget);
    cases::CaseStore store(services_.redis);
    const Result<cases::CaseFacts> facts = co_await store.facts(program, case_id, in_time);
    if (!facts && facts.error() == stores::make_error_code(stores::errc::no_such_case)) {
        redis::Write gone{redis::Op::zrem, stores::Keyspace(program).clocks(), {std::move(case_id)}};
        co_await put_off(std::move(gone));
        co_return;
    }
    if (!facts) {
        reminder_failed(facts.error());
        co_return;
    }
    Result<Loaded> loaded = co_await load_known(program, context, *facts);
    if (!loaded) {
        reminder_failed(loaded.error());
        co_return;
    }
    const Result<std::vector<cases::DueClock>> clocks = co_await clocks_of(program, *facts, loaded->work);
    if (!clocks) {
        reminder_failed(clocks.error());
        co_return;
    }
    co_await tell_of_clocks(program, context, std::move(*loaded), *clocks);
}

Awaitable<Result<std::vector<cases::DueClock>>> AlertDesk::clocks_of(const std::string& program,
                                                                     const cases::CaseFacts& facts,
                                                                     const cases::Casework& work) {
    redis::LoadKeys wanted;
    wanted.extras.push_back(stores::Keyspace(program).case_told(facts.id));
    const Deadline in_time = services_.clock.in(store_budget);
    const Result<redis::Loaded> stored = co_await redis::load(services_.redis, wanted, in_time);
    const flows::PackPtr pack = services_.packs.active(program);
    if (!stored || !pack) {
        co_return stored ? make_error_code(errc::no_words) : stored.error();
    }
    const std::vector<std::int64_t> told = cases::read_told(stored->extras.front().value_or(""));
    const cases::Timing timing{facts, work, pack->statuses, pack->clocks, told};
    co_return cases::clocks_of(timing, seconds(services_.clock.now()));
}

/// What nobody who is on duty can be told now waits until somebody is, and is not marked as told.
Awaitable<void> AlertDesk::tell_of_clocks(const std::string& program, const AlertProgram& context,
                                          Loaded loaded, const std::vector<cases::DueClock>& clocks) {
    const stores::Keyspace keys(program);
    const std::int64_t now = seconds(services_.clock.now());
    Watch seen = watch(clocks, loaded.alert->reminded, now);
    if (!seen.next) {  // it is closed, or everything is done
        redis::Write done{redis::Op::zrem, keys.clocks(), {loaded.alert->case_id}};
        co_await put_off(std::move(done));
        co_return;
    }
    const bool late = seen.say == Watch::Say::late;
    std::vector<std::size_t> told;
    if (seen.say != Watch::Say::nothing && !is_told_by_its_ladder(*loaded.alert, loaded.work)) {
        const std::optional<std::size_t> keeper = keeper_of(context.roster, loaded.work);
        const std::optional<std::size_t> above =
            late ? supervisor_of(context.roster, loaded.work) : std::nullopt;
        told = awake(context, loaded.alert->urgency, {keeper, above});
    }
    const bool waits = seen.say != Watch::Say::nothing && told.empty();
    const std::int64_t later = now + std::chrono::seconds(context.roster.repeat).count();
    const std::int64_t next = waits ? std::min(*seen.next, later) : *seen.next;
    redis::Write line{redis::Op::zadd, keys.clocks(), {std::to_string(next * 1000), loaded.alert->case_id}};
    if (told.empty()) {
        co_await put_off(std::move(line));
        co_return;
    }
    loaded.alert->reminded = std::move(seen.marks);
    redis::Commit commit;
    commit.writes.push_back(std::move(line));
    const Reminder what = late ? Reminder::clock_late : Reminder::clock_warned;
    co_await remind_all(program, context, std::move(loaded), std::move(told), what, std::move(commit));
}

}  // namespace rightsline::alerts
