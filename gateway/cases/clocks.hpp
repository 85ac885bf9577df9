// Clocks: by when the team owes a worker something, and how late it is.
//
//   preset  clock        from                                  until                              within
//   eu      acknowledge  the report was filed                  somebody has it                    7 days
//   eu      feedback     somebody had it                       the status changed after that      3 months
//   wsr     answer       the report was filed                  somebody has it                    24 hours
//   wsr     update       somebody had it, was last heard of    (each word begins it anew)         7 days
//   wsr     resolve-14   the report was filed                  it is closed                       14 days
//   wsr     resolve-30   the report was filed                  it is closed                       30 days
//   p1      danger       it was filed as, or rose to, a P1     somebody has it                    1 hour
//
// "Somebody has it": of the roster took the alert, or the team gave the case a status or wrote to its worker; not that another
// organisation accepted it. Of a danger that they left, who had answered it, the hour begins again. "Heard of": the same. What counts days or months ends with the day, by the program's time zone, and not on one of its holidays; what counts
// hours knows neither. A clock stands still while the
// status waits for the worker and the worker has not told more since, at most 14 days of a case in all, and while a case
// is closed. Nobody can set one. Of what is stored by the hour, it is overdue only when it is so wherever in that hour it
// began. Pure: the time is an argument. Threading: plain values.
#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>
#include <vector>

#include "gateway/cases/calendar.hpp"
#include "gateway/cases/casework.hpp"

namespace rightsline::cases {

inline constexpr std::chrono::days most_waiting{14};

enum class ClockState : std::uint8_t { running, warned, overdue, paused };
std::string_view to_word(ClockState state);  // "running"; warned: three quarters are over

struct DueClock {
    std::string_view name;  // "answer"
    std::int64_t due = 0;   // seconds since 1970; of one that stands still: if it went on now
    ClockState state = ClockState::running;
    std::int64_t began = 0;  // with the name: which one it is, for one that begins anew is another
    std::int64_t warns = 0;  // when three quarters of it are over
};

/// What is known of a case. Times are seconds since 1970.
struct Timing {
    const CaseFacts& facts;
    const Casework& work;
    const std::vector<flows::CaseStatus>& statuses;
    const std::vector<flows::ClockPreset>& presets;
    const std::vector<std::int64_t>& told;  // when its worker told more
    const Calendar& calendar;
};

/// The clocks that have not ended at `now`, the first due first.
std::vector<DueClock> clocks_of(const Timing& timing, std::int64_t now);

}  // namespace rightsline::cases
