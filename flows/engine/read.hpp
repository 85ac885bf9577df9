// Reading, as the engine needs it: the pack's words against what a worker typed.
//
// A thin layer over locales/reading.hpp that knows packs. Must never: keep the worker's words.
// Threading: pure functions.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "flows/pack.hpp"
#include "locales/reading.hpp"

namespace rightsline::flows {

std::string fold_text(std::string_view body);
bool is_blank(std::string_view body);
/// Four words or more: it may be the story.
bool is_long_enough_for_story(std::string_view body);
/// `least` words or more are left when the greetings, courtesies and small talk of every language are taken out.
bool tells(const Pack& pack, std::string_view folded, std::size_t least);
/// The whole message is a yes or a no in any language.
bool is_yes_or_no(const Pack& pack, std::string_view body);
/// The whole message is a yes, a no, or a word that asks for something of us ("go back", "ya termine"), in any language.
bool is_answer_word(const Pack& pack, std::string_view body, std::string_view folded);
/// `least` words or more.
bool has_words(std::string_view body, std::size_t least);

/// STOP, whole message in any language, or a plain revocation anywhere in the text.
locales::StopWish read_stop_text(const Pack& pack, std::string_view body);
/// The languages in which this text begins with a greeting.
LanguageSet languages_of_greeting(const Pack& pack, std::string_view folded);
/// The languages that have this whole message in that list ("gracias", in ReadingWords::thanks).
LanguageSet languages_of_word(const Pack& pack, locales::Words locales::ReadingWords::* list,
                              std::string_view folded);
/// Whether one word of this text stands in that list of any language ("please delete this", in ReadingWords::erase).
bool has_word_of(const Pack& pack, locales::Words locales::ReadingWords::* list, std::string_view folded);
/// The languages in which this text is a wish for no more texts.
LanguageSet languages_of_stop(const Pack& pack, std::string_view body);
/// The choice of a language menu whose language this text names, in any language or by its code.
std::optional<std::size_t> named_language(const Pack& pack, const MenuBlock& menu, std::string_view body);
/// "1" or a word for "done", in any language.
bool is_done(const Pack& pack, std::string_view folded);
/// "0" or a word for "skip", in any language.
bool is_skip(const Pack& pack, std::string_view folded);
/// A word for "start", in any language.
bool is_start(const Pack& pack, std::string_view folded);

/// Words of danger in a text, and whose language they are; none is 0. An emergency number counts as a whole message
/// and is of every language.
struct DangerRead {
    bool named = false;
    LanguageSet languages = 0;
};
DangerRead read_danger(const Pack& pack, std::string_view folded);

/// The name under which Flow::keywords knows this whole message: itself, or "help", "menu" and "delete" for their words
/// in any language; "*" and "#" for the words of repeat and back.
std::string keyword_of(const Pack& pack, std::string_view body, std::string_view folded);
/// `keyword` was found among another language's words only, so a choice of the waiting menu comes before it. What the
/// script itself names (MENU, X) belongs to every language.
bool is_foreign_keyword(const Pack& pack, LanguageIndex language, std::string_view keyword,
                        std::string_view folded);
/// The languages that know this whole message as a word for help, menu, delete, back or repeat.
LanguageSet languages_of_keyword(const Pack& pack, std::string_view folded);
/// The languages in which this whole message is a cry for help, greetings and courtesies beside it left out.
LanguageSet languages_of_cry(const Pack& pack, std::string_view folded);
/// The one key that this whole message is ("9", "٩", "9."), or "".
std::string key_of(const Pack& pack, LanguageIndex language, std::string_view body);

/// Digits of every script, spaces and dashes dropped; "" when the text holds anything else.
std::string read_typed_digits(const Pack& pack, LanguageIndex language, std::string_view body);
/// Twelve digits, alone or the only number among a few words ("my code is 3441 8192 1234"); "" when there are none.
std::string named_code(const Pack& pack, LanguageIndex language, std::string_view body);
/// Twelve digits with the right check digit.
bool is_code(std::string_view digits);

std::optional<std::size_t> read_menu(const Pack& pack, const MenuBlock& menu, LanguageIndex language,
                                     std::string_view body);

/// One USSD screen holds this text.
bool fits_screen(std::string_view body);

}  // namespace rightsline::flows
