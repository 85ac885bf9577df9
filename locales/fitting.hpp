// Fitting: cutting, joining and shortening texts so that they fit a message or a screen.
//
// Must never: cut inside an escape pair, a surrogate pair or a grapheme, or lose a character without saying
// so (only shorten_text drops words, and it ends in "..."). Pure functions. Threading: any. Owner: room
// locales.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "locales/segments.hpp"

namespace rightsline::locales {

/// Room in one place; which of the two counts depends on what is written there.
struct Room {
    std::size_t gsm7 = 160;  // septets
    std::size_t ucs2 = 70;   // UTF-16 units
};
/// What `segments` SMS parts hold.
Room room_of(std::size_t segments);

bool fits(std::string_view text, const Room& room);

/// The parts of `text` as a carrier would send them; joined again they are plan_segments(text).text.
std::vector<std::string> split_parts(std::string_view text, Mending mending = Mending::typography);

/// `texts` in order, as few messages as possible, each at most `segments` parts; empty texts are left out. A
/// single text that is longer keeps a message of its own.
std::vector<std::string> join_texts(std::span<const std::string> texts, std::size_t segments,
                                    std::string_view between = "\n");

/// Pages of a USSD screen, cut at a line end, else at a space, else between graphemes. Never empty.
std::vector<std::string> paginate(std::string_view text, const Room& room);

/// `text` itself when it fits, else its beginning, cut after a word, with "..." behind it.
std::string shorten_text(std::string_view text, const Room& room);

}  // namespace rightsline::locales
