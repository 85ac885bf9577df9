// Never known: the messages of a line of which nobody will know whether they went, for a person who looks.
//
// A message is listed before its record says so; only what both say is counted. Reads only. Threading: the loop's.
#pragma once

#include <cstdint>

#include "gateway/ops/awaitable.hpp"
#include "gateway/ops/clock.hpp"
#include "gateway/outbox/line_out.hpp"
#include "redis/client.hpp"

namespace rightsline::outbox {

struct NeverKnown {
    std::int64_t count = 0;    // of the last two weeks, at most most_never_known
    std::int64_t last_ms = 0;  // when the last of them was given up; 0 = none
};
inline constexpr int most_never_known = 1000;

/// Errors: the store's.
Awaitable<Result<NeverKnown>> never_known(redis::Client& client, const LineOut& line, ops::UtcMs now,
                                          redis::Deadline deadline);

}  // namespace rightsline::outbox
