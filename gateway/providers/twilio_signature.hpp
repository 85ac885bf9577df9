// Twilio's signature: base64(HMAC-SHA1(token, URL + every parameter's name and value, sorted)).
//
// A repeated name counts once per distinct value, sorted. The URL is the configured one; Twilio signs it with
// or without a port and does not say which, so both are tried. A body that is no form is bound by bodySHA256
// in the URL. Names and values run together in what is signed: required fields must be checked after the
// signature. Must never: read the Host header, accept a body that nothing binds.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gateway/http/form.hpp"
#include "gateway/http/message.hpp"
#include "gateway/providers/provider.hpp"
#include "gateway/providers/signing_key.hpp"
#include "locales/result.hpp"

namespace rightsline::providers {

/// The parameters as they are signed: sorted, each pair once, run together.
std::string canonical_parameters(http::Form::Pairs parameters);

/// The forms of `url` that Twilio may have signed: without a port, and with one.
std::vector<std::string> signed_urls(std::string_view url);

/// Errors: errc::not_signed, errc::bad_signature.
Result<void> verify_twilio(const http::Request& request, std::string_view public_url,
                           const Credentials& credentials, SigningKeys& keys);

}  // namespace rightsline::providers
