// Twilio's dialect, put together. See twilio_signature, twilio_decode, twilio_encode and twilio_recording.
#pragma once

#include <memory>

#include "gateway/providers/provider.hpp"

namespace rightsline::providers {

std::unique_ptr<Provider> make_twilio();

}  // namespace rightsline::providers
