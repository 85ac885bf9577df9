#include "gateway/health/ladder.hpp"

#include <algorithm>

namespace rightsline::health {
namespace {

using namespace std::chrono_literals;

struct Bounds {
    std::chrono::milliseconds slow = 250ms;
    std::chrono::milliseconds very_slow = 1000ms;
    int memory = 70;
    int disk = 90;
};
constexpr Bounds way_up{};
constexpr Bounds way_down{200ms, 800ms, 65, 87};
constexpr auto gone_after = 2s;

}  // namespace

ops::Label name_of(Reason reason) {
    switch (reason) {
        case Reason::none:
            return "none";
        case Reason::slow:
            return "commits_slow";
        case Reason::memory:
            return "memory";
        case Reason::disk:
            return "disk";
        case Reason::very_slow:
            return "commits_very_slow";
        case Reason::refuses:
            return "store_takes_no_writes";
        case Reason::clocks:
            return "clocks_disagree";
        case Reason::no_commit:
            return "no_commit";
        case Reason::silent:
            return "store_silent";
    }
    return "none";
}

Verdict judge(const Facts& facts, bool ease) {
    const Bounds& bounds = ease ? way_down : way_up;
    const auto commit = facts.commit_time.value_or(0ms);
    if (facts.silent >= gone_after) {
        return {Level::away, Reason::silent};
    }
    if (facts.without_commit >= gone_after) {
        return {Level::away, Reason::no_commit};
    }
    if (facts.refuses) {
        return {Level::narrow, Reason::refuses};
    }
    if (facts.clocks_disagree) {
        return {Level::narrow, Reason::clocks};
    }
    if (commit > bounds.very_slow) {
        return {Level::narrow, Reason::very_slow};
    }
    if (commit > bounds.slow) {
        return {Level::strained, Reason::slow};
    }
    if (facts.memory_percent.value_or(0) > bounds.memory) {
        return {Level::strained, Reason::memory};
    }
    if (facts.disk_percent.value_or(0) > bounds.disk) {
        return {Level::strained, Reason::disk};
    }
    return {};
}

Verdict Ladder::look(const Facts& facts, Deadline now) {
    const Verdict strict = judge(facts);
    if (strict.level >= stand_.level) {
        stand_ = strict;
        better_since_.reset();
        return stand_;
    }
    const Verdict eased = judge(facts, true);
    if (eased.level >= stand_.level) {
        better_since_.reset();
    } else if (stand_.level == Level::away) {
        stand_ = eased;
        better_since_.reset();
    } else if (!better_since_) {
        better_since_ = now;
    } else if (now - *better_since_ >= calm) {
        stand_ = eased;
        better_since_.reset();
    }
    return stand_;
}

}  // namespace rightsline::health
