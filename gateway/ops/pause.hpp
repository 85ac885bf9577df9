// pause: lets the loop go on for a while. For background tasks, never on a turn's way to its answer without a bound.
//
// Threading: the executor of the coroutine that awaits it.
#pragma once

#include <chrono>

#include "gateway/ops/awaitable.hpp"

namespace rightsline::ops {

/// false: the task is being ended.
Awaitable<bool> pause(std::chrono::milliseconds length);

}  // namespace rightsline::ops
