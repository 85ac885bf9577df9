#include "gateway/providers/simulator.hpp"

#include "gateway/providers/error.hpp"
#include "gateway/providers/signing_key.hpp"
#include "gateway/providers/twilio_api.hpp"

namespace rightsline::providers {
namespace {

constexpr std::string_view header_name = "X-Rightsline-Signature";

std::string signed_bytes(std::string_view public_url, std::string_view body) {
    return std::string(public_url) + "\n" + std::string(body);
}

class Simulator final : public Provider {
 public:
    std::string_view name() const override { return "simulator"; }

    Result<void> verify(const http::Request& request, std::string_view public_url,
                        const Credentials& credentials) const override {
        const std::string_view presented = request.header(header_name);
        if (presented.empty()) {
            return errc::not_signed;
        }
        bool fits = false;
        for (const std::string& token : credentials.auth_tokens) {
            const std::string expected = hex(keys_.mac(token, signed_bytes(public_url, request.body)));
            fits = same_in_constant_time(expected, presented) || fits;
        }
        if (!fits || request.count(header_name) != 1) {
            return errc::bad_signature;
        }
        return {};
    }

    Result<Inbound> decode(Hook hook, const http::Request& request,
                           const Credentials& credentials) const override {
        return decode_simulated(hook, request, credentials);
    }

    http::Response encode(Hook, const std::vector<flows::Action>& actions,
                          const ReturnUrls& urls) const override {
        http::Response response;
        response.content_type = "application/json";
        response.body = encode_simulated(actions, urls);
        return response;
    }

    std::optional<http::Outgoing> fetch(const RemoteRecording& recording,
                                        const Credentials& credentials) const override {
        return request_about(recording, credentials, "GET");
    }

    std::optional<http::Outgoing> erase(const RemoteRecording& recording,
                                        const Credentials& credentials) const override {
        return request_about(recording, credentials, "DELETE");
    }

    // A simulated phone shows the words of a clip that has no audio, in every language.
    bool speaks(const locales::LanguageTag&) const override { return true; }

    const Sender& sender() const override { return *sender_; }

 private:
    static std::optional<http::Outgoing> request_about(const RemoteRecording& recording,
                                                       const Credentials& credentials,
                                                       std::string_view method) {
        const std::string_view home = origin_of(credentials.api_base);
        if (recording.url.empty() || home.empty() || origin_of(recording.url) != home) {
            return std::nullopt;
        }
        http::Outgoing request;
        request.method = method;
        request.url = recording.url;
        return request;
    }

    std::unique_ptr<Sender> sender_ = make_simulator_sender();
    mutable SigningKeys keys_{Digest::sha256};
};

}  // namespace

std::unique_ptr<Provider> make_simulator() { return std::make_unique<Simulator>(); }

std::string sign_simulated(std::string_view token, std::string_view public_url, std::string_view body) {
    SigningKeys keys(Digest::sha256);
    return hex(keys.mac(token, signed_bytes(public_url, body)));
}

}  // namespace rightsline::providers
