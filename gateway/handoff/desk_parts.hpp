// What the files of Desk share. Private to the room.
//
// Threading: the loop's. Owner: Desk.
#pragma once

#include "gateway/handoff/desk.hpp"
#include "gateway/stores/keyspace.hpp"

namespace rightsline::handoff {

struct Desk::Loaded {
    HandOff value;
    std::uint64_t version = 0;
};

/// A step that is to be kept.
struct Desk::Moved {
    std::string program;
    std::string id;
    std::optional<HandOff> before;  // nothing: it begins
    std::uint64_t version = 0;      // of `before`
    Event::Told told = Event::Told::looks;
    Deadline deadline{};
    std::vector<redis::Write> conditions{};  // and counts, of the one that begins
    std::string by{};                        // of Told::hands_on
};

struct Desk::Counters {
    ops::Counter& begun;
    ops::Counter& taken;       // somebody has pressed the key
    ops::Counter& message;     // nobody came, or the caller did not wait
    ops::Counter& nobody;      // asked for, and nobody was there to be rung
    ops::Counter& lost;        // a ring that could not leave: the roster's number, most likely
    ops::Counter& failed;      // a step that could not be kept
    ops::Counter& unreadable;  // nobody could open it: given up
};

namespace timing {
using namespace std::chrono_literals;
inline constexpr auto store_budget = 2s;
inline constexpr auto leg_budget = 3s;  // of a request about a leg: later it helps nobody
}  // namespace timing

}  // namespace rightsline::handoff
