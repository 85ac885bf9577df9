// Figures: how many check-ins were answered and told of a change, and how long statuses lasted, over all cases of a program.
//
// From such numbers nobody may find a single report. So they stop at the beginning of this quarter and stand still until the
// next; a count under ten is told as that and nothing else; counts are rounded down to fives; and one that would give a small
// one away by a difference is hidden with it.
// Must never: tell a number that is not rounded, or of one report. Pure. Threading: plain values.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "gateway/cases/casework.hpp"
#include "gateway/cases/check_ins.hpp"

namespace rightsline::cases {

inline constexpr std::int64_t fewest_shown = 10;

/// The beginning of the quarter in which `now` lies, UTC; seconds since 1970.
std::int64_t quarter_of(std::chrono::sys_seconds now);

class FigureCount {
 public:
    /// `until`: what came later is not counted; seconds since 1970.
    explicit FigureCount(std::int64_t until) : until_(until) {}

    void add(const CaseFacts& facts, const Casework& work, const std::vector<CheckIn>& check_ins);

    /// Nothing: fewer than ten, or one that would tell of fewer than ten.
    using Shown = std::optional<std::int64_t>;
    struct Lasted {
        Shown cases;
        Shown median_days;
    };
    struct Figures {
        std::int64_t until = 0;
        Shown asked;
        Shown answered;
        Shown changed;
        std::map<std::string, Lasted> statuses;
    };
    Figures figures() const;

 private:
    void add_status(const std::string& status, std::int64_t from, std::int64_t to);

    std::int64_t until_;
    std::int64_t asked_ = 0;
    std::int64_t answered_ = 0;
    std::int64_t changed_ = 0;
    std::map<std::string, std::vector<std::int64_t>> lasted_;  // seconds
};

}  // namespace rightsline::cases
