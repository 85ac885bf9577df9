#include <unicode/utf8.h>

#include <algorithm>

#include "locales/reading.hpp"

namespace rightsline::locales {
namespace {

constexpr std::size_t longest_answer = 512;  // bytes; nobody types a choice longer than this
constexpr std::size_t shortest_prefix = 2;   // letters
constexpr std::size_t shortest_for_typo = 5;
constexpr std::size_t longest_for_typo = 32;

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

struct Letters {
    std::array<UChar32, longest_for_typo> at{};
    std::size_t size = 0;
    bool too_long = false;
};

Letters letters_of(std::string_view word) {
    Letters letters;
    const auto end = static_cast<std::int32_t>(word.size());
    for (std::int32_t place = 0; place < end;) {
        UChar32 c = 0;
        U8_NEXT_OR_FFFD(word.data(), place, end, c);
        if (letters.size == longest_for_typo) {
            letters.too_long = true;
            return letters;
        }
        letters.at.at(letters.size++) = c;
    }
    return letters;
}

/// One letter wrong, missing, too many, or two neighbours swapped.
bool is_one_typo(std::string_view typed, std::string_view meant) {
    const auto a = letters_of(typed);
    const auto b = letters_of(meant);
    const auto difference = a.size > b.size ? a.size - b.size : b.size - a.size;
    if (a.too_long || b.too_long || difference > 1 || std::min(a.size, b.size) < shortest_for_typo - 1 ||
        b.size < shortest_for_typo) {
        return false;
    }
    const std::span left(a.at.data(), a.size);
    const std::span right(b.at.data(), b.size);
    const auto [x, y] = std::ranges::mismatch(left, right);
    const auto rest_a = static_cast<std::size_t>(left.end() - x);
    const auto rest_b = static_cast<std::size_t>(right.end() - y);
    const auto same_after = [&](std::size_t skip_a, std::size_t skip_b) {
        return rest_a >= skip_a && rest_b >= skip_b &&
               std::ranges::equal(left.last(rest_a - skip_a), right.last(rest_b - skip_b));
    };
    const bool swapped = rest_a >= 2 && rest_b >= 2 && x[0] == y[1] && x[1] == y[0] && same_after(2, 2);
    return swapped || same_after(1, 1) || same_after(1, 0) || same_after(0, 1);
}

std::string_view next_word(std::string_view& rest) {
    const auto space = rest.find(' ');
    const auto word = rest.substr(0, space);
    rest = space == std::string_view::npos ? std::string_view{} : rest.substr(space + 1);
    return word;
}

/// The same words in the same order, but for one typo in one of them.
bool is_phrase_with_typo(std::string_view typed, std::string_view meant) {
    bool used = false;
    while (!typed.empty() && !meant.empty()) {
        const auto left = next_word(typed);
        const auto right = next_word(meant);
        if (left == right) {
            continue;
        }
        if (used || !is_one_typo(left, right)) {
            return false;
        }
        used = true;
    }
    return used && typed.empty() && meant.empty();
}

bool has_letters(std::string_view folded, std::size_t count) { return letters_of(folded).size >= count; }

ChoiceRead by_prefix(std::string_view folded, std::span<const ChoiceWords> choices) {
    if (!has_letters(folded, shortest_prefix)) {
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

ChoiceRead by_words(std::string_view folded, std::span<const ChoiceWords> choices, const ReadingWords& words) {
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

ChoiceRead read_choice(std::string_view text, std::span<const ChoiceWords> choices, const ReadingWords& words) {
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
