// Reading: what a worker typed, understood without ever guessing between two.
//
// Digits of every script (Ethiopic is additive), keycaps, punctuation and brackets dropped, spelled numbers
// 0-12, choice words and unique prefixes, accents and case folded, one typo in words of five letters or more.
// Must never: throw, log what it read, or decide when two answers fit. Any bytes are accepted; a typed ASCII
// digit is read without ICU and without allocation. Threading: any; word lists are const. Owner: the engine.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "locales/folding.hpp"

namespace rightsline::locales {

using Words = std::vector<std::string>;

/// The words of one language, from `reading:` of its common.yaml.
/// Invariant: every entry is folded; fold_words() makes it so, and nothing below works without.
struct ReadingWords {
    std::array<Words, 13> numbers;  // [3] = {"three"}
    Words yes;
    Words no;
    Words stop;          // whole message
    Words stop_phrases;  // inside a short message: "stop texting"
    Words start;
    Words help;
    Words cries;  // "help me": help where nothing else is asked, a yes where we ask whether there is danger
    Words menu;
    Words back;
    Words repeat;
    Words done;
    Words skip;
    Words courtesy;                          // "thank you", "please": may stand beside a stop word
    Words greetings;                         // "hola": what a first text often begins with
    Words small_talk;                        // "who is this": what tells nothing, in a first text
    Words thanks;                            // "gracias", alone, when everything was said
    Words erase;                             // "delete", alone: the wish to take back what was told
    Words call_me;                           // "please call me", alone: where the line calls back
    Words option;                            // "option 1": may stand before the number of a choice
    std::map<std::string, Words> languages;  // tag -> its names in this language
};

/// Folds every entry, drops empty ones and repeats. Idempotent.
ReadingWords fold_words(ReadingWords words);

/// The digits that `text` is, and nothing else in it: "1", "(2).", "٣", "፲፪" ("12"), "1234-5678 9012", "two".
/// Decimals ("7.25"), dates and times are not digits: reading them as 725 would be a lie.
std::optional<std::string> read_digits(std::string_view text, const ReadingWords& words);

/// The same without words: numerals of any script only.
std::optional<std::string> read_numerals(std::string_view text);
/// The same for words only; `folded` is what fold() made of the text.
std::optional<std::string> read_spelled(std::string_view folded, const ReadingWords& words);

struct ChoiceWords {
    std::string_view key;                // the digit that picks it: "1"
    std::string_view label;              // folded words of the choice itself
    std::span<const std::string> words;  // further words, folded
};

struct ChoiceRead {
    enum class Kind : std::uint8_t { none, one, ambiguous } kind = Kind::none;
    std::size_t index = 0;  // of the choice, when `one`

    friend bool operator==(const ChoiceRead&, const ChoiceRead&) = default;
};

/// Which choice was meant, in this order: a typed key; a choice's exact words; another word for yes or no; a
/// spelled number; a prefix of two letters or more; one typo.
ChoiceRead read_choice(std::string_view text, std::span<const ChoiceWords> choices,
                       const ReadingWords& words);

std::optional<bool> read_yes_no(std::string_view text, const ReadingWords& words);

/// The whole of `text` is one of `list` (folded).
bool is_one_of(std::string_view text, std::span<const std::string> list);

/// The tag of the one language that `text` names in any of the lists; nothing when it names none or two.
std::optional<std::string> read_language(std::string_view text, std::span<const ReadingWords> words);

/// A wish to be texted no more. A stop word alone, said again and again ("STOP STOP"), or with a courtesy
/// ("Stop. Thank you"), in any language; the words on which carriers themselves opt out; a stop phrase in a
/// message of at most eight words. Not: "we have to STOP this bill", "he won't stop texting me" (that is a
/// report, and dropping it would be far worse than asking once more).
bool is_stop(std::string_view text, std::span<const ReadingWords> words);

/// How sure it is that somebody wants no more texts.
enum class StopWish : std::uint8_t {
    none,
    word,    // a language's own word ("basta"), alone: where a story is being told it may be a part of it
    plain,   // said to us: "please stop texting me", "Stop. Thank you", "STOP STOP"
    carrier  // STOP as carriers know it: they block the number and answer by themselves
};
StopWish read_stop(std::string_view text, std::span<const ReadingWords> words);
/// STOP, STOPALL, UNSUBSCRIBE …, folded: carriers block the number on these whatever we do.
std::span<const std::string_view> carrier_stop_words();

/// Four words or more. Numbers are not words; Thai, Khmer, Burmese and Chinese are counted by ICU's
/// dictionaries.
bool looks_like_story(std::string_view text);

/// `least` words or more, counted in the same way.
bool has_words(std::string_view text, std::size_t least);

}  // namespace rightsline::locales
