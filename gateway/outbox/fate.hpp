// Fate: what is known of one message: where the outbox has it, and what the carrier said of it.
//
// Both are kept apart, for both are true: the provider accepted it, and the phone did not take it. Reads only.
// Must never: read a message. Threading: the loop's.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gateway/ops/awaitable.hpp"
#include "gateway/outbox/delivery.hpp"
#include "gateway/stores/keyspace.hpp"
#include "redis/lease_queue.hpp"

namespace rightsline::outbox {

struct Fate {
    // "waiting", "under_way", "in_doubt", a name of Outcome when it is final, "unreadable", or "forgotten": its record
    // is gone, two weeks after its fate was known
    std::string state;
    Delivery delivery;
    std::int64_t attempts = 0;
};

/// Pure. `record`: as the queue keeps it; `receipts`: as they were kept.
Fate fate_of(const std::optional<std::string>& record, const std::vector<std::string>& receipts);

/// Of messages that left, or were to leave, by one line of the program, and of notices; in their order. Errors: the store's.
Awaitable<Result<std::vector<Fate>>> fates(redis::Client& client, const stores::Keyspace& keys,
                                           std::string line, std::vector<std::string> ids,
                                           redis::Deadline deadline);

}  // namespace rightsline::outbox
