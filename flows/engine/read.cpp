#include "flows/engine/read.hpp"

#include <algorithm>
#include <array>

#include "flows/limits.hpp"
#include "locales/fitting.hpp"
#include "locales/folding.hpp"
#include "locales/reading.hpp"
#include "locales/spelling.hpp"

namespace rightsline::flows {
namespace {

using locales::ReadingWords;

constexpr std::size_t code_length = 12;

template <class List>
bool any_language(const Pack& pack, std::string_view folded, List ReadingWords::* list) {
    return std::any_of(pack.reading.begin(), pack.reading.end(), [&](const ReadingWords& words) {
        return std::find(std::begin(words.*list), std::end(words.*list), folded) != std::end(words.*list);
    });
}

const ReadingWords& words_of(const Pack& pack, LanguageIndex language) {
    static const ReadingWords none;
    return language < pack.reading.size() ? pack.reading[language] : none;
}

/// `text` begins with the whole words of `phrase`.
bool begins_with(std::string_view text, std::string_view phrase) {
    return text.starts_with(phrase) && (text.size() == phrase.size() || text[phrase.size()] == ' ');
}

bool has(const locales::Words& words, std::string_view folded) {
    return std::find(words.begin(), words.end(), folded) != words.end();
}

bool is_ascii_digit(std::string_view body) { return body.size() == 1 && body[0] >= '0' && body[0] <= '9'; }

/// A number as people copy it by hand: "52o2" is 5202, "83l5" and "83i5" are 8315. "" when it is none.
std::string copied_number(std::string_view word) {
    const bool digits = std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
    std::string number(digits ? word : std::string_view{});
    for (char& c : number) {
        c = c == 'o' ? '0' : c == 'l' || c == 'i' ? '1' : c;
    }
    const bool all = std::all_of(number.begin(), number.end(), [](char c) { return c >= '0' && c <= '9'; });
    return all ? number : std::string{};
}

/// "Option 1", "opción dos": the choice of that number.
std::optional<std::size_t> numbered_choice(const MenuBlock& menu, const ReadingWords& words,
                                           std::string_view body) {
    constexpr std::size_t longest = 64;  // bytes: a word and a number
    const std::string folded = body.size() <= longest ? fold_text(body) : std::string{};
    for (const std::string& word : words.option) {
        if (!begins_with(folded, word) || folded.size() == word.size()) {
            continue;
        }
        const auto number = locales::read_digits(std::string_view(folded).substr(word.size() + 1), words);
        for (std::size_t i = 0; number && i < menu.choices.size(); ++i) {
            if (menu.choices[i].key == *number) {
                return i;
            }
        }
    }
    return std::nullopt;
}

}  // namespace

std::string fold_text(std::string_view body) { return locales::fold(body); }

bool is_blank(std::string_view body) {
    return std::all_of(body.begin(), body.end(),
                       [](char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; });
}

bool is_long_enough_for_story(std::string_view body) { return locales::looks_like_story(body); }

bool has_words(std::string_view body, std::size_t least) { return locales::has_words(body, least); }

locales::StopWish read_stop_text(const Pack& pack, std::string_view body) {
    return is_ascii_digit(body) ? locales::StopWish::none : locales::read_stop(body, pack.reading);
}

LanguageSet languages_of_greeting(const Pack& pack, std::string_view folded) {
    LanguageSet languages = 0;
    for (std::size_t i = 0; i < pack.reading.size(); ++i) {
        const locales::Words& greetings = pack.reading[i].greetings;
        const bool greets = std::any_of(greetings.begin(), greetings.end(),
                                        [&](const std::string& word) { return begins_with(folded, word); });
        languages |= greets ? just(static_cast<LanguageIndex>(i)) : 0;
    }
    return languages;
}

LanguageSet languages_of_word(const Pack& pack, locales::Words ReadingWords::* list,
                              std::string_view folded) {
    LanguageSet languages = 0;
    for (std::size_t i = 0; i < pack.reading.size(); ++i) {
        languages |= has(pack.reading[i].*list, folded) ? just(static_cast<LanguageIndex>(i)) : 0;
    }
    return languages;
}

bool has_word_of(const Pack& pack, locales::Words ReadingWords::* list, std::string_view folded) {
    for (std::string_view rest = folded; !rest.empty();) {
        const std::size_t word = std::min(rest.find(' '), rest.size());
        if (languages_of_word(pack, list, rest.substr(0, word)) != 0) {
            return true;
        }
        rest.remove_prefix(std::min(rest.size(), word + 1));
    }
    return false;
}

LanguageSet languages_of_stop(const Pack& pack, std::string_view body) {
    LanguageSet languages = 0;
    for (std::size_t i = 0; i < pack.reading.size(); ++i) {
        const std::span own(&pack.reading[i], 1);
        const bool stops = locales::read_stop(body, own) != locales::StopWish::none;
        languages |= stops ? just(static_cast<LanguageIndex>(i)) : 0;
    }
    return languages;
}

std::optional<std::size_t> named_language(const Pack& pack, const MenuBlock& menu, std::string_view body) {
    const std::string named = locales::read_language(body, pack.reading).value_or(fold_text(body));
    for (std::size_t i = 0; i < menu.choices.size(); ++i) {
        if (menu.choices[i].name == named) {
            return i;
        }
    }
    return std::nullopt;
}

bool is_done(const Pack& pack, std::string_view folded) {
    return folded == "1" || any_language(pack, folded, &ReadingWords::done);
}

bool is_skip(const Pack& pack, std::string_view folded) {
    return folded == "0" || (!is_ascii_digit(folded) && any_language(pack, folded, &ReadingWords::skip));
}

bool is_start(const Pack& pack, std::string_view folded) {
    return !is_ascii_digit(folded) && any_language(pack, folded, &ReadingWords::start);
}

/// Adds what the phrases that begin here say. How many bytes of `rest` say that there is no danger, by the longest
/// phrase of that kind: nothing in them is read.
std::size_t read_phrases(const std::vector<DangerPhrase>& phrases, std::string_view rest, DangerRead& read) {
    std::size_t calm = 0;
    for (const DangerPhrase& phrase : phrases) {
        if (!begins_with(rest, phrase.words)) {
            continue;
        }
        if (phrase.calm) {
            calm = std::max(calm, phrase.words.size());
        } else {
            read.named = true;
            read.languages |= phrase.languages;
        }
    }
    return calm;
}

DangerRead read_danger(const Pack& pack, std::string_view folded) {
    DangerRead read;
    if (folded.size() < 2) {
        return read;  // a digit at a menu
    }
    read.named = std::any_of(pack.emergency_numbers.begin(), pack.emergency_numbers.end(),
                             [&](const auto& number) { return number.second == folded; });
    for (std::string_view rest = folded; !rest.empty();) {
        const std::size_t word = std::min(rest.find(' '), rest.size());
        const auto phrases = pack.danger_index.find(rest.substr(0, word));
        const std::size_t calm =
            phrases == pack.danger_index.end() ? 0 : read_phrases(phrases->second, rest, read);
        rest.remove_prefix(std::min(rest.size(), std::max(calm, word) + 1));
    }
    return read;
}

LanguageSet languages_of_keyword(const Pack& pack, std::string_view folded) {
    LanguageSet languages = 0;
    for (std::size_t i = 0; i < pack.reading.size(); ++i) {
        const ReadingWords& words = pack.reading[i];
        const bool own = has(words.help, folded) || has(words.cries, folded) || has(words.menu, folded) ||
                         has(words.erase, folded) || has(words.back, folded) || has(words.repeat, folded);
        languages |= own ? just(static_cast<LanguageIndex>(i)) : 0;
    }
    return languages;
}

bool is_foreign_keyword(const Pack& pack, LanguageIndex language, std::string_view keyword,
                        std::string_view folded) {
    return keyword != folded && (languages_of_keyword(pack, folded) & just(language)) == 0;
}

std::string keyword_of(const Pack& pack, std::string_view body, std::string_view folded) {
    if (is_ascii_digit(body)) {
        return {};
    }
    const std::array<std::pair<locales::Words ReadingWords::*, std::string_view>, 6> known{{
        {&ReadingWords::help, "help"},
        {&ReadingWords::cries, "help"},
        {&ReadingWords::menu, "menu"},
        {&ReadingWords::erase, "delete"},
        {&ReadingWords::back, "#"},
        {&ReadingWords::repeat, "*"},
    }};
    for (const auto& [list, name] : known) {
        if (any_language(pack, folded, list)) {
            return std::string(name);
        }
    }
    return std::string(folded);
}

std::string key_of(const Pack& pack, LanguageIndex language, std::string_view body) {
    if (is_ascii_digit(body) || body == "*" || body == "#") {
        return std::string(body);
    }
    const auto digits = locales::read_digits(body, words_of(pack, language));
    return digits && digits->size() == 1 ? *digits : std::string{};
}

std::string read_typed_digits(const Pack& pack, LanguageIndex language, std::string_view body) {
    return locales::read_digits(body, words_of(pack, language)).value_or(std::string{});
}

std::string named_code(const Pack& pack, LanguageIndex language, std::string_view body) {
    constexpr std::size_t most_bytes = 160;  // a longer text is a story with a number in it
    constexpr int most_words = 8;
    std::string digits = read_typed_digits(pack, language, body);
    if (!digits.empty() || body.size() > most_bytes) {
        return digits.size() == code_length ? digits : std::string{};
    }
    const std::string folded = fold_text(body);
    int words = 0;
    bool ended = false;  // a word stood behind the digits
    for (std::string_view rest = folded; !rest.empty();) {
        const std::string_view word = rest.substr(0, rest.find(' '));
        rest.remove_prefix(std::min(rest.size(), word.size() + 1));
        const std::string number = copied_number(word);
        if (!number.empty() && ended) {
            return {};  // two numbers: nobody knows which is the code
        }
        digits += number;
        words += number.empty() ? 1 : 0;
        ended = ended || (number.empty() && !digits.empty());
    }
    return digits.size() == code_length && words <= most_words ? digits : std::string{};
}

bool is_code(std::string_view digits) { return digits.size() == code_length && locales::damm_ok(digits); }

std::optional<std::size_t> read_menu(const Pack& pack, const MenuBlock& menu, LanguageIndex language,
                                     std::string_view body) {
    for (std::size_t i = 0; i < menu.choices.size(); ++i) {
        const Choice& choice = menu.choices[i];
        if (choice.key == body) {
            return i;
        }
    }
    std::vector<locales::ChoiceWords> choices;
    choices.reserve(menu.choices.size());
    for (const Choice& choice : menu.choices) {
        // What the menu says is among the words, folded at load: folding it here too cost a typed word a quarter of its step.
        const auto own = choice.words.find(language);
        choices.push_back(
            {choice.key,
             {},
             own == choice.words.end() ? std::span<const std::string>{} : std::span(own->second)});
    }
    const auto read = locales::read_choice(body, choices, words_of(pack, language));
    return read.kind == locales::ChoiceRead::Kind::one
               ? std::optional(read.index)
               : numbered_choice(menu, words_of(pack, language), body);
}

bool fits_screen(std::string_view body) { return locales::fits(body, {limits::ussd_gsm, limits::ussd_ucs2}); }

}  // namespace rightsline::flows
