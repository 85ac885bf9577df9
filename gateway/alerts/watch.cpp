#include "gateway/alerts/watch.hpp"

#include <algorithm>

namespace rightsline::alerts {
namespace {

constexpr std::int64_t minute = 60;
constexpr std::int64_t hour = 60 * minute;  // a clock that stood still may go on: it is looked at that often

std::string mark_of(const cases::DueClock& clock, const char* what, Whom whom) {
    return std::string(clock.name) + ":" + std::to_string(clock.began) + ":" + what +
           (whom == Whom::above ? ":above" : "");
}

bool can_have(const people::Roster& roster, const cases::Casework& work, std::size_t who) {
    const people::Person& person = roster.people[who];
    return (person.texts || person.email) && !work.keeps_out(person.name);
}

std::optional<std::size_t> first_of(const people::Roster& roster, const cases::Casework& work,
                                    const std::vector<std::size_t>& among) {
    const auto found =
        std::ranges::find_if(among, [&](std::size_t who) { return can_have(roster, work, who); });
    return found == among.end() ? std::nullopt : std::optional(*found);
}

}  // namespace

Watch watch(const std::vector<cases::DueClock>& clocks, const std::vector<std::string>& before,
            std::int64_t now, Whom whom) {
    Watch seen;
    for (const cases::DueClock& clock : clocks) {
        const bool late = clock.state == cases::ClockState::overdue;
        const bool warned = clock.state == cases::ClockState::warned;
        if (late || warned) {
            std::string mark = mark_of(clock, late ? "late" : "warned", whom);
            const bool said = std::ranges::find(before, mark) != before.end();
            const Watch::Say say = late ? Watch::Say::late : Watch::Say::warned;
            seen.say = said ? seen.say : std::max(seen.say, say);
            seen.marks.push_back(std::move(mark));
        }
        const std::int64_t changes = warned ? clock.due : late ? now + hour : clock.warns;
        const std::int64_t next = std::clamp(changes, now + minute, now + hour);
        seen.next = std::min(seen.next.value_or(next), next);
    }
    return seen;
}

std::string mark_of(const cases::Task& task) { return "task:" + task.id; }

std::vector<cases::Task> untold_tasks(const std::vector<cases::Task>& tasks,
                                      const std::vector<std::string>& before, std::int64_t now) {
    std::vector<cases::Task> untold;
    for (const cases::Task& one : tasks) {
        if (one.is_late(now) && std::ranges::find(before, mark_of(one)) == before.end()) {
            untold.push_back(one);
        }
    }
    return untold;
}

std::optional<std::int64_t> next_task(const std::vector<cases::Task>& tasks, std::int64_t now) {
    std::optional<std::int64_t> next;
    for (const cases::Task& one : tasks) {
        if (one.is_open() && !one.is_late(now)) {
            const std::int64_t look = std::clamp(one.due, now + 1, now + hour);
            next = std::min(next.value_or(look), look);
        }
    }
    return next;
}

std::optional<std::size_t> doer_of(const people::Roster& roster, const cases::Casework& work,
                                   const cases::Task& task) {
    const auto named = std::ranges::find(roster.people, task.who, &people::Person::name);
    const auto who = static_cast<std::size_t>(named - roster.people.begin());
    const bool can = !task.who.empty() && named != roster.people.end() && can_have(roster, work, who);
    return can ? std::optional(who) : keeper_of(roster, work);
}

std::optional<std::size_t> supervisor_of(const people::Roster& roster, const cases::Casework& work) {
    return first_of(roster, work, roster.supervisors);
}

std::optional<std::size_t> keeper_of(const people::Roster& roster, const cases::Casework& work) {
    for (std::size_t who = 0; who < roster.people.size(); ++who) {
        if (roster.people[who].name == work.assignee && can_have(roster, work, who)) {
            return who;
        }
    }
    if (const std::optional<std::size_t> above = supervisor_of(roster, work)) {
        return above;
    }
    std::vector<std::size_t> near = roster.order;
    std::erase_if(near, [&](std::size_t who) { return !work.is_near(roster.people[who].name); });
    const std::optional<std::size_t> first = first_of(roster, work, near);
    return first ? first : first_of(roster, work, roster.order);
}

}  // namespace rightsline::alerts
