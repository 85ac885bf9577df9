// What the files of Desk share. Private to the room.
//
// Threading: the loop's. Owner: Desk.
#pragma once

#include <chrono>

#include "gateway/callbacks/desk.hpp"
#include "gateway/stores/keyspace.hpp"

namespace rightsline::callbacks {

struct Desk::Loaded {
    CallBack value;
    std::uint64_t version = 0;
};

struct Desk::Counters {
    ops::Counter& begun;
    ops::Counter& reached;
    ops::Counter& nobody;
    ops::Counter& wrong_code;
    ops::Counter& other;   // the person did not begin, or went; the phone could not be called
    ops::Counter& failed;  // a step that could not be kept
};

/// Beside the number, and erased with it: how many were begun on which day of the program's place, and the last one.
inline constexpr const char* field_today = "calls_today";  // "20415:2"
inline constexpr const char* field_last = "last_call";

namespace timing {
using namespace std::chrono_literals;
inline constexpr auto store_budget = 2s;
inline constexpr auto code_budget = 8s;  // of a page that looks a code up: providers wait fifteen
inline constexpr std::chrono::seconds ring{30};
}  // namespace timing

}  // namespace rightsline::callbacks
