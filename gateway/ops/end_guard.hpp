// EndGuard: a process that was told to end does end, whatever hangs.
//
// It listens in on SIGTERM and SIGINT: whoever had them (the loop) is called after it, so a loop that is blocked is no
// excuse. With the first of them an alarm begins to run. When it rings, the process says on stderr what it was waiting
// for and is gone with exit code 70. A second SIGTERM or SIGINT, at least a second after the first (launchers repeat
// themselves), has the same effect at once. Either is as safe for the data as kill -9 is.
// Must never: allocate, lock or log in a handler; end a process that nobody told to end.
// Threading: make and destroy it on the main thread; waits_for() on any. One per process. Owner: the composition root,
// built after whoever else takes these signals and destroyed before them.
#pragma once

#include <signal.h>

#include <chrono>
#include <cstddef>

#include "gateway/ops/label.hpp"

namespace rightsline::ops {

class EndGuard {
 public:
    static constexpr int exit_code = 70;  // EX_SOFTWARE

    explicit EndGuard(std::chrono::seconds allowance);
    /// Whoever had the signals has them again. An alarm that runs goes on: the end has begun.
    ~EndGuard();
    EndGuard(const EndGuard&) = delete;
    EndGuard& operator=(const EndGuard&) = delete;

    /// For the last words: what is waited for now, and how many of it.
    static void waits_for(Label what, std::size_t many = 0);

 private:
    struct sigaction on_term_{};
    struct sigaction on_interrupt_{};
};

}  // namespace rightsline::ops
