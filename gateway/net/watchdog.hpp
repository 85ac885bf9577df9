// Watchdog: one timer per stream that enforces the deadline of the operation under way. Only inside this
// room.
//
// Re-armed lazily: a later deadline leaves the timer where it is, and when it fires early it moves on by
// itself. A connection that serves thousands of requests a second touches its timer every few seconds.
// Invariant: after the Watchdog is gone, `expire` is never called.
// Threading: the loop. Owner: the stream.
#pragma once

#include <functional>
#include <memory>

#include "gateway/net/loop.hpp"
#include "gateway/ops/awaitable.hpp"

namespace rightsline::net {

class Watchdog {
 public:
    Watchdog(const LoopExecutor& executor, std::function<void()> expire);
    ~Watchdog();
    Watchdog(const Watchdog&) = delete;
    Watchdog& operator=(const Watchdog&) = delete;

    /// An operation starts: call `expire` when it has not ended by then.
    void begin(Deadline deadline);
    void end();
    bool expired() const;

 private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace rightsline::net
