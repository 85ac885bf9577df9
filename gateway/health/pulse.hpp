// Pulse: a small commit of our own every few seconds, so that somebody knows how the store is when nobody texts.
//
// It tells how long a commit takes, whether the store takes any, whether its clock and ours agree, and to the other
// instances that this one lives and which functions it calls (they are not removed under it). Must never: be held up by
// the breaker: it is the probe. Threading: the loop's. Owner: Health calls it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gateway/ops/awaitable.hpp"
#include "gateway/ops/clock.hpp"
#include "locales/result.hpp"
#include "redis/client.hpp"

namespace rightsline::health {

/// One running process.
struct Instance {
    std::string id;       // unlike that of any other process, also of this one after a restart
    std::string library;  // of the functions that it calls
    ops::UtcMs beat{};    // when it was last heard of
};

struct Beat {
    bool clocks_disagree = false;
};
/// Errors: the store's; errc::server_error (of redis) when it refused.
Awaitable<Result<Beat>> beat(redis::Client& store, const Instance& self, ops::UtcMs now, Deadline deadline);

/// Those that were heard of since `since`, others are forgotten. Errors: the store's.
Awaitable<Result<std::vector<Instance>>> living(redis::Client& store, ops::UtcMs now, ops::UtcMs since,
                                                Deadline deadline);
/// At the end: nobody has to wait until we are forgotten.
Awaitable<void> say_goodbye(redis::Client& store, std::string id, ops::UtcMs now, Deadline deadline);

/// How much of what the store may use it uses, in percent; nothing when it does not say.
Awaitable<std::optional<int>> memory_percent(redis::Client& store, Deadline deadline);
std::optional<int> read_memory_percent(const std::string& info);

}  // namespace rightsline::health
