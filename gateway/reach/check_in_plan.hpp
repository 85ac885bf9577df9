// CheckInPlan: whether the worker of a case is to be asked how they are now, by what, or when that is to be looked at again.
//
// Asked on the program's days after the report; a day that a server slept through is asked on once, late, and of several the
// last. By a text only whoever said yes to that, at a safe hour, and never two texts in a day of any kind; everybody else when
// they come back with the code. Pure. Threading: plain values.
#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "gateway/cases/check_ins.hpp"
#include "gateway/reach/safe_hours.hpp"

namespace rightsline::reach {

struct CheckInState {
    std::int64_t filed_hour = 0;  // seconds
    bool ended = false;           // its worker does not want to be asked
    bool texts = false;           // they said yes to a text, and one may go
    ops::UtcMs last_text{};       // of any kind
    std::vector<cases::CheckIn> so_far;
};

struct NoMore {};
struct LookAgain {
    ops::UtcMs at;
};
struct NobodyKnows {  // its time is over, and nobody answered
    int day;
};
struct AskByText {
    int day;
    Window window;
};
struct AskInMailbox {
    int day;
};
using CheckInPlan = std::variant<NoMore, LookAgain, NobodyKnows, AskByText, AskInMailbox>;

CheckInPlan plan_check_in(const std::vector<int>& days, const CheckInState& state, const SafeHours& hours,
                          const UtcOffset& offset, ops::UtcMs now);

/// How many texts in a row nobody answered, with the one of `day`; 1 where that one was no text.
int silent_texts(const CheckInState& state, int day);

}  // namespace rightsline::reach
