#include "gateway/providers/twilio_api.hpp"

#include <algorithm>

#include "gateway/http/ascii.hpp"
#include "gateway/providers/error.hpp"
#include "gateway/providers/fields.hpp"
#include "gateway/providers/signing_key.hpp"

namespace rightsline::providers {
namespace {

constexpr std::string_view twilio_origin = "https://api.twilio.com";
constexpr std::size_t sid_size = 34;

}  // namespace

std::string_view origin_of(std::string_view url) {
    const std::size_t scheme = url.starts_with("https://") ? 8 : url.starts_with("http://") ? 7 : 0;
    const std::size_t end = std::min(url.find_first_of("/?#", scheme), url.size());
    const std::string_view authority = url.substr(scheme, end - scheme);
    // What programs read differently is read by none of them.
    const bool ambiguous =
        std::ranges::any_of(url, [](char c) { return c <= ' ' || c == 0x7F || c == '\\'; });
    if (scheme == 0 || authority.empty() || ambiguous || authority.find('@') != std::string_view::npos) {
        return {};
    }
    return url.substr(0, end);
}

std::string_view twilio_home(const Credentials& account) {
    return account.api_base.empty() ? twilio_origin : origin_of(account.api_base);
}

Result<http::Outgoing> twilio_request(std::string_view method, std::string_view resource,
                                      const Credentials& account) {
    const std::string_view home = twilio_home(account);
    if (home.empty() || account.auth_tokens.empty() || !is_id(account.account_sid)) {
        return errc::bad_account;
    }
    http::Outgoing request;
    request.method = method;
    request.url =
        std::string(home) + "/2010-04-01/Accounts/" + account.account_sid + "/" + std::string(resource);
    request.headers.emplace_back("Authorization",
                                 "Basic " + base64(account.account_sid + ":" + account.auth_tokens.front()));
    return request;
}

bool is_sid(std::string_view text, std::string_view prefixes) {
    const std::string_view prefix = text.substr(0, 2);
    return text.size() == sid_size && prefix.find(' ') == std::string_view::npos &&
           prefixes.find(prefix) != std::string_view::npos &&
           std::ranges::all_of(text.substr(2), [](char c) { return http::hex_value(c) >= 0; });
}

}  // namespace rightsline::providers
