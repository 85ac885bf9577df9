// Twilio's webhooks as Inbound. Called only after verify_twilio.
//
// Where a worker is (FromCity and the like), who they are called (CallerName) and everything else that we do
// not need is dropped here, at the border. An anonymous caller is a worker like any other, without a number.
// A step URL carries e=k (Gather), e=r (Record) or e=c (Redirect), written by twilio_encode: Twilio comes
// back with the same fields after an unanswered Gather and after a Redirect, and only we know which it was.
// A recording of no length is Recorded{""}, asked for again by the engine; `recording` still names the
// provider's copy, which is to be erased.
#pragma once

#include "gateway/http/message.hpp"
#include "gateway/providers/provider.hpp"
#include "locales/result.hpp"

namespace rightsline::providers {

/// What came in as a text, by its webhook or out of the provider's list: the same event either way.
Inbound twilio_text(std::string message, std::string_view from, std::string line, std::string_view body);

/// Errors: errc::malformed, errc::not_for_us, errc::of_no_interest.
Result<Inbound> decode_twilio(Hook hook, const http::Request& request, const Credentials& credentials);

}  // namespace rightsline::providers
