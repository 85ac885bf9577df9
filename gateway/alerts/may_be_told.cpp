// Whom an alert may be told: whose case it may be, and who looks after its site.
//
// A danger wakes whoever is on call: who looks after which site is a matter of who works on what, and a person in danger
// waits for nobody's list. An alert says nothing of its case, and who takes it has it. Whom the case keeps out is never told.
#include <algorithm>

#include "gateway/alerts/loaded.hpp"

namespace rightsline::alerts {

std::function<bool(std::size_t)> may_be_told(const people::Roster& roster, const cases::Casework& work,
                                             flows::Urgency urgency) {
    std::vector<bool> may(roster.people.size());
    std::vector<bool> near(roster.people.size());
    for (std::size_t who = 0; who < roster.people.size(); ++who) {
        const std::string& name = roster.people[who].name;
        may[who] = !work.keeps_out(name);
        near[who] = may[who] && (work.is_near(name) ||
                                 std::ranges::find(roster.supervisors, who) != roster.supervisors.end());
    }
    const bool somebody = std::ranges::find(near, true) != near.end();
    return [told = urgency == flows::Urgency::p1 || !somebody ? may : near](std::size_t who) {
        return static_cast<bool>(told[who]);
    };
}

}  // namespace rightsline::alerts
