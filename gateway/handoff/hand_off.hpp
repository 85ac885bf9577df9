// HandOff: one caller who asked for a person, the phones that ring for them, and how far it has come.
//
//   ringing --a key--> joining --the caller's next step--> talking --the caller goes, or everybody else--> over
//      |                  |                                                              ^
//      +--nobody, "1" or the time is up--> message -------------------------------------+
//
// In a talk a colleague may be asked to take it over. They hear what every phone hears, and come into the same room by the same
// key; whoever asked them may go then, and the caller notices nothing but another voice. Who goes before the colleague has
// come leaves a caller who waits again, and hears so.
//
// One per wish, named by the keyed hash of the event that made it, kept sealed next to the call's conversation, for it names
// people and both legs. Invariant: at most one ring has taken it; none but `taker`, and `beside` who has handed it on, is in
// the room, and each of them has pressed the key.
// Pure: a value and its bytes. What moves it is machine.hpp. Threading: plain values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/ops/clock.hpp"
#include "locales/result.hpp"

namespace rightsline::handoff {

enum class State : std::uint8_t {
    ringing,  // the caller waits; phones ring, one after the other or all at once
    joining,  // somebody has pressed the key and is in the room; the caller is being brought there
    talking,  // both are in the room
    message,  // nobody came: the caller leaves a message
    over,     // they have spoken, or the caller has gone
};
inline constexpr std::size_t states = 5;

/// What whoever asked is told: the caller (the first six, and where it says so) or a person of the roster.
enum class Reply : std::uint8_t {
    none,       // nobody asked; a person who declined is hung up on
    ring,       // "we are calling somebody"
    wait,       // "please wait"
    talk,       // into the room
    message,    // on to the message
    goodbye,    // the talk is over
    whisper,    // a person: "a caller waits; press 1 to take the call"
    join,       // a person: into the room
    too_late,   // a person: somebody else has it, or the caller has gone
    ended,      // a person: the talk is over
    failed,     // a person: we cannot say now; none of the machine's
    prove,      // the caller: a key first; none of the machine's
    talk_on,    // the caller: how little time is left, and into the room for the last of it
    join_on,    // a person: the same
    none_such,  // the caller: nobody of whom they asked for is there, somebody else is; none of the machine's
};

/// One phone that rings, or rang.
struct Ring {
    enum class Stage : std::uint8_t {
        calling,   // it is in the outbox, or rings
        answered,  // somebody, or a machine, is there
        ended,
    } stage = Stage::calling;
    std::string person;    // their name in the roster
    std::string call{};    // the provider's name of the call; "" = not heard yet
    ops::UtcMs at{};       // when the stage began
    bool lost = false;     // it never rang: it could not leave, or nobody has that number
    ops::UtcMs warned{};   // when its person heard that the talk is nearly over; the epoch: they did not yet
    bool hung_up = false;  // somebody had picked up, and that call is over: no key of it counts any more
};

struct HandOff {
    State state = State::ringing;
    ops::UtcMs begun{};  // when the caller asked
    ops::UtcMs since{};  // when the state began
    ops::UtcMs until{};  // the caller waits no longer
    std::int64_t ring_seconds = 20;
    bool all_at_once = false;
    bool in_danger = false;            // the caller said so in this call
    std::vector<std::string> to_ring;  // who was not rung yet, the next one first
    std::vector<Ring> rings;           // in the order in which they began; named from 1
    std::size_t taker = 0;             // the ring that took it; 0 = nobody yet
    std::size_t asked = 0;             // the ring whose person is asked to take the talk over; 0 = nobody is
    std::size_t beside = 0;            // who has handed it on and is still in the room; 0 = nobody
    std::int64_t wait_seconds = 75;    // that a caller waits at most, each time
    ops::UtcMs left_alone{};       // when all but the caller left the room; the epoch: they are alone in none
    std::int64_t called_back = 0;  // so often since then
    bool rang_again = false;       // whose line dropped at once was put back among those who are rung
    std::vector<std::string> passed_over{};  // whom a conflict of interest keeps away from this caller
    std::string case_id{};                   // hex: what they came back to, or tell in this call; "" = none
    std::string gender{};                    // whom they asked for, and no other is asked in; "" = anybody
    std::string room;                        // opaque: nobody can guess it, and it names nobody
    std::string line;                        // of ours, that the phones are rung from
    // ---- the caller's leg
    std::string caller_line;       // of ours, that they called
    std::string call;              // the provider's name of it
    std::string step_url;          // where it comes next
    std::string turn;              // the last turn of theirs that was answered …
    Reply answered = Reply::none;  // … and how: a repeat gets the same while it is still so
    ops::UtcMs caller_warned{};  // when they heard that the talk is nearly over; the epoch: they did not yet
    bool called_out = false;     // the provider let nobody out in time to be told so, and we asked it to
};

/// Every phone of it was tried, and none could be rung: their numbers, or ours, most likely.
bool none_could_be_rung(const HandOff& hand_off);

/// What the caller's last turn gets when it comes again: its answer while that is still so. Nobody is led into a room that is
/// empty by now, nor told that phones ring which were stopped.
Reply said_again(const HandOff& hand_off);

std::string to_bytes(const HandOff& hand_off);
/// Errors: errc::damaged.
Result<HandOff> parse_hand_off(std::string_view bytes);

/// What a ring is called in the outbox.
std::string message_id(std::string_view hand_off, std::size_t ring);
/// Which ring of which hand-off a message of the outbox is; ring 0: it is none.
struct RingName {
    std::string hand_off;
    std::size_t ring = 0;
};
RingName parse_message_id(std::string_view id);

}  // namespace rightsline::handoff
