// StoreWatch: what the store's answers tell of its health, and the breaker that stops asking one that is silent.
//
// It hears of every command (redis/watched.hpp). Silent for two seconds (something is asked, nothing is answered): from
// then on only so many commands wait as may be waited for without harm, and every other fails at once in the place of its
// whole budget. So a thousand texts are answered at once, and the one that comes as the store comes back is not lost.
// Beside them goes the probe; the first answer to any ends it.
// A store that answers "no" is asked on: it costs nobody time, and reads and sends still work.
// Must never: be closed to the probe. Threading: the loop's. Owner: Health.
#pragma once

#include <deque>
#include <optional>

#include "gateway/health/ladder.hpp"
#include "gateway/ops/clock.hpp"
#include "redis/watched.hpp"

namespace rightsline::health {

class StoreWatch final : public redis::Watcher {
 public:
    static constexpr std::size_t trials = 32;  // that wait although the store is silent

    explicit StoreWatch(const ops::Clock& clock) : clock_(clock) {}

    bool lets_through() override;
    void begun() override;
    void ended(const redis::Heard& heard) override;

    /// Several times a second: whether to hold back from now on. Where the looks themselves stood still, it was we who
    /// were silent (a stopped process, a machine that slept), and the store gets its two seconds anew.
    void look();
    /// What is known of the store; the other facts are left as they are.
    void tell(Facts& facts) const;
    /// Commits fail, or nothing is answered: worth asking more often.
    bool troubled() const { return failing_since_.has_value() || silent_since_.has_value(); }
    /// Commands that were held back.
    std::uint64_t held_back() const { return held_back_; }

 private:
    struct Sample {
        Deadline at;
        std::chrono::milliseconds took;
    };
    std::chrono::milliseconds silence() const;
    std::optional<std::chrono::milliseconds> slow_commit() const;
    void remember(std::chrono::nanoseconds took);

    const ops::Clock& clock_;
    std::deque<Sample> commits_;
    std::optional<Deadline> silent_since_;
    std::optional<Deadline> failing_since_;  // commits
    std::size_t outstanding_ = 0;
    bool unheard_ = false;  // a command was given up since the last answer
    bool refuses_ = false;
    bool holds_ = false;
    std::optional<Deadline> looked_;
    std::uint64_t held_back_ = 0;
};

}  // namespace rightsline::health
