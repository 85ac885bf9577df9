#include "gateway/ops/clock.hpp"

namespace rightsline::ops {

UtcMs SystemClock::now() const {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

Deadline SystemClock::steady() const { return std::chrono::steady_clock::now(); }

}  // namespace rightsline::ops
