#include "gateway/providers/twilio_recording.hpp"

#include "gateway/providers/fields.hpp"
#include "gateway/providers/twilio_api.hpp"

namespace rightsline::providers {
namespace {

std::optional<http::Outgoing> request_about(const RemoteRecording& recording, const Credentials& credentials,
                                            std::string_view method, std::string_view suffix) {
    const std::string_view home = twilio_home(credentials);
    if (!is_id(recording.id) || (!recording.url.empty() && origin_of(recording.url) != home)) {
        return std::nullopt;
    }
    const std::string resource = "Recordings/" + recording.id + std::string(suffix);
    Result<http::Outgoing> request = twilio_request(method, resource, credentials);
    if (!request) {
        return std::nullopt;
    }
    return std::move(*request);
}

}  // namespace

std::optional<http::Outgoing> fetch_twilio_recording(const RemoteRecording& recording,
                                                     const Credentials& credentials) {
    return request_about(recording, credentials, "GET", ".wav");
}

std::optional<http::Outgoing> erase_twilio_recording(const RemoteRecording& recording,
                                                     const Credentials& credentials) {
    return request_about(recording, credentials, "DELETE", ".json");
}

}  // namespace rightsline::providers
