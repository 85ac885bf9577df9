// Ladder: how well we are, as one of four levels, from what was observed.
//
//   level     when                                                       what is left out
//   0 well    commits within 250 ms                                      nothing
//   1 strained  commits over 250 ms, the store's memory over 70 %,       blasts, statistics
//             a disk over 90 %
//   2 narrow  commits over 1 s, a store that takes no writes, clocks     also sweeping and walks over the queues
//             that disagree
//   3 away    no commit could be made for 2 s, or no answer at all       everything that needs the store
//
// Up at once. Down when the facts, with some ease, have said so for `calm` without a break, so that it does not flap at a
// bound; from 3 at once, because the commit that ends it is proof. The table is judge(): pure. Threading: plain values.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "gateway/ops/awaitable.hpp"
#include "gateway/ops/label.hpp"

namespace rightsline::health {

enum class Level : std::uint8_t { well, strained, narrow, away };

enum class Reason : std::uint8_t { none, slow, memory, disk, very_slow, refuses, clocks, no_commit, silent };
ops::Label name_of(Reason reason);

struct Facts {
    std::optional<std::chrono::milliseconds>
        commit_time{};                            // the slow ones of late; nothing = too few to tell
    std::chrono::milliseconds without_commit{0};  // they fail since then; 0 = the last one was kept
    std::chrono::milliseconds silent{0};          // something is asked, and nothing was answered since then
    bool refuses = false;                         // the store's last word on a commit: it takes no writes
    bool clocks_disagree = false;
    std::optional<int> memory_percent{};  // of what the store may use
    std::optional<int> disk_percent{};    // of the fullest disk that we write to
};

struct Verdict {
    Level level = Level::well;
    Reason reason = Reason::none;
    bool operator==(const Verdict&) const = default;
};

/// `ease`: the bounds of the way down, which are lower.
Verdict judge(const Facts& facts, bool ease = false);

class Ladder {
 public:
    static constexpr std::chrono::seconds calm{10};

    /// Where we stand now.
    Verdict look(const Facts& facts, Deadline now);
    Verdict stand() const { return stand_; }

 private:
    Verdict stand_;
    std::optional<Deadline> better_since_;
};

}  // namespace rightsline::health
