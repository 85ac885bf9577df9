#include "gateway/access/password.hpp"

#include <sodium.h>

#include <algorithm>

namespace rightsline::access {
namespace {

constexpr unsigned long long passes = 3;
constexpr std::size_t memory = 64U << 20U;

/// A byte that begins a character of UTF-8.
bool begins_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }

}  // namespace

std::optional<std::string> weakness_of(std::string_view password) {
    const auto characters = std::ranges::count_if(password, begins_character);
    if (static_cast<std::size_t>(characters) < least_password) {
        return "A password has at least 12 characters. Four words that do not belong together are easy to "
               "keep.";
    }
    if (password.size() > most_password_bytes) {
        return "A password has at most 256 bytes.";
    }
    return std::nullopt;
}

std::optional<std::string> hash_password(const locales::PrivateText& password) {
    char out[crypto_pwhash_STRBYTES];
    const std::string& typed = password.reveal();
    if (sodium_init() < 0 || crypto_pwhash_str_alg(out, typed.data(), typed.size(), passes, memory,
                                                   crypto_pwhash_ALG_ARGON2ID13) != 0) {
        return std::nullopt;
    }
    return std::string(out);
}

bool is_right(const std::string& hash, const locales::PrivateText& password) {
    const std::string& typed = password.reveal();
    return hash.size() < crypto_pwhash_STRBYTES &&
           crypto_pwhash_str_verify(hash.c_str(), typed.data(), typed.size()) == 0;
}

const std::string& nobodys_hash() {
    static const std::string hash =
        "$argon2id$v=19$m=65536,t=3,p=1$4ywhZIMn46zz3JV/QNDyLw$c21ohAP01WdGUKtjXaSLCUqDy0kPKxMvreA54Sg+uSg";
    return hash;
}

}  // namespace rightsline::access
