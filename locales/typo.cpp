#include "locales/typo.hpp"
#include "locales/utf8.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace rightsline::locales {
namespace {

constexpr std::size_t shortest_for_typo = 5;
constexpr std::size_t longest_for_typo = 32;

struct Letters {
    std::array<UChar32, longest_for_typo> at{};
    std::size_t size = 0;
    bool too_long = false;
};

Letters letters_of(std::string_view word) {
    Letters letters;
    const auto end = static_cast<std::int32_t>(word.size());
    for (std::int32_t place = 0; place < end;) {
        UChar32 c = next_point(word, place);
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

}  // namespace

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

std::size_t count_letters(std::string_view text) { return letters_of(text).size; }

}  // namespace rightsline::locales
