// The table of the machine: every state, every meaning.
#include <array>

#include "gateway/handoff/machine.hpp"

namespace rightsline::handoff {
namespace {

constexpr unsigned ring_next = Rule::ring_next;
constexpr unsigned end_others = Rule::end_others;
constexpr unsigned end_all = Rule::end_all;
constexpr unsigned nudge = Rule::nudge;
constexpr unsigned ring_colleague = Rule::ring_colleague;

// Of each state, in the order of Meaning: asks, wants_message, leaves, picks_up, accepts, accepts_again, one_fewer,
// nobody_left, times_out, nothing, hands_on, colleague_picks_up, colleague_accepts, left_to_colleague, left_alone,
// nears_its_end and lost_at_once (both only of a talk).
constexpr std::array<std::array<Rule, meanings>, states> table{{
    // ringing
    {{{State::ringing, Reply::wait, ring_next},  // they are there: whoever was to wait for that is rung now
      {State::message, Reply::message, end_all},
      {State::over, Reply::none, end_all},
      {State::ringing, Reply::whisper, 0},
      {State::joining, Reply::join, end_others | nudge},
      {State::ringing, Reply::whisper, 0},  // nobody has it: it was given up since, so it is asked again
      {State::ringing, Reply::none, ring_next},
      {State::message, Reply::none, nudge},
      {State::message, Reply::message, end_all | nudge},
      {State::ringing, Reply::none, 0},
      {State::ringing, Reply::none, 0},
      {State::ringing, Reply::whisper, 0},
      {State::ringing, Reply::whisper, 0},
      {State::ringing, Reply::none, 0},
      {State::ringing, Reply::none, nudge},
      {State::ringing, Reply::none, 0},
      {State::ringing, Reply::none, 0}}},
    // joining
    {{{State::talking, Reply::talk, 0},
      {State::message, Reply::message, end_all},
      {State::over, Reply::none, end_all},
      {State::joining, Reply::too_late, 0},
      {State::joining, Reply::too_late, 0},
      {State::joining, Reply::join, 0},
      {State::ringing, Reply::none, ring_next},
      {State::message, Reply::none, nudge},
      {State::message, Reply::none, end_all | nudge},  // they may sit in a room that somebody else has left
      {State::joining, Reply::none, 0},
      {State::joining, Reply::none, 0},
      {State::joining, Reply::too_late, 0},
      {State::joining, Reply::too_late, 0},
      {State::joining, Reply::none, 0},
      {State::joining, Reply::none, nudge},
      {State::joining, Reply::none, 0},
      {State::joining, Reply::none, 0}}},
    // talking
    {{{State::over, Reply::goodbye, end_all},
      {State::over, Reply::message, end_all},
      {State::over, Reply::none, end_all},
      {State::talking, Reply::too_late, 0},
      {State::talking, Reply::too_late, 0},
      {State::talking, Reply::join, 0},
      {State::talking, Reply::none, 0},   // somebody else is in the room, or the colleague does not come
      {State::over, Reply::none, nudge},  // the caller is alone in the room, or on the way into it
      {State::over, Reply::none, end_all | nudge},  // the room may not end by itself
      {State::talking, Reply::none, 0},
      {State::talking, Reply::none, ring_colleague},
      {State::talking, Reply::whisper, 0},
      {State::talking, Reply::join, 0},
      {State::ringing, Reply::none, nudge},
      {State::talking, Reply::none, 0},
      {State::talking, Reply::talk_on, nudge},
      {State::ringing, Reply::none,
       nudge}}},  // perhaps the caller has gone as well: nobody is rung before they come by
    // message
    {{{State::message, Reply::message, 0},
      {State::message, Reply::message, 0},
      {State::over, Reply::none, 0},
      {State::message, Reply::too_late, 0},
      {State::message, Reply::too_late, 0},
      {State::message, Reply::too_late, 0},
      {State::message, Reply::none, 0},
      {State::message, Reply::none, 0},
      {State::over, Reply::none, 0},
      {State::message, Reply::none, 0},
      {State::message, Reply::none, 0},
      {State::message, Reply::too_late, 0},
      {State::message, Reply::too_late, 0},
      {State::message, Reply::none, 0},
      {State::message, Reply::none, nudge},
      {State::message, Reply::none, 0},
      {State::message, Reply::none, 0}}},
    // over
    {{{State::over, Reply::goodbye, 0},
      {State::over, Reply::message, 0},
      {State::over, Reply::none, 0},
      {State::over, Reply::too_late, 0},
      {State::over, Reply::too_late, 0},
      {State::over, Reply::too_late, 0},
      {State::over, Reply::none, 0},
      {State::over, Reply::none, 0},
      {State::over, Reply::none, 0},
      {State::over, Reply::none, 0},
      {State::over, Reply::none, 0},
      {State::over, Reply::too_late, 0},
      {State::over, Reply::too_late, 0},
      {State::over, Reply::none, 0},
      {State::over, Reply::none, nudge},
      {State::over, Reply::none, 0},
      {State::over, Reply::none, 0}}},
}};

}  // namespace

const Rule& rule_of(State state, Meaning meaning) {
    return table[static_cast<std::size_t>(state)][static_cast<std::size_t>(meaning)];
}

}  // namespace rightsline::handoff
