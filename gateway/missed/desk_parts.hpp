// What the files of Desk share. Private to the room.
//
// Threading: the loop's. Owner: Desk.
#pragma once

#include <chrono>

#include "gateway/missed/desk.hpp"
#include "gateway/stores/keyspace.hpp"

namespace rightsline::missed {

struct Desk::Counters {
    ops::Counter& called_back;
    ops::Counter& on_its_way;
    ops::Counter& refused;  // a country that nothing goes to, a number that costs extra
    ops::Counter& blocked;  // by a person, or by their own STOP
    ops::Counter& capped;
    ops::Counter& failed;  // store or vault did not answer, or the clock is in doubt
    ops::Counter& begun;   // the key was pressed
    ops::Counter& machine;
};

inline constexpr const char* page_purpose = "call after a missed call of ";

namespace timing {
using namespace std::chrono_literals;
inline constexpr auto store_budget = 2s;
inline constexpr auto pause = 4s;  // until their phone has hung up
inline constexpr std::chrono::seconds ring{30};
inline constexpr auto worth_calling = 10min;
inline constexpr auto longest_way = worth_calling + 1min;  // without a word of it: it is lost
}  // namespace timing

}  // namespace rightsline::missed
