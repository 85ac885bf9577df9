// Twilio's signature, computed apart from our own verifier: from Twilio's public rule and OpenSSL alone.
//
// Must never: use gateway/providers, which it is to judge. Threading: pure, but for the dice.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace rightsline::tests {

using Fields = std::vector<std::pair<std::string, std::string>>;

/// base64(HMAC-SHA1(token, url + sorted names and values)).
std::string twilio_signature(const std::string& token, const std::string& url, Fields fields);

/// "SM" and 32 hex digits that were not used before in this process.
std::string fresh_sid(const std::string& prefix);

}  // namespace rightsline::tests
