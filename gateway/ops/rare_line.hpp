// RareLine: an event that strangers can cause as often as they like, and that must not fill the disk with its log lines.
//
// The first one is told, then at most one line a minute with how many there were. What came after the last line is only
// in the metrics. Threading: one thread's. Owner: whoever logs.
#pragma once

#include <chrono>
#include <cstdint>
#include <utility>

namespace rightsline::ops {

class RareLine {
 public:
    /// Counts one event. How many the line that is due now stands for; 0 when none is due.
    std::int64_t due(std::chrono::steady_clock::time_point now) {
        ++untold_;
        if (told_ && now - last_ < std::chrono::minutes(1)) {
            return 0;
        }
        told_ = true;
        last_ = now;
        return std::exchange(untold_, 0);
    }

 private:
    std::chrono::steady_clock::time_point last_{};
    std::int64_t untold_ = 0;
    bool told_ = false;
};

}  // namespace rightsline::ops
