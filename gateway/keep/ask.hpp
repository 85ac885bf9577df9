// ask_all: many questions to the store at once, over the one connection, answered in their order.
//
// A command of its own process may keep the connection full; the server's own work is not waited behind it. Bounded:
// a few hundred are under way at a time. Threading: the loop's.
#pragma once

#include <vector>

#include "gateway/ops/awaitable.hpp"
#include "locales/result.hpp"
#include "redis/client.hpp"

namespace rightsline::keep {

using Replies = std::vector<redis::Reply>;

/// Errors: the client's; redis::errc::server_error when the store refuses one, but for a key of another kind (WRONGTYPE),
/// which is an answer.
Awaitable<Result<Replies>> ask_all(redis::Client& client, std::vector<redis::Command> questions,
                                   redis::Deadline deadline);

}  // namespace rightsline::keep
