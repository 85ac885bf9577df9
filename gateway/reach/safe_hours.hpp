// SafeHours: when a text may reach a worker, on the clock of the program's place.
//
// The hours that the worker said are safe; where they said none, all that are not the program's quiet hours. A window says
// also when it closes, so that the carrier does not deliver at night what we gave it in the evening.
// A place whose clock is put forward or back has the hours that its wall shows. Pure. Threading: plain values.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "gateway/ops/clock.hpp"
#include "gateway/people/hours.hpp"

namespace rightsline::reach {

/// Minutes to add to UTC at that instant.
using UtcOffset = std::function<int(ops::UtcMs)>;

struct Window {
    ops::UtcMs opens;   // not before it was asked for
    ops::UtcMs closes;  // a text must have arrived by then
};

class SafeHours {
 public:
    /// `hours`: the worker's, "17:00-21:00", "22:00-02:00" over midnight, or "". `quiet`: the program's, in the same form, or "".
    /// What cannot be read is no hour at all: then nobody is texted.
    SafeHours(std::string_view hours, std::string_view quiet);

    bool cover(ops::UtcMs at, const UtcOffset& offset) const;
    /// The first time from `from` on that leaves the carrier at least `least_room`. Nothing: there is none within two days.
    std::optional<Window> next(ops::UtcMs from, const UtcOffset& offset) const;

 private:
    std::optional<people::Span> open_;  // nothing: never
};

/// Less than this before the end of the hours a text is left for the next day.
inline constexpr std::chrono::minutes least_room{15};
/// No window is longer, however many hours are safe: a text that a phone gets a day later says nothing true.
inline constexpr std::chrono::hours longest_room{10};

}  // namespace rightsline::reach
