// Lease doubt: what a queue's records say of the past when they are older than the world.
//
// A store that was brought back from a copy is true of the moment of the copy. What was due or in somebody's hands then may
// have been done since, and nobody remembers: it becomes unknown, and only a look leads out. What is not due yet stays.
// Must never: be called on a queue at work; what was put in since would be doubted too. Threading: as the Client's.
#pragma once

#include <cstdint>
#include <string>

#include "redis/lease_queue.hpp"

namespace rightsline::redis {

struct Doubted {
    std::int64_t jobs = 0;   // of one call; ask again until there are none
    std::int64_t aside = 0;  // of these, put aside: their records cannot be read
};

/// At most lease_limits::most jobs. `since_ms`: when the records were true. `note`: of each job's record, from then on.
/// Errors: as the other calls of the queue.
Awaitable<Result<Doubted>> doubt(Client& client, const LeaseQueue& queue, std::int64_t since_ms,
                                 std::string note, Deadline deadline);

}  // namespace rightsline::redis
