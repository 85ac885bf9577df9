// Limits: how often a missed call is answered with a call: to one number, to a block of numbers, to all together.
//
// Whoever can fake a caller id could have us ring strangers, and pay for it: so nobody is rung more than twice a day, a
// thousand numbers side by side ten times an hour, all together sixty times. Counted in the very commit that puts the call
// into the outbox, under keyed ids; what the program may send in a day bounds all of it once more. Pure: time is an argument.
// Threading: plain values.
#pragma once

#include <vector>

#include "gateway/handoff/caps.hpp"

namespace rightsline::missed {

inline constexpr std::int64_t most_a_day = 2;
inline constexpr std::int64_t most_of_a_block = 10;  // an hour
inline constexpr std::int64_t most_of_all = 60;      // an hour

/// `minutes_east`: of the program's place, by whose midnight a number's day ends: a worker's evening is one day.
std::vector<handoff::Count> counts_of(const stores::Keyspace& keys, const handoff::Counted& who,
                                      int minutes_east, ops::UtcMs now);

}  // namespace rightsline::missed
