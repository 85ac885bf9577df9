// pause: lets the loop go on for a while.
#pragma once

#include <chrono>

#include "gateway/ops/awaitable.hpp"

namespace rightsline::ops {

/// false: the task is being ended.
Awaitable<bool> pause(std::chrono::milliseconds length);

}  // namespace rightsline::ops
