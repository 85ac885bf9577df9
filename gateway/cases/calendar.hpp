// Calendar: where the days of a program end, on the clock on the wall there, and which of them are holidays.
//
// The zone is the system's; a zone that it does not know is UTC, which `rightsline check` refuses before anything starts.
// Must never: be asked for what counts hours: a danger knows no holiday. Threading: const; any. Owner: whoever asks.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gateway/ops/zone.hpp"

namespace rightsline::cases {

class Calendar {
 public:
    /// `holidays`: in order; they outlive this.
    Calendar(const std::string& zone, const std::vector<std::chrono::sys_days>& holidays);

    /// The last moment of the day in which `at` lies; of a holiday, of the first day after it that is none. Seconds since 1970.
    std::int64_t end_of_day(std::int64_t at) const;
    /// The same day and time there `months` later; the last day of the month where it has no such day.
    std::int64_t months_after(std::int64_t at, int months) const;

 private:
    std::int64_t offset(std::int64_t at) const;
    /// The moment at which the wall there shows `local`.
    std::int64_t moment_of(std::int64_t local) const;

    std::optional<ops::Zone> zone_;
    const std::vector<std::chrono::sys_days>& holidays_;
};

}  // namespace rightsline::cases
