// Machine: what an event makes of a session, and what whoever is on the phone hears next.
//
// In two steps, as the machine of hand-offs (gateway/handoff/machine.hpp): meaning_of() says what the event means here and now,
// rule_of() is one full table of every state and every meaning, also of those that a provider's callback makes by coming late,
// twice or out of order.
//
// What decides a doubt: a page that is not the last one that was given tells nothing new, and whoever asked it hears where they
// are; a recording that is not the one at hand is brought home by nobody; only what was heard can be kept; what is over stays
// over. Time is an argument. Must never: do I/O, read a clock. Pure. Threading: plain values.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>

#include "gateway/prompt_calls/session.hpp"

namespace rightsline::prompt_calls {

/// So long may one call be, and so long is a code good. The last line that is begun in time is finished.
inline constexpr std::chrono::minutes longest_call{55};
inline constexpr std::chrono::hours code_lives{2};

/// What happened, as whoever saw it tells it.
struct Event {
    enum class Told : std::uint8_t {
        enters,    // a call has given the code
        asks,      // its page is asked for, and says nothing
        recorded,  // something was read (`job` names it)
        silent,    // nothing was
        keeps,     // 1, and it is on the disk
        not_kept,  // 1, and the disk did not take it
        again,     // 2
        skips,     // 3
        hears,     // *
        ends,      // 0
        no_key,
        gone,     // the call is over
        fetched,  // `job` is home; `sound` is what came of it
        lost,     // no sound came of `job`
        looks,    // time passed
    } told = Told::looks;
    std::string call{};      // of the phone's
    std::uint32_t page = 0;  // that it was asked from
    std::string job{};
    Sound sound{};
};

/// The columns of the table.
enum class Meaning : std::uint8_t {
    enters,
    where,  // nothing new: where are we?
    recorded,
    silent,
    fetched,
    lost,
    keep,
    keep_last,
    not_kept,
    again,
    skip,
    skip_last,
    hear,
    end,
    no_key,
    last_silence,
    gone,
    times_out,
    nothing,
};
inline constexpr std::size_t meanings = 19;

/// What whoever asked is told.
enum class Reply : std::uint8_t {
    none,      // nobody asked
    hello,     // how it goes, and the line
    line,      // the line, and the tone
    kept,      // it is kept; the next line
    moment,    // ask again in a second
    menu,      // what was read, as the line plays it, and the keys; without one: that there is none
    hear,      // the line, then as menu
    not_kept,  // it could not be kept; as menu
    kept_last,
    goodbye,
    hang_up,  // the end without a word
};

struct Rule {
    enum Act : std::uint8_t { drop = 1, advance = 2, fetch = 4, count = 8, leave = 16, fail = 32 };
    State next;
    Reply reply;
    unsigned acts;
};

/// The table.
const Rule& rule_of(State state, Meaning meaning);
Meaning meaning_of(const Session& session, const Event& event, ops::UtcMs now);

struct Step {
    Session after;
    Reply reply = Reply::none;
    bool fetch = false;     // what was read is to be brought home
    bool finished = false;  // its code is good no more
    bool changed = false;
};
Step step(Session before, const Event& event, ops::UtcMs now);
/// The script may be read anew in the middle of a call: lines that are no longer in it are passed over.
Step pass_over(Step taken, const std::function<bool(const std::string& line)>& is_there);

/// When it is to be looked at next.
ops::UtcMs next_look(const Session& session);
/// Nothing more can come of it.
bool may_be_forgotten(const Session& session, ops::UtcMs now);

}  // namespace rightsline::prompt_calls
