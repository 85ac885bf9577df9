// Choosing: whose phones ring for a caller, the first one first.
//
// Who is on call, on duty now, may be called, and speaks the caller's language. Who has not said what they speak counts for
// the program's own language only: a worker who hears a person that does not understand them hangs up for good. Who has not
// said what they are is nobody that a caller has asked for. Whom a conflict of interest keeps away is another's to say
// (conflicts.hpp).
// Pure: time is an argument. Threading: plain values.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gateway/people/roster.hpp"

namespace rightsline::handoff {

/// Names of the roster. `language`: the caller's; `own`: the program's first; `gender`: whom they asked for, "" = anybody.
std::vector<std::string> choose(const people::Roster& roster, people::WeekTime now,
                                locales::LanguageTag language, locales::LanguageTag own,
                                std::string_view gender = "");

}  // namespace rightsline::handoff
