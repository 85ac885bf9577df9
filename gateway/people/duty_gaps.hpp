// DutyGaps: the hours of the week in which nobody of a roster's order is on duty.
//
// Such hours are allowed: a danger then wakes everybody at once, and the rest waits until somebody is. Whoever wrote the roster
// may have meant them or not, and so they are told which.
// By the clock on the wall of the program's place, as the hours are written. Pure. Threading: plain values.
#pragma once

#include <string>
#include <vector>

#include "gateway/people/hours.hpp"
#include "gateway/people/roster.hpp"

namespace rightsline::people {

/// Each stretch of the day once, with the days that it is of. None = somebody is always there, or the order is empty.
std::vector<Span> duty_gaps(const Roster& roster);

/// As one would write them: "mon-thu 22:00-06:00, fri 22:00-24:00, sat, sun". "" = none.
std::string to_text(const std::vector<Span>& spans);

}  // namespace rightsline::people
