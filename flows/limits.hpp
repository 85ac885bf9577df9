// Limits: every bound of the engine and of what it reads, with its reason.
//
// Invariant: a bound stands here once and nowhere else. Must never: be read from configuration; a pack that
// was accepted on one machine is accepted on all. Threading: constants.
#pragma once

#include <chrono>
#include <cstddef>

namespace rightsline::flows::limits {

inline constexpr int steps_per_turn = 100;  // a script that runs longer has no input in its loop
// subflows; deeper is a mistake, and the stack is kept in Redis
inline constexpr int call_depth = 8;
inline constexpr int choices_on_voice = 5;        // people do not keep more in mind (domain.md F6)
inline constexpr std::size_t text_bytes = 40000;  // a 10,000-character text of four-byte characters
inline constexpr std::size_t packed_bytes = 250;  // a packed conversation of a worker in a menu
// arguments of a DoResult, or a waiting DoRequest, as packed
inline constexpr std::size_t packed_values = 1024;
inline constexpr std::size_t circle_name = 64;  // bytes, as a key file's
inline constexpr std::size_t history = 6;       // how many questions the back key remembers
inline constexpr std::size_t said = 8;          // how many say blocks the repeat key plays again
inline constexpr std::size_t answers = 32;      // plain answers that are kept; older ones no longer route
// what somebody who writes to a worker picks from; and of each sentence: with its key, who sent it and when it is padded to the
// smallest size in every language, so that its length tells nobody which it is
inline constexpr std::size_t ready_answers = 12;
inline constexpr std::size_t ready_answer_bytes = 120;
inline constexpr std::size_t answer_key_bytes = 24;
// of one text: below every carrier's bound for joined segments
inline constexpr std::size_t sms_bytes = 1500;
inline constexpr std::size_t ussd_gsm = 182;              // characters of one USSD screen in GSM-7
inline constexpr std::size_t ussd_ucs2 = 80;              // … and in UCS-2
inline constexpr int story_acknowledgements = 3;          // "send more, or 1 when you are done", at most
inline constexpr std::chrono::minutes neutral_after{30};  // silent minutes after which nothing told is shown
// silent minutes after which a story of danger is filed that could not be filed in its own turn
inline constexpr std::chrono::minutes urgent_after{1};
// a call that talks with a person says nothing to us until it is over; the provider ends it after longest_talk. Before its
// last minutes both come out of the room for a moment, and are told of them
inline constexpr std::chrono::minutes longest_talk{30};
inline constexpr std::chrono::minutes last_of_talk{2};
inline constexpr std::chrono::minutes talk_kept{40};
// a call with a script: said in good time, then the way out, which files what was told and gives its number, then the end
inline constexpr std::chrono::minutes call_warned_after{25};
inline constexpr std::chrono::minutes longest_call{30};
inline constexpr std::chrono::minutes call_ends_after{33};
inline constexpr std::size_t pack_bytes = 4U << 20U;  // of one program, all sources

}  // namespace rightsline::flows::limits
