// Any URL and body against the signature check: no crash, no acceptance of what was not signed, and what the
// check itself would sign is accepted.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "gateway/http/form.hpp"
#include "gateway/providers/twilio_signature.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace rightsline;
    static providers::SigningKeys keys(providers::Digest::sha1);
    const providers::Credentials account{"AC1", {"token"}, ""};
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    const std::string_view tail = input.substr(0, input.find('\n'));
    const std::string url = "https://h.example" + std::string(tail);
    http::Request request;
    request.method = "POST";
    request.target = "/" + std::string(tail);
    request.body = input.substr(std::min(tail.size() + 1, input.size()));
    request.headers = {{"Content-Type", "application/x-www-form-urlencoded"},
                       {"X-Twilio-Signature", "AAAAAAAAAAAAAAAAAAAAAAAAAAA="}};
    if (providers::verify_twilio(request, url, account, keys)) {
        std::abort();
    }
    const auto form = http::Form::decode(request.body);
    const auto urls = providers::signed_urls(url);
    if (form && !urls.empty() && request.query().find("bodySHA256=") == std::string_view::npos) {
        const std::string message = urls[0] + providers::canonical_parameters(form->pairs());
        request.headers[1].second = providers::base64(keys.mac("token", message));
        if (!providers::verify_twilio(request, url, account, keys)) {
            std::abort();
        }
    }
    return 0;
}
