// Account: what a step of a hand-off adds to the audit: whose phone rang, who took the call, how long it was.
//
// An entry names people of the roster and seconds, and the hand-off by a piece of its opaque name, so that what belongs
// together can be told; nobody took it: and that the caller had said danger, where they had. Of a talk that is handed on: who
// asked whom, and who came. Must never: say who called, or how. Pure. Threading: plain values.
#pragma once

#include <string>
#include <vector>

#include "gateway/audit/entry.hpp"
#include "gateway/handoff/machine.hpp"

namespace rightsline::handoff {

/// `before`: as it was, nullptr when it begins; `told`: what the step was of; `by`: whose wish it was, of Told::hands_on.
std::vector<audit::Act> account_of(const std::string& id, const HandOff* before, const HandOff& after,
                                   Event::Told told, ops::UtcMs now, const std::string& by = "");

/// What an entry calls a hand-off: a piece of its name, as much as tells it from others of that day.
std::string name_of_call(const std::string& id);

}  // namespace rightsline::handoff
