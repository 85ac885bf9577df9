// clean_text: any bytes become valid UTF-8 that shows as it reads.
//
// Bytes that are no UTF-8 become U+FFFD; control characters (line breaks stay), bidi controls, noncharacters
// and the byte order mark are dropped. Joiners stay: scripts need them. Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace rightsline::providers {

/// The code point at the front of `text`, taken off it; U+FFFD and one byte when there is none.
char32_t take_code_point(std::string_view& text);
void append_code_point(std::string& out, char32_t point);

std::string clean_text(std::string_view text);

}  // namespace rightsline::providers
