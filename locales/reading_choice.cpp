#include <algorithm>

#include "locales/reading.hpp"
#include "locales/typo.hpp"

namespace rightsline::locales {
namespace {

constexpr std::size_t longest_answer = 512;  // bytes; nobody types a choice longer than this
constexpr std::size_t shortest_prefix = 2;   // letters

using Kind = ChoiceRead::Kind;

bool contains(std::span<const std::string> list, std::string_view word) {
    return std::ranges::find(list, word) != list.end();
}

/// The only choice for which `matches` holds; ambiguous when there are several.
template <class Matches>
ChoiceRead only(std::span<const ChoiceWords> choices, Matches matches) {
    ChoiceRead read;
    for (std::size_t at = 0; at < choices.size(); ++at) {
        if (!matches(choices[at])) {
            continue;
        }
        if (read.kind == Kind::one) {
            return {Kind::ambiguous, 0};
        }
        read = {Kind::one, at};
    }
    return read;
}

template <class Matches>
ChoiceRead only_word(std::span<const ChoiceWords> choices, Matches matches) {
    return only(choices, [&matches](const ChoiceWords& choice) {
        return matches(choice.label) || std::ranges::any_of(choice.words, matches);
    });
}

ChoiceRead by_key(std::string_view digits, std::span<const ChoiceWords> choices) {
    const auto exact = only(choices, [digits](const ChoiceWords& choice) { return choice.key == digits; });
    if (exact.kind != Kind::none || digits.size() < 2 || digits[0] != '0') {
        return exact;
    }
    const auto first = std::min(digits.find_first_not_of('0'), digits.size() - 1);
    const auto plain = digits.substr(first);
    return only(choices, [plain](const ChoiceWords& choice) { return choice.key == plain; });
}

/// "sure" picks the choice whose own words are one of the words for yes.
ChoiceRead by_meaning(std::string_view folded, std::span<const ChoiceWords> choices, const Words& meaning) {
    if (!contains(meaning, folded)) {
        return {};
    }
    return only_word(choices, [&meaning](std::string_view word) { return contains(meaning, word); });
}

ChoiceRead by_prefix(std::string_view folded, std::span<const ChoiceWords> choices) {
    if (count_letters(folded) < shortest_prefix) {
        return {};
    }
    return only_word(choices, [folded](std::string_view word) { return word.starts_with(folded); });
}

/// A thumb alone, or with a skin tone behind it (U+1F3FB to U+1F3FF).
bool is_thumb(std::string_view text, std::string_view thumb) {
    if (!text.starts_with(thumb)) {
        return false;
    }
    text.remove_prefix(thumb.size());
    return text.empty() || (text.size() == 4 && text >= "\U0001F3FB" && text <= "\U0001F3FF");
}

ChoiceRead by_words(std::string_view folded, std::span<const ChoiceWords> choices,
                    const ReadingWords& words) {
    const auto same = [folded](std::string_view word) { return word == folded; };
    if (const auto read = only_word(choices, same); read.kind != Kind::none) {
        return read;
    }
    const bool both = contains(words.yes, folded) && contains(words.no, folded);
    if (!both) {
        const auto yes = by_meaning(folded, choices, words.yes);
        if (yes.kind != Kind::none) {
            return yes;
        }
        return by_meaning(folded, choices, words.no);
    }
    return {};
}

}  // namespace

ChoiceRead read_choice(std::string_view text, std::span<const ChoiceWords> choices,
                       const ReadingWords& words) {
    if (text.size() > longest_answer || text.empty()) {
        return {};
    }
    if (text.size() == 1 && text[0] >= '0' && text[0] <= '9') {
        return by_key(text, choices);
    }
    const auto typed = read_numerals(text);
    if (typed) {
        if (const auto read = by_key(*typed, choices); read.kind != Kind::none) {
            return read;
        }
    }
    const auto folded = fold(text);
    if (folded.empty()) {
        return {};
    }
    if (const auto read = by_words(folded, choices, words); read.kind != Kind::none || typed) {
        return read;
    }
    if (const auto spelled = read_spelled(folded, words)) {
        return by_key(*spelled, choices);
    }
    if (const auto read = by_prefix(folded, choices); read.kind != Kind::none) {
        return read;
    }
    return only_word(choices, [&folded](std::string_view word) { return is_phrase_with_typo(folded, word); });
}

std::optional<bool> read_yes_no(std::string_view text, const ReadingWords& words) {
    if (text.size() > longest_answer) {
        return std::nullopt;
    }
    if (is_thumb(text, "\U0001F44D")) {
        return true;
    }
    if (is_thumb(text, "\U0001F44E")) {
        return false;
    }
    const auto folded = fold(text);
    const bool yes = contains(words.yes, folded);
    const bool no = contains(words.no, folded);
    return yes == no ? std::nullopt : std::optional(yes);
}

bool is_one_of(std::string_view text, std::span<const std::string> list) {
    if (text.size() > longest_answer || list.empty()) {
        return false;
    }
    const auto folded = fold(text);
    return !folded.empty() && contains(list, folded);
}

std::optional<std::string> read_language(std::string_view text, std::span<const ReadingWords> words) {
    if (text.size() > longest_answer) {
        return std::nullopt;
    }
    const auto folded = fold(text);
    const std::string* found = nullptr;
    for (const auto& language : words) {
        for (const auto& [tag, names] : language.languages) {
            if (!contains(names, folded)) {
                continue;
            }
            if (found != nullptr && *found != tag) {
                return std::nullopt;
            }
            found = &tag;
        }
    }
    return found == nullptr ? std::nullopt : std::optional(*found);
}

}  // namespace rightsline::locales
