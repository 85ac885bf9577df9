#include "gateway/providers/twilio_recording.hpp"

#include <algorithm>

#include "gateway/providers/fields.hpp"
#include "gateway/providers/signing_key.hpp"

namespace rightsline::providers {
namespace {

constexpr std::string_view twilio_api = "https://api.twilio.com";

std::optional<http::Outgoing> request_about(const RemoteRecording& recording, const Credentials& credentials,
                                            std::string_view method, std::string_view suffix) {
    const bool usual = credentials.api_base.empty();
    const std::string_view home = usual ? twilio_api : origin_of(credentials.api_base);
    if (home.empty() || credentials.auth_tokens.empty() || !is_id(recording.id) ||
        !is_id(credentials.account_sid) || (!recording.url.empty() && origin_of(recording.url) != home)) {
        return std::nullopt;
    }
    http::Outgoing request;
    request.method = method;
    request.url = std::string(home) + "/2010-04-01/Accounts/" + credentials.account_sid + "/Recordings/" +
                  recording.id + std::string(suffix);
    request.headers.emplace_back(
        "Authorization", "Basic " + base64(credentials.account_sid + ":" + credentials.auth_tokens.front()));
    return request;
}

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

std::optional<http::Outgoing> fetch_twilio_recording(const RemoteRecording& recording,
                                                     const Credentials& credentials) {
    return request_about(recording, credentials, "GET", ".wav");
}

std::optional<http::Outgoing> erase_twilio_recording(const RemoteRecording& recording,
                                                     const Credentials& credentials) {
    return request_about(recording, credentials, "DELETE", ".json");
}

}  // namespace rightsline::providers
