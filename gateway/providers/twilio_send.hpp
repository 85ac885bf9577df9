// Sending through Twilio: messages, calls, what becomes of them, and the erasing of Twilio's copies.
//
// A text is sent with SmartEncoded=false, so that the worker reads what was written, the bill is what we counted, and
// a text whose fate is unknown is found again by its words. Twilio has no key against sending twice: read
// outbound.hpp on Unknown. Pure; see twilio_answer for the reading and twilio_errors for the codes.
#pragma once

#include <memory>

#include "gateway/providers/outbound.hpp"

namespace rightsline::providers {

std::unique_ptr<Sender> make_twilio_sender();

}  // namespace rightsline::providers
