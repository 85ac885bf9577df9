#include "gateway/api/roster_json.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <chrono>
#include <string>
#include <utility>

#include "gateway/cases/case_file.hpp"
#include "gateway/people/duty_gaps.hpp"

namespace rightsline::api {
namespace {

namespace json = boost::json;

json::array ways_of(const alerts::Telling& telling, const people::Person& person) {
    json::array ways;
    if (telling.text) {
        ways.emplace_back("sms");
    }
    if (telling.call) {
        ways.emplace_back("call");
    }
    if (person.email) {
        ways.emplace_back("email");
    }
    return ways;
}

json::array steps_of(const people::Roster& roster, flows::Urgency urgency, people::WeekTime at,
                     const std::optional<std::set<std::string>>& stopped) {
    json::array steps;
    for (const alerts::Foreseen& one : alerts::foresee(roster, urgency, at)) {
        json::array tell;
        for (const alerts::Telling& telling : one.tell) {
            const people::Person& person = roster.people[telling.person];
            tell.push_back(json::object{
                {"person", person.name},
                {"by", ways_of(telling, person)},
                {"on_duty", person.hours.cover(at)},
                {"stopped", stopped ? json::value(stopped->contains(person.name)) : json::value(nullptr)}});
        }
        const auto after = std::chrono::duration_cast<std::chrono::seconds>(one.after).count();
        steps.push_back(json::object{{"after_seconds", after}, {"tell", std::move(tell)}});
    }
    return steps;
}

/// Until it is told, or looked at, again when nobody takes it; null when it is told no more once it arrived.
json::value again_of(const people::Roster& roster, flows::Urgency urgency, people::WeekTime at) {
    const std::size_t last = urgency == flows::Urgency::p3 ? 0 : roster.order.size();
    const auto next = alerts::next_moves(roster, urgency, last, at).next;
    return next ? json::value(std::chrono::duration_cast<std::chrono::seconds>(*next).count())
                : json::value(nullptr);
}

}  // namespace

json::object roster_json(const people::Roster& roster, flows::Urgency urgency, people::WeekTime at,
                         const std::optional<std::set<std::string>>& stopped) {
    return {{"urgency", std::string(cases::to_word(urgency))},
            {"at", people::to_text(at)},
            {"steps", steps_of(roster, urgency, at, stopped)},
            {"again_seconds", again_of(roster, urgency, at)},
            {"nobody_on_duty", people::to_text(people::duty_gaps(roster))}};
}

std::string_view callers_reach(const people::Roster& roster, people::WeekTime at, const cases::Sites* sites) {
    if (!roster.live) {
        return "message";
    }
    const auto is_there = [&](std::size_t one) {
        return roster.people[one].calls && roster.people[one].hours.cover(at);
    };
    const auto may_have_them = [&](std::size_t one) {
        return is_there(one) && (sites == nullptr || !sites->is_employers(roster.people[one].name, ""));
    };
    return std::ranges::none_of(roster.order, is_there)        ? "nobody"
           : std::ranges::none_of(roster.order, may_have_them) ? "conflict"
                                                               : "somebody";
}

}  // namespace rightsline::api
