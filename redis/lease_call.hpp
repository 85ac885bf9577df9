// Lease call: how the calls of the lease queue are written and their answers read; the layout is that of
// redis/functions/1_lease.lua. Must never: do I/O, decide anything. Threading: pure. Owner: the lease queue.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "redis/error.hpp"
#include "redis/lease_queue.hpp"

namespace rightsline::redis {

/// FCALL `function` with the queue's keys, `own_keys` behind them, and the count of lanes as first argument.
Command begin_lease_call(std::string function, const LeaseQueue& queue,
                         const std::vector<std::string>& own_keys = {});

bool usable(const LeaseQueue& queue);
bool usable_id(std::string_view id);
bool usable_owner(std::string_view owner);
bool within(std::int64_t value, std::int64_t low, std::int64_t high);

/// The error that a reply which is not the expected value stands for.
errc refusal_of(const Reply& reply);
/// Strings of an array; nothing when it is none, or holds something else.
std::optional<std::vector<std::string>> strings_of(const Reply& reply);

}  // namespace rightsline::redis
