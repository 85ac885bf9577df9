// AtOnce: the due time of what is to leave now, and who goes first where a line lets out less than waits for it.
//
// Redis' clock decides what is due, and the clock of whoever posts may be days ahead of it. So what leaves at once is due
// in a year long past, whatever the clocks say, and what it is due is its place: by rank, then first come first served (a
// clock that is wrong costs a message its place within its rank and nothing else). Entries of one score would go in the
// order of their ids, which is none: then one of them may wait for as long as others come. Pure. Threading: plain values.
#pragma once

#include <algorithm>
#include <chrono>

#include "gateway/ops/clock.hpp"

namespace rightsline::outbox {

/// 0 goes first.
inline constexpr int last_rank = 9;

/// `posted`: by the clock of whoever posts it. Always before the year 2003.
constexpr ops::UtcMs at_once(int rank, ops::UtcMs posted) {
    constexpr std::int64_t places = 100'000'000'000;  // of a rank: seconds until the year 5138
    const std::int64_t second = std::chrono::floor<std::chrono::seconds>(posted).time_since_epoch().count();
    const std::int64_t place = std::clamp<std::int64_t>(second, 0, places - 1);
    return ops::UtcMs(std::chrono::milliseconds(std::clamp(rank, 0, last_rank) * places + place));
}

}  // namespace rightsline::outbox
