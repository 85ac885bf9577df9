// What the files of Desk share. Private to the room.
//
// Threading: the loop's. Owner: Desk.
#pragma once

#include <chrono>

#include "gateway/prompt_calls/desk.hpp"
#include "gateway/stores/keyspace.hpp"
#include "gateway/stores/prompt_keys.hpp"

namespace rightsline::prompt_calls {

struct Desk::Loaded {
    Session value;
    std::uint64_t version = 0;
};

struct Desk::Counters {
    ops::Counter& invited;
    ops::Counter& entered;
    ops::Counter& wrong_code;
    ops::Counter& kept;
    ops::Counter& machine;
    ops::Counter&
        failed;  // a step that could not be kept, a sound that did not come, a take that the disk refused
};

/// A call that has not given a code.
struct Desk::Door {
    std::string session;  // whose code it must be; "" = any
    std::uint32_t nth = 0;
};

/// What an address says, beside its program: a door ("d", and whose), or a session ("s").
inline constexpr const char* page_purpose = "recording call of ";
inline constexpr char of_door = 'd';
inline constexpr char of_session = 's';

inline constexpr std::uint32_t most_codes = 3;  // in one call
// Of all calls of a program. A code has eight digits and lives two hours: that many guesses find one of ten in 17,000 tries, and a
// stranger needs a hundred calls an hour to keep a reader out.
inline constexpr std::int64_t most_wrong_an_hour = 300;
inline constexpr std::int64_t most_invited_a_day = 50;  // of a program
inline constexpr std::int64_t most_rung_a_day = 20;     // of these, with a call of ours

namespace timing {
using namespace std::chrono_literals;
inline constexpr auto store_budget = 2s;
inline constexpr auto page_budget = 8s;    // of a page that writes a file: providers wait fifteen
inline constexpr auto fetch_budget = 40s;  // they are told after 45 that it did not come
inline constexpr auto erased_after = 60s;  // the provider's copy is not touched while we may be reading it
inline constexpr std::chrono::seconds ring{30};
inline constexpr auto worth_calling = 10min;
}  // namespace timing

inline std::int64_t ms(ops::UtcMs at) { return at.time_since_epoch().count(); }

}  // namespace rightsline::prompt_calls
