// TakenCalls: who took which caller, as the audit tells it: the hand-off itself is forgotten soon after it is over.
//
// A call that was handed on was taken by each who came into it. Must never: say who called. Threading: the loop's.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gateway/ops/awaitable.hpp"
#include "gateway/ops/clock.hpp"
#include "locales/result.hpp"
#include "redis/client.hpp"

namespace rightsline::handoff {

struct TakenCall {
    std::string name;     // "3fa9c2d1": as `roster calls` names it
    std::string who;      // a name of the roster
    std::int64_t at = 0;  // when they pressed the key, seconds since 1970
    bool over = false;    // they are in it no more
};

/// Those since then, the oldest first; who came into one twice took it once. Errors: the store's; redis::errc::unexpected_reply, also when the audit of that time is
/// longer than is read at once.
Awaitable<Result<std::vector<TakenCall>>> taken_calls(redis::Client& client, std::string program,
                                                      ops::UtcMs since, redis::Deadline deadline);

}  // namespace rightsline::handoff
