#include "tests/support/twilio_signature.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <algorithm>
#include <array>

namespace rightsline::tests {
namespace {

using Bytes = std::vector<unsigned char>;

Bytes bytes_of(const std::string& text) { return {text.begin(), text.end()}; }

}  // namespace

std::string fresh_sid(const std::string& prefix) {
    std::array<unsigned char, 16> random{};
    RAND_bytes(random.data(), static_cast<int>(random.size()));
    std::string sid = prefix;
    for (const unsigned char byte : random) {
        sid += "0123456789abcdef"[byte >> 4U];
        sid += "0123456789abcdef"[byte & 15U];
    }
    return sid;
}

std::string twilio_signature(const std::string& token, const std::string& url, Fields fields) {
    std::ranges::sort(fields);
    std::string text = url;
    for (const auto& [name, value] : fields) {
        text += name + value;
    }
    const Bytes key = bytes_of(token);
    const Bytes data = bytes_of(text);
    std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
    unsigned length = 0;
    HMAC(EVP_sha1(), key.data(), static_cast<int>(key.size()), data.data(), data.size(), mac.data(), &length);
    std::array<unsigned char, 64> base64{};
    const int written = EVP_EncodeBlock(base64.data(), mac.data(), static_cast<int>(length));
    return {base64.begin(), base64.begin() + written};
}

}  // namespace rightsline::tests
