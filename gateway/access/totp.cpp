#include "gateway/access/totp.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace rightsline::access {
namespace {

constexpr std::size_t typed_digits = 6;

const unsigned char* bytes(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

bool is_code(std::string_view typed) {
    return typed.size() == typed_digits &&
           std::ranges::all_of(typed, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::string totp_code(std::string_view secret, std::int64_t step, int digits) {
    std::array<unsigned char, 8> counter{};
    auto rest = static_cast<std::uint64_t>(step);
    for (std::size_t i = counter.size(); i-- > 0; rest >>= 8U) {
        counter[i] = static_cast<unsigned char>(rest & 0xFFU);
    }
    std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
    unsigned length = 0;
    if (HMAC(EVP_sha1(), secret.data(), static_cast<int>(secret.size()), counter.data(), counter.size(),
             mac.data(), &length) == nullptr) {
        throw std::runtime_error("OpenSSL cannot compute a MAC");
    }
    const std::size_t at = mac[length - 1] & 0x0FU;  // RFC 4226, 5.3: dynamic truncation
    const std::uint32_t number = (static_cast<std::uint32_t>(mac[at] & 0x7FU) << 24U) |
                                 (static_cast<std::uint32_t>(mac[at + 1]) << 16U) |
                                 (static_cast<std::uint32_t>(mac[at + 2]) << 8U) | mac[at + 3];
    std::string code(static_cast<std::size_t>(digits), '0');
    std::uint32_t left = number;
    for (std::size_t i = code.size(); i-- > 0; left /= 10) {
        code[i] = static_cast<char>('0' + left % 10);
    }
    return code;
}

std::optional<std::int64_t> matching_step(std::string_view secret, std::string_view typed,
                                          std::int64_t now_seconds, std::int64_t last) {
    const bool shaped = is_code(typed);
    const std::string given(shaped ? typed : std::string_view("000000"));
    std::optional<std::int64_t> found;
    for (const std::int64_t off : {-1, 0, 1}) {
        const std::int64_t step = now_seconds / totp_period + off;
        const std::string code = totp_code(secret, step);
        const bool same = CRYPTO_memcmp(code.data(), given.data(), code.size()) == 0;
        found = same && shaped && step > last && !found ? std::optional(step) : found;
    }
    return found;
}

std::string fresh_totp_secret() {
    std::string secret(totp_secret_bytes, '\0');
    if (sodium_init() < 0) {
        throw std::runtime_error("the machine has no source of randomness");
    }
    randombytes_buf(secret.data(), secret.size());
    return secret;
}

std::string to_base32(std::string_view raw) {
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    std::string text;
    std::uint32_t held = 0;
    unsigned bits = 0;
    for (std::size_t i = 0; i < raw.size(); ++i) {
        held = held << 8U | bytes(raw)[i];
        for (bits += 8; bits >= 5; bits -= 5) {
            text += letters[held >> (bits - 5) & 31U];
        }
        held &= (1U << bits) - 1;
    }
    if (bits > 0) {
        text += letters[held << (5 - bits) & 31U];
    }
    return text;
}

std::string otpauth_uri(std::string_view issuer, std::string_view name, std::string_view secret) {
    std::string uri("otpauth://totp/");
    uri.append(issuer).append(":").append(name).append("?secret=").append(to_base32(secret));
    return uri.append("&issuer=").append(issuer);
}

}  // namespace rightsline::access
