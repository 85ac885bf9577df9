// Ladder: who is told of a report, and when the next one is.
//
// P1 (danger): at once the first person on duty, by text and call; after `step` the next; then everybody and the
// supervisors, whatever their hours, again every `repeat` until somebody acknowledges. When nobody is on duty,
// everybody is told at once: no report of danger waits for the morning.
// P2 (retaliation, injury): the same by text only, with `repeat` between the people and, at the end, an hour between the
// rounds; only people on duty, and it waits until somebody is.
// P3: one text to the first person on duty, when somebody is. When it did not reach them, to the next; after the last of
// them to all on duty. Whether it did is for the desk to find out: `rung` says who was told in vain.
// Whoever a case keeps out is stepped over as if they were not on duty, and is not among everybody.
// Pure: time is an argument. Threading: plain values.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <vector>

#include "flows/vocabulary.hpp"
#include "gateway/people/roster.hpp"

namespace rightsline::alerts {

struct Telling {
    std::size_t person = 0;  // of the roster
    bool text = false;
    bool call = false;
};

struct Moves {
    std::vector<Telling> tell;
    std::size_t rung = 0;    // where the ladder stands then
    bool everybody = false;  // the last rung
    std::optional<std::chrono::milliseconds>
        next;  // until it goes on by itself; nothing = it has done what it does
};

/// Whether a person of the roster, by their number in it, may be told of this report.
using MayBeTold = std::function<bool(std::size_t)>;
bool everyone_may(std::size_t person);

/// What is to be done now, on `rung` of the ladder: 0 at first, then what the moves before said.
Moves next_moves(const people::Roster& roster, flows::Urgency urgency, std::size_t rung, people::WeekTime now,
                 const MayBeTold& may = everyone_may);

/// "Who would be told now?": the moves of a report that comes in at `now`, until they repeat themselves.
struct Foreseen {
    std::chrono::milliseconds after{};
    std::vector<Telling> tell;
};
std::vector<Foreseen> foresee(const people::Roster& roster, flows::Urgency urgency, people::WeekTime now);

}  // namespace rightsline::alerts
