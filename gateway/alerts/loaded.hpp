// What the desk's files share: an alert as it was loaded, a text that is answered once, who takes an alert.
//
// Private to the room. Threading: plain values.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "gateway/alerts/alert_desk.hpp"
#include "gateway/cases/casework.hpp"

namespace rightsline::alerts {

struct AlertDesk::Loaded {
    std::optional<Alert> alert;  // nothing: no desk has seen this case yet
    std::uint64_t version = 0;
    cases::Casework work;  // what the team made of the case: who may not be told, who has it
    std::uint64_t work_version = 0;
    std::uint64_t sites_version = 0;  // of what is known of the program's sites
    bool work_readable = true;        // no: nobody is known to be kept out, and nobody is given the case
    bool work_changed = false;        // it is kept with the alert
};

/// The memory of one text of the roster, beside those of the workers' (Keyspace::guard).
struct AlertDesk::Once {
    std::string program;
    std::string key;
    std::optional<std::string> said;  // what it was answered; nothing: it was not
};

/// Whoever reads what we answer.
struct AlertDesk::Reader {
    std::string name;
    locales::LanguageTag language;
    flows::PackPtr pack;
    std::string says(Answer answer, const std::string& alias) const {
        return text_of(*pack, language, answer, alias);
    }
};

struct AlertDesk::Taking {
    std::string person;
    std::string how;
    std::string once_key{};  // of the text that takes it; "" = it is taken by no text
    std::string sealed{};    // what that text is answered when it has taken it
};

/// Whom an alert may be told, by their place in the roster: not whom its case keeps out; and unless it is a danger, only who
/// looks after its site and the supervisors, so long as there is anybody of these.
std::function<bool(std::size_t)> may_be_told(const people::Roster& roster, const cases::Casework& work,
                                             flows::Urgency urgency);

}  // namespace rightsline::alerts
