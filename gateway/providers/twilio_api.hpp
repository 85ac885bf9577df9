// A request to Twilio's REST API: where it goes and who asks. For sends, erasures and recordings alike.
//
// The account's token goes to the configured origin and nowhere else. Must never: take an origin from a webhook or an
// answer. Threading: pure.
#pragma once

#include <string>
#include <string_view>

#include "gateway/http/message.hpp"
#include "gateway/providers/account.hpp"
#include "locales/result.hpp"

namespace rightsline::providers {

/// "https://host:port" of a URL, "" when it has userinfo or is no http(s) URL.
std::string_view origin_of(std::string_view url);

/// The account's origin, Twilio's own when none is configured; "" when what is configured is none.
std::string_view twilio_home(const Credentials& account);

/// `resource`: below the account, "Messages.json". Errors: errc::bad_account.
Result<http::Outgoing> twilio_request(std::string_view method, std::string_view resource,
                                      const Credentials& account);

/// "SM" and 32 hexadecimal digits, with one of the prefixes: "SM MM", "CA".
bool is_sid(std::string_view text, std::string_view prefixes);

}  // namespace rightsline::providers
