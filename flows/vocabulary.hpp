// The engine's words on one page: what happens to a conversation (Event) and what is to be done about it (Action).
//
// Pure values. No provider, no clock, no Redis; time and ids are arguments.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "locales/language.hpp"
#include "locales/private_text.hpp"

namespace rightsline::flows {

/// UTC, milliseconds. Always an argument, never read from a clock in here.
using Instant = std::chrono::sys_time<std::chrono::milliseconds>;
using Seconds = std::chrono::seconds;
using locales::LanguageTag;
using locales::PrivateText;

enum class Mode : std::uint8_t { sms, voice, ussd };
/// How soon a person must look. P1 danger now, P2 retaliation or injury, P3 the rest.
enum class Urgency : std::uint8_t { p1 = 1, p2 = 2, p3 = 3 };

// ---- Events: what a provider or a timer told us ------------------------------------------------------------------
// an SMS, or what was typed on a USSD screen; valid UTF-8, control and bidi characters dropped
struct Texted {
    PrivateText body;
};
struct Called {};  // a call or a USSD session begins
struct Keyed {     // the answer to a Gather; empty = no key within the timeout
    PrivateText digits;
};
struct Recorded {           // the answer to a Record
    std::string recording;  // the shell's name for the recording, "" when nothing was recorded
    Seconds length{0};
};
struct Continued {};          // the provider came back after a Redirect
struct HungUp {};             // the call ended
struct Elapsed {};            // the conversation's timer came due
struct DoResult {             // the shell performed the pending `do` of the step before
    std::string exit = "ok";  // "ok", "else", or another exit the action documents
    // arguments for the blocks that follow, e.g. code, alias, status
    std::map<std::string, std::string> values;
};
/// How a worker may be reached, as a script and a case's facts spell it; the first of them keeps no number.
inline constexpr std::array<std::string_view, 3> contact_words{"none", "relay", "call"};
using Event = std::variant<Texted, Called, Keyed, Recorded, Continued, HungUp, Elapsed, DoResult>;

// ---- Actions: what the provider is to do -------------------------------------------------------------------------
/// One thing to hear: a recording of ours, or words for a voice that the program allows.
struct Clip {
    std::string audio_hash;  // hex SHA-256 of the file, "" = speak `text`
    std::string text;        // what it says
};
/// One prompt as it is said or shown.
struct Utterance {
    std::string key;  // "hotline.language.menu"; tests assert it
    LanguageTag language;
    std::string text;         // the whole, for SMS, USSD and the terminal
    std::vector<Clip> clips;  // voice only
    bool secret = false;      // holds a receipt code: never kept for replay beyond the call
};
struct Text {  // one SMS (already joined and within the program's segments), in order
    std::vector<Utterance> parts;
    std::string body;
    bool secret = false;
};
struct Screen {  // one USSD screen
    std::vector<Utterance> parts;
    std::string body;
    bool more = true;  // waits for an answer
};
struct Say {
    std::vector<Utterance> prompts;
};
struct Gather {
    std::vector<Utterance> prompts;  // may be cut off by a key
    unsigned most_digits = 1;        // 0 = until finish_on
    std::string finish_on;           // "" = no finishing key
    Seconds timeout{6};              // silence before the first key
    Seconds digit_timeout{3};
};
struct Record {
    std::vector<Utterance> prompts;
    Seconds longest{180};
    Seconds silence{5};
    std::string stop_on = "#";
};
struct Redirect {  // come back at once with a Continued
    Seconds pause{0};
};
struct
    Dial {  // the call goes on in a room of ours, with whoever else is sent to it; a Continued when that is over
    std::string room;  // opaque: nobody can guess it, and it names nobody
    Seconds longest{1800};
    bool ends_room = true;  // it ends with whoever leaves it; no: it outlasts them
};
struct Hangup {};
struct Reject {};  // before answering a call
using Action = std::variant<Text, Screen, Say, Gather, Record, Redirect, Dial, Hangup, Reject>;

// ---- What a step leaves behind for the shell ---------------------------------------------------------------------
/// One answer of a report, still plain: the shell seals it at once.
struct Part {
    std::string name;       // the block: "story", "where"
    PrivateText text;       // words, digits or a choice's key; empty for a recording
    std::string recording;  // the shell's name of a recording, or ""
    Seconds length{0};
};
/// The draft becomes a case in this commit.
struct Filing {
    Urgency urgency = Urgency::p3;
    std::string family;  // the program's family key, or ""
    std::string reason;  // "asked", "danger", "hang_up", "silence", "opt_out" …
    // What is filed: after silence the step's conversation has already forgotten it.
    std::array<std::uint8_t, 16> draft{};
    std::uint8_t language = 0;  // LanguageIndex
    std::string circle{};       // that it is sealed to; "" = the program's own
};
/// A case that was filed before is in more of a hurry than it was when it was filed.
struct Raise {
    std::array<std::uint8_t, 16> draft{};
    Urgency urgency = Urgency::p1;
};
/// A case was filed before its worker picked this language: whoever answers them must know it.
struct Spoken {
    std::array<std::uint8_t, 16> draft{};
    std::uint8_t language = 0;  // LanguageIndex
};
/// Where the questions about a case that has a code stand now. The shell keeps it so that only that code opens it.
struct Unanswered {
    std::array<std::uint8_t, 16> draft{};
    std::array<std::uint8_t, 32> mailbox{};  // what it is sealed to
    std::string question;                    // the first that was not answered: "hotline.who"; "" = none
};
/// A `do` block waits for the shell. The shell performs it and steps again with a DoResult, in the same turn unless
/// `after_redirect` (slow work on a call: the worker hears "one moment" and the next event performs it).
struct DoRequest {
    std::string action;                       // "report.file", "report.open", "report.delete", "contact" …
    std::map<std::string, std::string> with;  // from the script, plus answers that the action names
    PrivateText secret;                       // the receipt code as typed, for report.open
    bool after_redirect = false;
};
enum class TimerOp : std::uint8_t { keep, set, clear };
struct Timer {
    TimerOp op = TimerOp::keep;
    Instant due{};
};
/// Content-free counters of what happened: "test_call", "opt_out", "danger_words", "no_match" …
using Facts = std::vector<std::string>;

}  // namespace rightsline::flows
