// Typo: whether what was typed is what was meant, but for one slip of the finger.
//
// One letter wrong, missing, too many, or two neighbours swapped, in a word of five letters or more: shorter
// words are too near to each other. Letters are code points, so that every script is treated alike. Pure, no
// allocation, any bytes. Threading: any. Owner: reading.
#pragma once

#include <cstddef>
#include <string_view>

namespace rightsline::locales {

/// The same words in the same order, but for exactly one typo in one of them. Both are folded.
bool is_phrase_with_typo(std::string_view typed, std::string_view meant);

/// Code points, counted up to 32.
std::size_t count_letters(std::string_view text);

}  // namespace rightsline::locales
