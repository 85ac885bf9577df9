// Lease tally: how many jobs stand where in a queue, for a person who looks.
//
// A few plain reads, one after the other: each figure is true of its moment, their sum need not be. survey() is what finds
// mistakes. Must never: change anything. Threading: as the Client's.
#pragma once

#include <cstdint>
#include <vector>

#include "redis/lease_queue.hpp"

namespace rightsline::redis {

struct LeaseTally {
    std::vector<std::int64_t> lanes;  // wait, by lane
    std::int64_t leased = 0;          // in somebody's hands
    std::int64_t unknown = 0;         // in doubt, to be looked into
    std::int64_t aside =
        0;  // put aside: nobody looks into them by themselves; at most most_aside are counted
};
inline constexpr std::int64_t most_aside = 1000;

/// Errors: the client's; errc::server_error, errc::unexpected_reply.
Awaitable<Result<LeaseTally>> tally(Client& client, const LeaseQueue& queue, Deadline deadline);

}  // namespace rightsline::redis
