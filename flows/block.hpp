// Block: one step of a script as a conversation meets it: says, asks, decides, does or calls.
//
// Plain values, compiled: block names are indexes, texts too (into Pack::blocks and Pack::text_keys), and a choice's words are folded.
// Invariant: const after the pack's compile(). Owner: the pack.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "flows/vocabulary.hpp"

namespace rightsline::flows {

using BlockIndex = std::uint16_t;
inline constexpr BlockIndex no_block = 0xffff;
using TextIndex = std::uint16_t;  // into Pack::text_keys
inline constexpr TextIndex no_text = 0xffff;
using LanguageIndex = std::uint8_t;

/// A prompt may be worded apart for a mode; `any` serves where it is not. no_text = says nothing there.
struct Prompt {
    TextIndex any = no_text;
    TextIndex voice = no_text;
    TextIndex sms = no_text;
    TextIndex ussd = no_text;
};

struct Choice {
    std::string name;  // "rights"; stored as the answer
    std::string key;   // the digit that picks it
    TextIndex say = no_text;
    bool fixed = false;                                       // the same words in every language
    std::map<LanguageIndex, std::vector<std::string>> words;  // further words, folded, per language
    std::optional<Urgency> urgency;
    BlockIndex go = no_block;  // no_block: the block's `next`
    bool mute = false;  // a language that no voice can offer: nothing is recorded and none may speak it
};

struct VoiceInput {
    Seconds timeout{6};
    Seconds digit_timeout{3};
    std::optional<Seconds> record;  // ask by recording
    std::string stop_on = "#";
    bool consent_recording = false;
};

struct SayBlock {
    Prompt prompt;
    /// sms: {after: BLOCK}: in SMS and USSD said only when menu BLOCK was answered with its first choice ("yes");
    /// when it was not asked yet, the engine goes there first and comes back.
    BlockIndex after = no_block;
    bool secret = false;
};
struct MenuBlock {
    Prompt prompt;
    std::vector<Choice> choices;
    bool families = false;  // choices: {from: program.families}; the one menu that gives a report its family
    std::string set;        // "language": the choice sets the conversation's language
    int min = 1;            // pick_many
    int max = 1;
    VoiceInput voice;              // timeouts of the keypad
    std::vector<TextIndex> again;  // other wordings for the 2nd, 3rd try
    std::string not_keys;          // hotkeys that mean nothing here
    bool seal = false;             // the choice's name becomes a sealed part at once
};
/// date: the worker's own words by text ("last Monday"), digits by keypad; nobody checks a calendar, monitors read it.
enum class AskKind : std::uint8_t { text, number, digits, date, story, secret, code };
struct AskBlock {
    AskKind kind = AskKind::text;
    Prompt prompt;
    VoiceInput voice;
    std::optional<std::int64_t> min;  // value for number, length for digits
    std::optional<std::int64_t> max;
    bool seal = false;   // the answer becomes a sealed part at once
    bool files = false;  // from here on a hang-up or silence files the draft
    bool skip = false;
    std::string check;             // "report.code": compare with the code that was just given
    std::vector<TextIndex> again;  // other wordings for the 2nd, 3rd try
};
struct Condition {
    enum class Test : std::uint8_t {
        result_is,
        result_one_of,
        result_at_least,
        result_known,
        mode,
        language,
        local_hours,
        told,          // something was told in this conversation that is not a finished report yet
        number_waits,  // a receipt code was made in this conversation and was not said yet
        urgency        // what they said so far is at least so urgent
    } test;
    std::string result;               // name of the block that was answered
    std::vector<std::string> values;  // is, one_of; a mode; languages; "08:00", "20:00"
    std::int64_t at_least = 0;        // of urgency: its number, P1 is 1
    BlockIndex go = no_block;
    BlockIndex block = no_block;  // `result`, resolved
};
struct IfBlock {
    std::vector<Condition> conditions;
    BlockIndex otherwise = no_block;
};
struct DoBlock {
    std::string action;
    std::map<std::string, std::string> with;
    std::map<std::string, BlockIndex> exits;  // "ok", "else", "pending" …
};
struct CallBlock {
    BlockIndex start = no_block;  // first block of the called flow
};

/// Where a worker lands who could not answer; inherited from the flow's defaults.
struct Exits {
    BlockIndex next = no_block;  // answered (for an ask with check: `ok`)
    BlockIndex no_match = no_block;
    BlockIndex no_input = no_block;
    int retries = 2;
};

struct Block {
    std::string name;       // "main"
    std::uint8_t flow = 0;  // index into Pack::flows
    std::variant<SayBlock, MenuBlock, AskBlock, IfBlock, DoBlock, CallBlock> kind;
    Exits exits;
    std::uint8_t modes = 7;  // bit per Mode; skipped (to next) in others
    bool end = false;        // the conversation ends here, in a called flow too; see `returns` otherwise
    bool returns = false;    // `next: return`: back to the block that called this flow
    bool resumes = false;    // `resume: true`: a question to which whoever left it comes back with the code
    std::optional<Urgency> urgency;  // who comes here is in at least this much of a hurry
    int line = 0;                    // in the flow's file, for messages
};

}  // namespace rightsline::flows
