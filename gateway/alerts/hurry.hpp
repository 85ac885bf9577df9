// Hurry: which message of an alert goes first where a line lets out less than waits for it.
//
// A report of danger of which nobody has been told is before everything; then whoever has not been told of it yet; then the
// less urgent reports; and behind all of these whoever is told of the same again. Else a night of reports that nobody
// takes, each told again every quarter of an hour, would keep the next worker's cry waiting. Pure. Threading: plain values.
#pragma once

#include <string_view>

#include "gateway/alerts/alert.hpp"

namespace rightsline::alerts {

/// The outbox' rank (at_once.hpp) of what tells `person` of `alert` now. Ask before the telling is noted in the alert.
int rank_of(const Alert& alert, std::string_view person);
/// Whether `person` was texted or called about it before, since it has been as urgent as it is.
bool is_told_again(const Alert& alert, std::string_view person);
/// Of what tells whoever has a case that its worker wrote more, or that a clock presses: behind every report that waits.
int rank_of_reminder();
/// Of what calls a person for somebody who waits on the line: behind every telling of a danger.
int rank_of_callers();
/// Of what tells an operator of the machine: behind everything that is about a report.
int rank_of_operators();

}  // namespace rightsline::alerts
