#include "gateway/handoff/choosing.hpp"

#include <algorithm>

namespace rightsline::handoff {

std::vector<std::string> choose(const people::Roster& roster, people::WeekTime now,
                                locales::LanguageTag language, locales::LanguageTag own,
                                std::string_view gender) {
    std::vector<std::string> chosen;
    for (const std::size_t one : roster.order) {
        const people::Person& person = roster.people[one];
        const bool understands = person.speaks.empty()
                                     ? language == own
                                     : std::ranges::find(person.speaks, language) != person.speaks.end();
        const bool is_asked_for = gender.empty() || person.gender == gender;
        if (roster.live && person.calls && understands && is_asked_for && person.hours.cover(now)) {
            chosen.push_back(person.name);
        }
    }
    return chosen;
}

}  // namespace rightsline::handoff
