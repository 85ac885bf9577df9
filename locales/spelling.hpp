// Spelling: how a receipt code is said and checked, digit by digit.
//
// A code is 11 random digits and one Damm check digit, said and shown 4-4-4 (group_digits in message.hpp
// shows it). Must never: log or keep a digit. Pure functions over views. Threading: any. Owner: room locales.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace rightsline::locales {

/// One digit as a voice says it: the last of a group has a falling tone and so a recording of its own.
struct SpokenDigit {
    char digit = '0';
    bool final_in_group = false;

    friend bool operator==(const SpokenDigit&, const SpokenDigit&) = default;
};

inline constexpr std::size_t digits_in_group = 4;

/// The ASCII digits of `text` in groups of four; anything else in it is not said.
std::vector<SpokenDigit> spell_digits(std::string_view text);

/// The check digit for `digits`; nothing when `digits` is empty or holds anything but ASCII digits.
std::optional<char> damm_digit(std::string_view digits);
/// True when the last digit of `digits` is the check digit of those before it (at least two digits in all).
/// Any one mistyped digit and any one swap of neighbours makes it false.
bool damm_ok(std::string_view digits);

}  // namespace rightsline::locales
