// Segments: what one text costs as SMS, and where it may be cut.
//
// GSM-7: 160 septets alone, 153 in parts; UCS-2: 70 and 67 UTF-16 units. A part never begins inside an escape
// pair, a surrogate pair or a grapheme (a single grapheme longer than a part is cut between code points,
// there is no other way). Counts equal those of Twilio's own calculator (tests/data/segments.json). Pure
// functions, linear time, any bytes: invalid UTF-8 counts as U+FFFD. Threading: any. Owner: room locales.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "locales/gsm7.hpp"

namespace rightsline::locales {

enum class Encoding { gsm7, ucs2 };

std::string_view to_string(Encoding encoding);  // "GSM-7", "UCS-2"

struct SegmentPlan {
    Encoding encoding = Encoding::gsm7;
    std::string text;                    // mended: exactly what is to be sent
    std::vector<std::size_t> starts{0};  // byte offsets into `text` where each part begins
    std::size_t units = 0;               // septets, or UTF-16 units
    std::size_t characters = 0;          // as a calculator shows them: septets in GSM-7, graphemes in UCS-2
    std::size_t code_points = 0;

    std::size_t segments() const { return starts.size(); }
    std::size_t message_bits() const { return units * (encoding == Encoding::gsm7 ? 7 : 16); }
    /// With the six header octets of each part.
    std::size_t total_bits() const { return message_bits() + (segments() > 1 ? segments() * 48 : 0); }
};

SegmentPlan plan_segments(std::string_view text, Mending mending = Mending::typography);

/// One character that GSM-7 lacks.
struct ForcingCharacter {
    std::string character;
    std::string code;  // "U+00F3"
    std::size_t count = 0;
};

/// Why a text is UCS-2 and what it would be without: the sentence a writer needs to see while typing.
struct EncodingCost {
    std::vector<ForcingCharacter> characters;  // in the order of first appearance; empty: GSM-7
    std::size_t segments = 0;                  // as it stands
    std::size_t segments_without = 0;          // each of them reworded to one GSM-7 character
    bool avoidable = false;                    // false for a language that is written in another script
};
EncodingCost encoding_cost(std::string_view text);

}  // namespace rightsline::locales
