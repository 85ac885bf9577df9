#include "gateway/providers/twilio.hpp"

#include "gateway/providers/say_voice.hpp"
#include "gateway/providers/signing_key.hpp"
#include "gateway/providers/twilio_decode.hpp"
#include "gateway/providers/twilio_encode.hpp"
#include "gateway/providers/twilio_inbound.hpp"
#include "gateway/providers/twilio_recording.hpp"
#include "gateway/providers/twilio_send.hpp"
#include "gateway/providers/twilio_signature.hpp"

namespace rightsline::providers {
namespace {

class Twilio final : public Provider {
 public:
    std::string_view name() const override { return "twilio"; }

    Result<void> verify(const http::Request& request, std::string_view public_url,
                        const Credentials& credentials) const override {
        return verify_twilio(request, public_url, credentials, keys_);
    }

    Result<Inbound> decode(Hook hook, const http::Request& request,
                           const Credentials& credentials) const override {
        return decode_twilio(hook, request, credentials);
    }

    http::Response encode(Hook hook, const std::vector<flows::Action>& actions,
                          const ReturnUrls& urls) const override {
        http::Response response;
        response.content_type = "text/xml; charset=utf-8";
        response.body = encode_twiml(hook, actions, urls).xml;
        return response;
    }

    std::optional<http::Outgoing> fetch(const RemoteRecording& recording,
                                        const Credentials& credentials) const override {
        return fetch_twilio_recording(recording, credentials);
    }

    std::optional<http::Outgoing> erase(const RemoteRecording& recording,
                                        const Credentials& credentials) const override {
        return erase_twilio_recording(recording, credentials);
    }

    std::optional<http::Outgoing> list_texts(std::string_view line, flows::Instant since,
                                             std::string_view next,
                                             const Credentials& credentials) const override {
        return list_twilio_texts(line, since, next, credentials);
    }
    Result<Heard> read_texts(const http::Answer& answer, std::string_view line,
                             flows::Instant since) const override {
        return read_twilio_texts(answer, line, since);
    }
    std::optional<http::Outgoing> list_recordings(flows::Instant since, std::string_view next,
                                                  const Credentials& credentials) const override {
        return list_twilio_recordings(since, next, credentials);
    }
    Result<Heard> read_recordings(const http::Answer& answer, flows::Instant since) const override {
        return read_twilio_recordings(answer, since);
    }

    bool speaks(const locales::LanguageTag& language) const override {
        return say_voice(language).has_value();
    }

    const Sender& sender() const override { return *sender_; }

    bool tells_of_answers() const override { return true; }

 private:
    std::unique_ptr<Sender> sender_ = make_twilio_sender();
    mutable SigningKeys keys_{Digest::sha1};
};

}  // namespace

std::unique_ptr<Provider> make_twilio() { return std::make_unique<Twilio>(); }

}  // namespace rightsline::providers
