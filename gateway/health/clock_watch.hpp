// ClockWatch: whether what time it is can be believed.
//
// Two signs. Redis' clock and ours disagree by more than 30 s (Redis says so with every commit): one of them is wrong, and
// nobody knows which. Or ours has jumped against the monotonic clock by more than 30 s: on one machine Redis' jumps with
// it, and both agree on a time that may be days off; that is believed again after ten minutes without a jump.
// Meanwhile nothing is deleted because it is old. Sends, leases and alerts go on: late or early is better than never.
// Pure: times are arguments. Threading: plain values.
#pragma once

#include <chrono>
#include <optional>

#include "gateway/ops/clock.hpp"

namespace rightsline::health {

class ClockWatch {
 public:
    static constexpr std::chrono::seconds most{30};
    static constexpr std::chrono::minutes trial{10};

    /// What a commit said: whether Redis' clock and ours disagree.
    void heard(bool disagrees) {
        disagrees_ = disagrees;
        unheard_ = false;
    }
    /// Looks whether ours has jumped since the last look. True when it has.
    bool look(ops::UtcMs wall, Deadline steady);

    bool disagrees() const { return disagrees_; }
    /// Ours has jumped and Redis has not said yet what it thinks of it.
    bool unheard() const { return unheard_; }
    /// A pause may be taken for an end: by a clock that nobody doubts.
    bool may_time() const { return !disagrees_ && !unheard_; }
    unsigned jumps() const { return jumps_; }
    bool may_delete(Deadline now) const { return !disagrees_ && (!jumped_ || now - *jumped_ >= trial); }

 private:
    std::optional<std::chrono::milliseconds> offset_;  // of the calendar from the monotonic clock
    std::optional<Deadline> jumped_;
    bool disagrees_ = false;
    bool unheard_ = false;
    unsigned jumps_ = 0;
};

}  // namespace rightsline::health
