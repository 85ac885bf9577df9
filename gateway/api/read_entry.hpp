// ReadEntry: the audit's entry of a reading, before the first byte leaves.
//
// Private to the room. Threading: the loop's.
#pragma once

#include <string>

#include "gateway/audit/entry.hpp"
#include "gateway/ops/awaitable.hpp"
#include "gateway/ops/clock.hpp"
#include "locales/result.hpp"
#include "redis/client.hpp"

namespace rightsline::api {

/// Errors: stores::errc::no_such_case (deleted meanwhile); the store's: nobody can know then whether the entry is there, and
/// nothing leaves.
Awaitable<Result<void>> write_read_entry(redis::Client& client, const ops::Clock& clock, std::string program,
                                         audit::Act act, redis::Deadline deadline);

}  // namespace rightsline::api
