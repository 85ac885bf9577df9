// GSM-7: the default alphabet of 3GPP TS 23.038 with its extension, and the mending of typography towards it.
//
// Must never: change a character that GSM-7 has (ñ, é, ü, ¿ …), or strip an accent: that is a person's
// decision. Pure functions. Threading: any. Owner: room locales.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace rightsline::locales {

/// What a code point costs in GSM-7: 1, 2 (escape pair: ^{}[]~\|€ and form feed), or 0 when it is not in it.
unsigned septets_of(char32_t c);
/// Of the whole text; nullopt when one character is not in GSM-7.
std::optional<std::size_t> count_septets(std::string_view utf8);
bool is_gsm7(std::string_view utf8);

enum class Mending {
    none,        // as written
    typography,  // what we do before every send: see mend_typography
    carrier,     // what a carrier's "smart encoding" bills (tab seven spaces, NBSP two): for forecasts only
};

/// Curly quotes, dashes, ellipsis, odd spaces, tabs, zero width characters and split accents (e + U+0301)
/// become their GSM-7 equals, but only when the whole text then is GSM-7: a text that stays UCS-2 gains
/// nothing and may need its joiners (Bangla, Persian, Khmer, emoji), so it is returned as it was.
std::string mend_typography(std::string_view utf8);
/// The same whether or not it reaches GSM-7: for naming what stands in the way.
std::string mend_as_far_as_possible(std::string_view utf8);
std::string mend(std::string_view utf8, Mending mending);

}  // namespace rightsline::locales
