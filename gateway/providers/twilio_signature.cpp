#include "gateway/providers/twilio_signature.hpp"

#include <algorithm>
#include <optional>

#include "gateway/http/ascii.hpp"
#include "gateway/http/form.hpp"
#include "gateway/providers/error.hpp"

namespace rightsline::providers {
namespace {

constexpr std::string_view header_name = "X-Twilio-Signature";
constexpr std::size_t signature_length = 28;  // base64 of 20 bytes

bool is_form(const http::Request& request) {
    constexpr std::string_view form = "application/x-www-form-urlencoded";
    const std::string_view type = request.header("Content-Type");
    const bool named = http::same_name(type.substr(0, form.size()), form);
    return named && (type.size() == form.size() || type[form.size()] == ';' || type[form.size()] == ' ');
}

// The value of bodySHA256 in the query, verbatim.
std::optional<std::string_view> body_hash(std::string_view query) {
    constexpr std::string_view name = "bodySHA256=";
    while (!query.empty()) {
        const std::string_view pair = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(pair.size() + 1, query.size()));
        if (pair.starts_with(name)) {
            return pair.substr(name.size());
        }
    }
    return std::nullopt;
}

// What is signed after the URL; nothing when the body is bound by nothing.
std::optional<std::string> signed_tail(const http::Request& request) {
    if (const std::optional<std::string_view> hash = body_hash(request.query())) {
        return same_in_constant_time(*hash, sha256_hex(request.body)) ? std::optional<std::string>("")
                                                                      : std::nullopt;
    }
    if (request.body.empty()) {
        return "";
    }
    if (!is_form(request)) {
        return std::nullopt;
    }
    const Result<http::Form> form = http::Form::decode(request.body);
    if (!form) {
        return std::nullopt;
    }
    return canonical_parameters(form->pairs());
}

}  // namespace

std::string canonical_parameters(http::Form::Pairs parameters) {
    std::ranges::sort(parameters);
    const auto repeats = std::ranges::unique(parameters);
    parameters.erase(repeats.begin(), repeats.end());
    std::size_t size = 0;
    for (const auto& [name, value] : parameters) {
        size += name.size() + value.size();
    }
    std::string joined;
    joined.reserve(size);
    for (const auto& [name, value] : parameters) {
        joined += name;
        joined += value;
    }
    return joined;
}

std::vector<std::string> signed_urls(std::string_view url) {
    url = url.substr(0, url.find('#'));  // a fragment holds Twilio's own options and is never signed
    const auto mark = url.find("://");
    if (mark == std::string_view::npos) {
        return {};
    }
    const std::size_t authority = mark + 3;
    const std::size_t path = std::min(url.find_first_of("/?", authority), url.size());
    const auto at = url.substr(0, path).rfind('@');
    const std::size_t host = at == std::string_view::npos || at < authority ? authority : at + 1;
    const auto bracket = url.substr(0, path).rfind(']');  // the colons of an IPv6 address start no port
    const auto colon =
        url.substr(0, path).find(':', bracket == std::string_view::npos ? host : std::max(host, bracket));
    const std::size_t host_end = colon == std::string_view::npos ? path : colon;
    const std::string head(url.substr(0, host_end));
    const std::string tail(url.substr(path));
    if (colon != std::string_view::npos) {
        return {std::string(url), head + tail};
    }
    return {std::string(url), head + (url.starts_with("https://") ? ":443" : ":80") + tail};
}

Result<void> verify_twilio(const http::Request& request, std::string_view public_url,
                           const Credentials& credentials, SigningKeys& keys) {
    const std::string_view presented = request.header(header_name);
    if (presented.empty()) {
        return errc::not_signed;
    }
    const std::optional<std::string> tail = signed_tail(request);
    if (request.count(header_name) != 1 || presented.size() != signature_length || !tail) {
        return errc::bad_signature;
    }
    bool fits = false;
    for (const std::string& url : signed_urls(public_url)) {
        const std::string message = url + *tail;
        for (const std::string& token : credentials.auth_tokens) {
            // Every token is tried: the time says nothing about which of them fits.
            fits = same_in_constant_time(base64(keys.mac(token, message)), presented) || fits;
        }
        if (fits) {
            break;  // with or without its port: how the URL was spelt is no secret
        }
    }
    if (!fits) {
        return errc::bad_signature;
    }
    return {};
}

}  // namespace rightsline::providers
