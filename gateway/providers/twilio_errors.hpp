// Twilio's error codes: what each means for a send, in one table that a person can read.
//
// A code that is not in the table: Twilio has not taken the send, and we do not know why. It is refused with the code, never
// tried again by itself. Must never: quote what Twilio wrote; its sentences may hold the number.
// Threading: constants.
#pragma once

#include <cstdint>
#include <span>

#include "gateway/providers/outbound.hpp"

namespace rightsline::providers {

enum class CodeClass : std::uint8_t {
    retry,     // not taken, and the same send may be taken later
    rejected,  // not taken; Reason::again says whether one more try is worth it
    account,   // nothing of this account is taken
};

struct TwilioCode {
    std::uint32_t code;
    CodeClass kind;
    Again again;
    bool suppress;
    std::string_view what;
    std::string_view mend;
};

/// By code, ascending.
std::span<const TwilioCode> twilio_codes();
/// nullptr when it is not in the table.
const TwilioCode* find_twilio_code(std::uint32_t code);
/// `status`: of the answer that it stood in, 0 of a receipt.
Reason explain_twilio_code(std::uint32_t code, int status = 0);

}  // namespace rightsline::providers
