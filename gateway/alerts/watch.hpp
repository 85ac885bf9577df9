// Watch: who is told that a case has news, or that one of its clocks presses, and which clocks that was said of already.
//
// The person who has the case is told, once when three quarters of a clock are over and once when it is late; of what is late
// the first supervisor is, too. After an outage only the worst is said, once. Whom the case keeps out is told nothing.
// Pure: time is an argument. Threading: plain values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gateway/cases/casework.hpp"
#include "gateway/cases/clocks.hpp"
#include "gateway/people/roster.hpp"

namespace rightsline::alerts {

struct Watch {
    enum class Say : std::uint8_t { nothing, warned, late } say = Say::nothing;
    std::vector<std::string> marks;    // of which clocks it was said, this time included
    std::optional<std::int64_t> next;  // when to look again, seconds since 1970; nothing = no clock runs
};
/// `before`: the marks of the last look.
Watch watch(const std::vector<cases::DueClock>& clocks, const std::vector<std::string>& before,
            std::int64_t now);

/// Whoever has the case, else the first supervisor, else the first on call; of those who can be written to and may have it.
/// By their number in the roster.
std::optional<std::size_t> keeper_of(const people::Roster& roster, const cases::Casework& work);
/// The first supervisor who can be written to and may have it.
std::optional<std::size_t> supervisor_of(const people::Roster& roster, const cases::Casework& work);

}  // namespace rightsline::alerts
