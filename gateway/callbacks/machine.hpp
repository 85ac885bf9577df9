// Machine: what an event makes of a call-back, and what is to be done about it.
//
// In two steps, as the machine of hand-offs (gateway/handoff/machine.hpp): meaning_of() says what the event means here and now,
// rule_of() is one full table of every state and every meaning, also of those that a provider's callback makes by coming late,
// twice or out of order.
//
// What decides a doubt: only the right code leads the worker's leg into the room, and only from a leg that is the one we rang;
// who is there (a page asked for) is truer than a callback that says that the phone could not be called; what is over stays
// over. Whoever picks up after it is over hears nothing. Who comes out of the room some minutes before a talk has to end is told
// so, as in a talk that a caller asked for (gateway/handoff/last_minutes.hpp), and goes in again. Time is an argument.
// Must never: do I/O, read a clock, see a code. Pure. Threading: plain values.
#pragma once

#include <cstddef>
#include <cstdint>

#include "gateway/callbacks/call_back.hpp"

namespace rightsline::callbacks {

/// So many codes may be tried in one call.
inline constexpr std::uint32_t most_codes = 3;

/// What happened, as whoever saw it tells it. Of each leg: its page is asked for, a key, no key, back from the room, its end.
struct Event {
    enum class Told : std::uint8_t {
        person_answers,
        person_accepts,
        person_declines,
        person_parts,
        person_ends,
        worker_answers,
        right_code,
        wrong_code,
        shut_out,  // that phone has no try left today
        no_code,   // no key in time
        machine,   // a machine has answered
        worker_parts,
        worker_ends,
        worker_fails,  // it could not be called at all
        looks,         // time passed
    } told = Told::looks;
    friend bool operator==(const Event&, const Event&) = default;
};

/// The columns of the table.
enum class Meaning : std::uint8_t {
    person_answers,
    person_accepts,
    person_gone,
    worker_answers,
    right_code,
    wrong_code,
    last_wrong_code,
    silence,  // no key, or a machine
    worker_gone,
    not_placed,
    times_out,
    nothing,
    person_is_warned,  // the provider let them out of the room some minutes before a talk has to end
    worker_is_warned,
};
inline constexpr std::size_t meanings = 14;

/// What whoever asked is told.
enum class Reply : std::uint8_t {
    none,      // nobody asked
    whisper,   // the person: "press 1, and we call them"
    join,      // the person: into the room
    told,      // the person: what became of it
    opener,    // whoever has picked up: "please give your twelve digits"
    again,     // … once more
    bring,     // the worker: into the room
    goodbye,   // whoever has picked up: a neutral word, and the end
    hang_up,   // the end without a word
    join_on,   // the person: how little time is left, and into the room for the last of it
    bring_on,  // the worker: the same
};

struct Rule {
    enum Act : std::uint8_t { ring_worker = 1, end_person = 2, end_worker = 4 };
    State next;
    Reply reply;
    unsigned acts;
    Outcome outcome;  // none: as it was
};

/// The table.
const Rule& rule_of(State state, Meaning meaning);
Meaning meaning_of(const CallBack& call_back, const Event& event, ops::UtcMs now);

/// What the shell is to do when the step is kept.
struct Todo {
    bool ring_person = false;  // into the outbox, in the step's own commit
    bool ring_worker = false;
    bool stop_person = false;  // nobody has answered: their phone is to stop
    bool stop_worker = false;
    bool send_person = false;  // they listen, or are in the room: their page is to be asked for anew
    bool send_worker = false;
};
struct Step {
    CallBack after;
    Reply reply = Reply::none;
    Todo todo{};
    bool changed = false;
};

/// `fresh`: with the case, the person, the line and the room.
Step begin(CallBack fresh, ops::UtcMs now);
Step step(CallBack before, const Event& event, ops::UtcMs now);

/// When it is to be looked at next: soon while a phone is to ring, for what the outbox cannot send is known by then.
ops::UtcMs next_look(const CallBack& call_back, ops::UtcMs now);
/// Nothing more can come of it.
bool may_be_forgotten(const CallBack& call_back, ops::UtcMs now);

}  // namespace rightsline::callbacks
