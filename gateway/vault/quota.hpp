// Quota: how much the home does on one day (UTC), whoever asks. So that somebody who holds the gateway cannot list numbers.
//
//     names    phones that are named: trying all numbers of a country takes years at this pace
//     numbers  numbers of cases that are opened, to reach their workers
//     replies  messages to workers that are opened, to be sent
//
// The count is kept in a file, a step ahead of the truth and fsynced: a vault that was killed never counts less than it did,
// at most a hundredth more. The day never goes back with a clock. What a disk does not take is counted in memory, and told.
// Must never: refuse because of what cannot be written. Threading: one thread's. Owner: the vault's process.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>

#include "gateway/ops/clock.hpp"
#include "locales/result.hpp"

namespace rightsline::vault {

enum class Counted : std::uint8_t { names, numbers, replies };
inline constexpr std::size_t counted_kinds = 3;
using Counts = std::array<std::uint64_t, counted_kinds>;

inline constexpr Counts usual_quota{100'000, 1'000, 20'000};

/// What was done on a day: days since 1970, and as Counts.
struct UsedOnDay {
    std::int64_t day = 0;
    Counts used{};
    friend bool operator==(const UsedOnDay&, const UsedOnDay&) = default;
};

/// The file. A fresh one when there is none. Errors: errc::bad_quota_file.
Result<UsedOnDay> read_used(const std::string& path);
/// Replaces it, whole and fsynced with its folder. Errors: errc::cannot_keep_count.
Result<void> keep_used(const std::string& path, const UsedOnDay& used);

class Quota {
 public:
    using Keep = std::function<Result<void>(const UsedOnDay&)>;
    /// `so_far`: what the file says. `keep` puts it there; what it reports is told by healthy().
    Quota(Counts most, UsedOnDay so_far, const ops::Clock& clock, Keep keep);

    /// false: not that many today any more; nothing was taken.
    bool take(Counted what, std::uint64_t many);
    /// Of the fullest, 0 to 100.
    std::uint8_t used_percent();
    /// The last count was written.
    bool healthy() const { return healthy_; }

 private:
    void turn_day();
    void keep_ahead(std::size_t kind);

    Counts most_;
    UsedOnDay used_;
    UsedOnDay kept_;
    const ops::Clock& clock_;
    Keep keep_;
    bool healthy_ = true;
};

}  // namespace rightsline::vault
