#include "tests/bench/texts.hpp"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <cstdio>
#include <map>

#include "tests/bench/site.hpp"

namespace rightsline::bench {
namespace {

// Español, no danger, then: rights, first lesson group, back to the main menu, more about this line, back.
constexpr std::array<const char*, 3> opening{"hola", "2", "2"};
constexpr std::array<const char*, 6> walk{"1", "1", "MENU", "5", "9x", "MENU"};

std::string sid(const char* kind, std::uint64_t number) {
    char text[40];
    std::snprintf(text, sizeof text, "%s%032llx", kind, static_cast<unsigned long long>(number));
    return text;
}

std::string escaped(const std::string& text) {
    std::string out;
    for (const char c : text) {
        out += c == '+' ? "%2B" : std::string(1, c);
    }
    return out;
}

std::string signature(const std::map<std::string, std::string>& fields) {
    std::string message = std::string(public_url) + "/hooks/main/sms";
    for (const auto& [name, value] : fields) {
        message += name + value;
    }
    std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
    std::array<unsigned char, 64> text{};
    unsigned size = 0;
    const void* bytes = message.data();
    HMAC(EVP_sha1(), auth_token, 32, static_cast<const unsigned char*>(bytes), message.size(), mac.data(),
         &size);
    const int length = EVP_EncodeBlock(text.data(), mac.data(), static_cast<int>(size));
    return {text.begin(), text.begin() + length};
}

std::string request(std::uint64_t worker, std::uint64_t step, std::uint64_t serial) {
    const std::string from = "+1239" + std::to_string(5'550'000 + worker);
    const std::string message = sid("SM", serial);
    const char* words = step < opening.size() ? opening[step] : walk[(step - opening.size()) % walk.size()];
    const std::map<std::string, std::string> fields{{"AccountSid", account_sid},
                                                    {"ApiVersion", "2010-04-01"},
                                                    {"Body", words},
                                                    {"From", from},
                                                    {"FromCity", "IMMOKALEE"},
                                                    {"FromCountry", "US"},
                                                    {"FromState", "FL"},
                                                    {"FromZip", "34142"},
                                                    {"MessageSid", message},
                                                    {"NumMedia", "0"},
                                                    {"NumSegments", "1"},
                                                    {"SmsMessageSid", message},
                                                    {"SmsSid", message},
                                                    {"SmsStatus", "received"},
                                                    {"To", line_number},
                                                    {"ToCity", ""},
                                                    {"ToCountry", "US"},
                                                    {"ToState", ""},
                                                    {"ToZip", ""}};
    std::string body;
    for (const auto& [name, value] : fields) {
        body += (body.empty() ? "" : "&") + name + "=" + escaped(value);
    }
    return "POST /hooks/main/sms HTTP/1.1\r\nHost: hotline.example.org\r\nUser-Agent: TwilioProxy/1.1\r\n"
           "Accept: */*\r\nI-Twilio-Idempotency-Token: 7a5f3bd8-0c7e-4f0d-9a3b-2a2f6f1f0d11\r\n"
           "Content-Type: application/x-www-form-urlencoded; charset=utf-8\r\nX-Twilio-Signature: " +
           signature(fields) + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

}  // namespace

std::vector<std::string> Texts::next(unsigned count) {
    std::vector<std::string> all;
    all.reserve(count);
    for (unsigned i = 0; i < count; ++i, ++sent_) {
        all.push_back(request(sent_ % workers_, sent_ / workers_, sent_));
    }
    return all;
}

}  // namespace rightsline::bench
