// Twilio's dialect, put together. See twilio_signature, twilio_decode, twilio_encode and twilio_recording.
//
// Pure, as every Provider: no I/O, no clock. Must never: be asked by name outside make_provider(). Threading: the
// loop's; the signing keys are kept ready between requests.
#pragma once

#include <memory>

#include "gateway/providers/provider.hpp"

namespace rightsline::providers {

std::unique_ptr<Provider> make_twilio();

}  // namespace rightsline::providers
