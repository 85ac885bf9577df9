// Watch: who is told that a case has news, that one of its clocks presses or a task is due, and what that was said of already.
//
// The person who has the case and the first supervisor are told, once when three quarters of a clock are over and once when it
// is late. Of a task whoever is to do it is told, once it is due. After an outage only the worst is said, once. Whom the case keeps out is told nothing.
// Pure: time is an argument. Threading: plain values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gateway/cases/casework.hpp"
#include "gateway/cases/clocks.hpp"
#include "gateway/cases/tasks.hpp"
#include "gateway/people/roster.hpp"

namespace rightsline::alerts {

/// Who is told of a clock: whoever keeper_of() names, and supervisor_of(). Each sleeps at other hours, and so has marks of their own.
enum class Whom : std::uint8_t { keeper, above };

struct Watch {
    enum class Say : std::uint8_t { nothing, warned, late } say = Say::nothing;
    std::vector<std::string> marks;    // of which clocks it was said, this time included
    std::optional<std::int64_t> next;  // when to look again, seconds since 1970; nothing = no clock runs
};
/// `before`: the marks of the last look.
Watch watch(const std::vector<cases::DueClock>& clocks, const std::vector<std::string>& before,
            std::int64_t now, Whom whom = Whom::keeper);

/// The mark of a task whose person was told that it is due.
std::string mark_of(const cases::Task& task);
/// Those that are due and were not told of yet, in their order.
std::vector<cases::Task> untold_tasks(const std::vector<cases::Task>& tasks,
                                      const std::vector<std::string>& before, std::int64_t now);
/// When to look again at tasks, seconds since 1970; nothing = none will become due. At most an hour away.
std::optional<std::int64_t> next_task(const std::vector<cases::Task>& tasks, std::int64_t now);

/// Whoever is to do it, else whoever keeper_of() names.
std::optional<std::size_t> doer_of(const people::Roster& roster, const cases::Casework& work,
                                   const cases::Task& task);
/// Whoever has the case, else the first supervisor, else the first on call; of those who can be written to and may have it.
/// By their number in the roster.
std::optional<std::size_t> keeper_of(const people::Roster& roster, const cases::Casework& work);
/// The first supervisor who can be written to and may have it.
std::optional<std::size_t> supervisor_of(const people::Roster& roster, const cases::Casework& work);

}  // namespace rightsline::alerts
