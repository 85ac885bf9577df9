// Machine: what an event makes of a hand-off, and what is to be done about it.
//
// Two steps, so that each can be read by itself. meaning_of() says what the event means here and now: whose ring it was,
// whether anybody is left, whether the time is up. rule_of() is one full table of every state and every meaning: no pair
// is left to chance, also none that a provider's callback makes by coming late, twice or out of order.
//
// The room ends with the caller, and with nobody else: the last person who leaves it has the caller called back, again and again
// for half a minute, until they come by or are gone. Whose line drops as soon as they have spoken is rung again, once, after those
// who were not rung yet: the caller waited for somebody, and has said nothing.
//
// What decides a doubt: the caller's "1" always leads to a message; who presses the key first has it; a person who is
// there (a page asked for, a key) is truer than a callback that says nobody answered, and one that says they have hung up is
// truer than a key that comes after it; what is over stays over.
// A turn of the caller that comes again gets the answer that it got. The provider lets everybody out of the room some minutes
// before a talk has to end: who comes out then is told so and goes in again. Time is an argument.
// Must never: do I/O, read a clock, put anybody into the room who did not press the key. Pure. Threading: plain values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "gateway/handoff/hand_off.hpp"

namespace rightsline::handoff {

/// What happened, as whoever saw it tells it.
struct Event {
    enum class Told : std::uint8_t {
        asks,           // the caller's leg came by: a wait has passed, or the room was left
        wants_message,  // the caller pressed 1
        leaves,         // the caller's call is over
        picks_up,       // a ring was answered: its page is asked for
        accepts,        // … and 1 was pressed
        declines,       // … and nothing was, or the line was taken by a machine
        parts,          // a person's leg came back from the room, or was told to go
        ends,           // the provider, or the outbox, says that a ring is over
        fails,          // … and that it never rang
        looks,          // time passed
        hands_on,       // who is in the talk asks a colleague to take it over
    } told = Told::looks;
    std::size_t ring = 0;    // from 1: of picks_up to fails; a look finds out by itself which ring is over
    std::string turn{};      // of asks and wants_message: names the caller's turn
    std::string person{};    // of hands_on: the colleague, a name of the roster
    std::string by{};        // … and who asks them, as the audit names them
    bool hung_up = false;    // of ends: somebody had picked up
    bool in_danger = false;  // of asks and wants_message: the caller said so, perhaps since
};

inline bool is_of_caller(Event::Told told) {
    return told == Event::Told::asks || told == Event::Told::wants_message;
}

/// What that means for this hand-off: the columns of the table.
enum class Meaning : std::uint8_t {
    asks,
    wants_message,
    leaves,
    picks_up,
    accepts,        // by a ring that has not taken it
    accepts_again,  // by the one that has
    one_fewer,      // the ring that counted is over, and somebody is left to be rung
    nobody_left,    // … and nobody is
    times_out,      // of the wait, of the way into the room, of the talk, of what is kept afterwards
    nothing,        // it changes nothing here
    hands_on,
    colleague_picks_up,  // the ring of whoever is asked to take the talk over
    colleague_accepts,
    left_to_colleague,  // the last one in the room is gone, and the colleague's phone rings
    left_alone,         // a caller was not heard of since everybody else left the room
    nears_its_end,      // of the talk: a leg came out of the room to hear so, or did not and is called out
    lost_at_once,       // the last one in the room is gone, and had hardly come
};
inline constexpr std::size_t meanings = 17;

struct Rule {
    enum Act : std::uint8_t {
        ring_next = 1,   // whoever is next; nobody while another phone still rings
        end_others = 2,  // every ring but the taker's
        end_all = 4,
        nudge = 8,  // the caller's leg is called back at once instead of when its wait is over
        ring_colleague = 16,
    };
    State next;
    Reply reply;
    unsigned acts;
};

/// The table.
const Rule& rule_of(State state, Meaning meaning);
Meaning meaning_of(const HandOff& hand_off, const Event& event, ops::UtcMs now);

/// What the shell is to do when the step is kept.
struct Todo {
    std::vector<std::size_t> ring;  // put into the outbox, in the step's own commit
    std::vector<std::size_t> stop;  // nobody has answered: their phones are to stop
    std::vector<std::size_t>
        send;  // somebody listens, or is in the room: they are to be told that it is over
    bool nudge = false;
};
struct Step {
    HandOff after;
    Reply reply = Reply::none;
    Todo todo{};
    bool changed = false;
};

/// `fresh`: with to_ring, room and the caller's leg. Without anybody to ring it is a message at once.
Step begin(HandOff fresh, const std::string& turn, ops::UtcMs now);
Step step(HandOff before, const Event& event, ops::UtcMs now);

/// When it is to be looked at next.
ops::UtcMs next_look(const HandOff& hand_off, ops::UtcMs now);
/// Nothing more can come of it.
bool may_be_forgotten(const HandOff& hand_off, ops::UtcMs now);

}  // namespace rightsline::handoff
