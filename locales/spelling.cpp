#include "locales/spelling.hpp"

#include <algorithm>
#include <array>

namespace rightsline::locales {
namespace {

// A totally anti-symmetric quasigroup of order ten (H. M. Damm, 2004): every row is a permutation, the
// diagonal is zero, and (c*x)*y == (c*y)*x only when x == y. The tests prove all three on this very table.
constexpr std::array<std::array<unsigned char, 10>, 10> quasigroup{{
    {0, 3, 1, 7, 5, 9, 8, 6, 4, 2},
    {7, 0, 9, 2, 1, 5, 4, 8, 6, 3},
    {4, 2, 0, 6, 8, 7, 1, 3, 5, 9},
    {1, 7, 5, 0, 9, 8, 3, 4, 2, 6},
    {6, 1, 2, 3, 0, 4, 5, 9, 7, 8},
    {3, 6, 7, 4, 2, 0, 9, 5, 8, 1},
    {5, 8, 6, 9, 7, 2, 0, 1, 3, 4},
    {8, 9, 4, 5, 3, 6, 2, 0, 1, 7},
    {9, 4, 3, 8, 6, 1, 7, 2, 0, 5},
    {2, 5, 8, 1, 4, 3, 6, 7, 9, 0},
}};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

std::vector<SpokenDigit> spell_digits(std::string_view text) {
    std::vector<SpokenDigit> spoken;
    spoken.reserve(text.size());
    for (const char c : text) {
        if (is_digit(c)) {
            spoken.push_back({c, (spoken.size() + 1) % digits_in_group == 0});
        }
    }
    if (!spoken.empty()) {
        spoken.back().final_in_group = true;
    }
    return spoken;
}

std::optional<char> damm_digit(std::string_view digits) {
    if (digits.empty() || !std::ranges::all_of(digits, is_digit)) {
        return std::nullopt;
    }
    std::size_t interim = 0;
    for (const char c : digits) {
        interim = quasigroup.at(interim).at(static_cast<std::size_t>(c - '0'));
    }
    return static_cast<char>('0' + interim);
}

bool damm_ok(std::string_view digits) { return digits.size() >= 2 && damm_digit(digits) == '0'; }

}  // namespace rightsline::locales
