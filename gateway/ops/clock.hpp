// Clock: what time it is, as a collaborator, so that a test can say it.
//
// now() is the calendar (UTC, milliseconds) that is stored and shown; steady() is for deadlines only and
// never stored. Threading: SystemClock from everywhere. Owner: the composition root.
#pragma once

#include <chrono>

#include "gateway/ops/awaitable.hpp"

namespace rightsline::ops {

using UtcMs = std::chrono::sys_time<std::chrono::milliseconds>;

class Clock {
 public:
    virtual ~Clock() = default;
    virtual UtcMs now() const = 0;
    virtual Deadline steady() const = 0;
    /// The point on the steady clock that lies `patience` ahead.
    Deadline in(std::chrono::milliseconds patience) const { return steady() + patience; }
};

class SystemClock final : public Clock {
 public:
    UtcMs now() const override;
    Deadline steady() const override;
};

}  // namespace rightsline::ops
