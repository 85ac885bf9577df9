// Folding and cleaning: what people type, made comparable and made safe.
//
// Must never: throw, ask for the process default locale, or log. Any bytes are accepted.
// ASCII takes a path without ICU. Threading: any. Owner: room locales.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace rightsline::locales {

/// The form in which words are compared: compatibility forms and case folded (NFKC casefold), accents of
/// Latin, Greek, Cyrillic and Arabic stripped, decimal digits of every script, and numbers in circles, as 0-9, apostrophes dropped,
/// all other punctuation, symbols and spaces as one space between words, none at the ends. Vowel signs of
/// Indic, Burmese, Khmer and Thai are letters and stay. fold(fold(x)) == fold(x).
std::string fold(std::string_view text);

/// Longest text that is read, in bytes: 10,000 characters of four bytes.
inline constexpr std::size_t longest_text = 40000;

/// Valid UTF-8 without control and bidi control characters (line ends stay, as "\n"; a tab becomes a space);
/// each invalid sequence is one U+FFFD; at most `most` bytes, cut between code points.
std::string clean_text(std::string_view bytes, std::size_t most = longest_text);

}  // namespace rightsline::locales
