// CallBack: one call from somebody of the team to a case's worker, who asked for it; and how far it has come.
//
//   asking --the person's key--> calling --the worker's phone is answered--> proving --their code--> talking --> over
//      |                            |                                           |
//      +-- no key, gone ----------- +-- rings out, busy, a machine ------------ +-- silence, wrong codes ------> over
//
// The person's phone rings first, so that a worker never waits for anybody; the person waits in the room, and the worker comes
// into it only by the code of their case. One per wish, under a name that nobody can guess, kept sealed: it names a case, a
// person and both legs. Invariant: without State::talking nobody who picked up the worker's phone was in the room.
// Must never: hold a number, a code or a word. Pure: a value and its bytes. Threading: plain values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "gateway/ops/clock.hpp"
#include "locales/result.hpp"

namespace rightsline::callbacks {

enum class State : std::uint8_t {
    asking,   // the person's phone rings, or they listen to the whisper
    calling,  // the person is in the room; the worker's phone rings
    proving,  // it was answered; whoever did has not given the code yet
    talking,  // both are in the room
    over,
};
inline constexpr std::size_t states = 5;

/// What became of it, as the case's log tells it.
enum class Outcome : std::uint8_t {
    none,        // it is not over yet
    reached,     // the worker gave the code, and both were brought into the room
    nobody,      // no answer, a busy phone, a machine, silence
    wrong_code,  // somebody picked up, and did not know the code
    not_begun,   // the person did not press the key: no worker's phone rang
    given_up,    // the person left before the worker was there
    not_placed,  // the worker's phone could not be called: taken back meanwhile, a number that cannot be, no store
};
inline constexpr std::size_t outcomes = 7;
std::string_view to_word(Outcome outcome);

/// One of its two phones.
struct Leg {
    enum class Stage : std::uint8_t {
        idle,   // not its turn yet
        rings,  // it is in the outbox, or rings
        there,  // somebody, or a machine, is there
        ended,
    } stage = Stage::idle;
    std::string call{};   // the provider's name of it; "" = not heard yet
    ops::UtcMs warned{};  // when they heard that the talk is nearly over; the epoch: they did not yet
};

struct CallBack {
    State state = State::asking;
    Outcome outcome = Outcome::none;
    ops::UtcMs since{};       // when the state began
    std::string case_id;      // hex
    std::string person;       // in the roster
    std::string language;     // of the worker, BCP-47
    std::string line;         // of ours, that the person is rung from
    std::string worker_line;  // … and the worker: the one that they know
    std::string room;         // opaque: nobody can guess it, and it names nobody
    Leg of_person{};
    Leg of_worker{};
    std::uint32_t wrong = 0;  // codes that did not open the case
};

std::string to_bytes(const CallBack& call_back);
/// Errors: errc::damaged.
Result<CallBack> parse_call_back(std::string_view bytes);

/// Whose phone a call of the outbox rings.
enum class Side : std::uint8_t { person, worker };
struct LegName {
    std::string call_back;  // "" = it is none of ours
    Side side = Side::person;
};
std::string message_id(std::string_view call_back, Side side);
LegName parse_message_id(std::string_view id);

}  // namespace rightsline::callbacks
