// ManualClock: a clock that stands still until a test moves it.
#pragma once

#include "gateway/ops/clock.hpp"

namespace rightsline::support {

class ManualClock final : public ops::Clock {
 public:
    explicit ManualClock(ops::UtcMs start = ops::UtcMs(std::chrono::days(20'000))) : now_(start) {}
    ops::UtcMs now() const override { return now_; }
    Deadline steady() const override { return Deadline(now_.time_since_epoch()); }
    void advance(std::chrono::milliseconds by) { now_ += by; }

 private:
    ops::UtcMs now_;
};

}  // namespace rightsline::support
