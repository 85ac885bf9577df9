// When a clock of a case presses, whoever has it and a supervisor are told; when a task is due, whoever does it: by an index of
// its own, once a change or an hour.
#include <algorithm>
#include <iterator>
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

bool is_among(const std::vector<std::string>& marks, const std::string& mark) {
    return std::ranges::find(marks, mark) != marks.end();
}

}  // namespace

struct AlertDesk::Pressing {
    std::vector<cases::DueClock> clocks;
    std::vector<cases::Task> tasks;
};

/// Whom to tell now of what, and when to look again.
struct AlertDesk::Look {
    std::vector<std::size_t> people;
    Reminder what = Reminder::task_due;
    std::vector<std::string> marks;    // what was said before, and is said now
    std::optional<std::int64_t> next;  // seconds since 1970; nothing = nothing will press

    void wait_until(std::int64_t at) { next = std::min(next.value_or(at), at); }
    void add(std::size_t who) {
        if (std::ranges::find(people, who) == people.end()) {
            people.push_back(who);
        }
    }
};

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
    const Result<Pressing> pressing = co_await what_presses(program, *facts, loaded->work);
    if (!pressing) {
        reminder_failed(pressing.error());
        co_return;
    }
    co_await tell_of_what_presses(program, context, std::move(*loaded), *pressing);
}

Awaitable<Result<AlertDesk::Pressing>> AlertDesk::what_presses(const std::string& program,
                                                               const cases::CaseFacts& facts,
                                                               const cases::Casework& work) {
    const stores::Keyspace keys(program);
    redis::LoadKeys wanted;
    wanted.extras = {keys.case_told(facts.id), keys.case_tasks(facts.id)};
    const Deadline in_time = services_.clock.in(store_budget);
    const Result<redis::Loaded> stored = co_await redis::load(services_.redis, wanted, in_time);
    const flows::PackPtr pack = services_.packs.active(program);
    if (!stored || !pack) {
        co_return stored ? make_error_code(errc::no_words) : stored.error();
    }
    const std::vector<std::int64_t> told = cases::read_told(stored->extras[0].value_or(""));
    const cases::Calendar calendar(pack->time_zone, pack->holidays);
    const cases::Timing timing{facts, work, pack->statuses, pack->clocks, told, calendar};
    co_return Pressing{cases::clocks_of(timing, seconds(services_.clock.now())),
                       cases::read_tasks(stored->extras[1].value_or(""))};
}

/// Each of the two once, in their own hours: that one of them sleeps keeps it from the other no longer.
void AlertDesk::judge_clocks(const AlertProgram& context, const Loaded& loaded, const Pressing& pressing,
                             std::int64_t now, Look& look) const {
    const std::vector<std::string>& before = loaded.alert->reminded;
    const std::optional<std::size_t> keeper = keeper_of(context.roster, loaded.work);
    const std::optional<std::size_t> above = supervisor_of(context.roster, loaded.work);
    const bool by_ladder = is_told_by_its_ladder(*loaded.alert, loaded.work);
    look.what = Reminder::clock_warned;
    for (const Whom whom : {Whom::keeper, Whom::above}) {
        const std::optional<std::size_t>& who = whom == Whom::keeper ? keeper : above;
        Watch seen = watch(pressing.clocks, before, now, whom);
        if (seen.next) {
            look.wait_until(*seen.next);
        }
        const bool to_say = seen.say != Watch::Say::nothing && (who || whom == Whom::keeper);
        const std::vector<std::size_t> told =
            to_say && !by_ladder ? awake(context, loaded.alert->urgency, {who}) : std::vector<std::size_t>{};
        if (told.empty()) {
            std::erase_if(seen.marks, [&before](const std::string& mark) { return !is_among(before, mark); });
        } else {
            look.add(told.front());
            look.what = seen.say == Watch::Say::late ? Reminder::clock_late : look.what;
        }
        if (to_say && told.empty()) {
            look.wait_until(now + std::chrono::seconds(context.roster.repeat).count());
        }
        std::ranges::move(seen.marks, std::back_inserter(look.marks));
    }
}

/// Nobody is woken by a task, whatever the urgency of its case: somebody of the team chose when it is due.
void AlertDesk::judge_tasks(const AlertProgram& context, const Loaded& loaded, const Pressing& pressing,
                            std::int64_t now, Look& look) const {
    const std::vector<std::string>& before = loaded.alert->reminded;
    for (const cases::Task& one : pressing.tasks) {
        if (one.is_late(now) && is_among(before, mark_of(one))) {
            look.marks.push_back(mark_of(one));
        }
    }
    if (const std::optional<std::int64_t> next = next_task(pressing.tasks, now)) {
        look.wait_until(*next);
    }
    for (const cases::Task& one : untold_tasks(pressing.tasks, before, now)) {
        const std::optional<std::size_t> doer = doer_of(context.roster, loaded.work, one);
        const std::vector<std::size_t> on_duty = awake(context, flows::Urgency::p3, {doer});
        if (on_duty.empty()) {
            look.wait_until(now + std::chrono::seconds(context.roster.repeat).count());
            continue;
        }
        look.what =
            look.people.empty() || look.what == Reminder::clock_warned ? Reminder::task_due : look.what;
        look.marks.push_back(mark_of(one));
        look.add(on_duty.front());
    }
}

/// What nobody who is on duty can be told now waits until somebody is, and is not marked as told.
Awaitable<void> AlertDesk::tell_of_what_presses(const std::string& program, const AlertProgram& context,
                                                Loaded loaded, const Pressing& pressing) {
    const stores::Keyspace keys(program);
    const std::int64_t now = seconds(services_.clock.now());
    Look look;
    judge_clocks(context, loaded, pressing, now, look);
    judge_tasks(context, loaded, pressing, now, look);
    redis::Write line{redis::Op::zrem, keys.clocks(), {loaded.alert->case_id}};
    if (look.next) {  // else it is closed, or everything is done
        line = {redis::Op::zadd, keys.clocks(), {std::to_string(*look.next * 1000), loaded.alert->case_id}};
    }
    if (look.people.empty()) {
        co_await put_off(std::move(line));
        co_return;
    }
    loaded.alert->reminded = std::move(look.marks);
    redis::Commit commit;
    commit.writes.push_back(std::move(line));
    co_await remind_all(program, context, std::move(loaded), std::move(look.people), look.what,
                        std::move(commit));
}

}  // namespace rightsline::alerts
