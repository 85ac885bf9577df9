// Session: somebody records lines of the script by telephone; and how far they have come.
//
//   waiting --their code--> telling --#--> fetching --it is home--> choosing --the last line, or 0--> over
//      ^                       ^                                       |
//      |                       +------- keep, again, skip -------------+
//      +------- the line drops, silence: the same code goes on at the same line, until its time is over ---
//
// One code opens one session; one call at a time holds it, the newest. Kept sealed, under a name that nobody can guess.
// Invariant: what is counted as kept is a take on the disk, synced. Must never: hold a number, or the code itself (`code` is
// its keyed hash). Pure: a value and its bytes. Threading: plain values.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/ops/clock.hpp"
#include "locales/result.hpp"

namespace rightsline::prompt_calls {

enum class State : std::uint8_t {
    waiting,   // no call holds it
    telling,   // the line is said, or read into the phone
    fetching,  // what they read comes home from the provider
    choosing,  // they have heard it, and keep it or do not
    over,
};
inline constexpr std::size_t states = 5;

/// What was read last, of the line that is at hand.
struct Sound {
    std::string job{};   // names the recording that is brought home; "" = nothing was read
    std::string hash{};  // hex SHA-256 of it as the line plays it; "" = it is not there
    std::chrono::milliseconds length{0};
    std::string warnings{};
    bool failed = false;  // something was read, and no sound came of it
};

struct Session {
    State state = State::waiting;
    ops::UtcMs since{};    // of the step before
    ops::UtcMs until{};    // the code is good so long
    std::string code;      // keyed hash of the code, hex
    std::string language;  // that is recorded, BCP-47
    std::string spoken;    // that they are spoken to in, and hear the lines in where no draft says them
    std::string by;        // who reads, as they were named
    std::string line;      // of ours, that they call or are called from
    std::vector<std::string> lines;  // what is to be read, in the order of the script: "hotline.main.menu.0"
    std::uint32_t at = 0;            // the line at hand
    std::uint32_t page = 0;          // of the call: what comes from an older one is late
    std::uint32_t silences = 0;      // in a row
    std::uint32_t kept = 0;          // of them
    std::string call{};              // the provider's name of the call that holds it; "" = none
    ops::UtcMs called_at{};          // since when
    std::uint64_t words = 0;         // locales::hash_text() of the words that were told
    Sound sound{};
};

std::string to_bytes(const Session& session);
/// Errors: errc::damaged.
Result<Session> parse_session(std::string_view bytes);

/// Of the call in the outbox that rings somebody for a session.
std::string message_id(std::string_view session);
/// The session; "" = it is none of ours.
std::string parse_message_id(std::string_view message);

}  // namespace rightsline::prompt_calls
