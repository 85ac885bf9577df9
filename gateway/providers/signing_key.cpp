#include "gateway/providers/signing_key.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace rightsline::providers {
namespace {

constexpr std::size_t most_keys = 16;  // tokens in use at once: accounts, times two while one is rotated

const unsigned char* bytes(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

struct FreeContext {
    void operator()(EVP_MAC_CTX* context) const { EVP_MAC_CTX_free(context); }
};
using Context = std::unique_ptr<EVP_MAC_CTX, FreeContext>;

Context prepare(std::string_view token, Digest digest) {
    EVP_MAC* const hmac = EVP_MAC_fetch(nullptr, "HMAC", nullptr);
    Context context(EVP_MAC_CTX_new(hmac));
    EVP_MAC_free(hmac);  // the context holds its own reference
    std::string name = digest == Digest::sha1 ? "SHA1" : "SHA256";
    const std::array parameters{OSSL_PARAM_construct_utf8_string("digest", name.data(), 0),
                                OSSL_PARAM_construct_end()};
    // An empty key would mean "the key of before", of which there is none; configuration refuses empty
    // tokens.
    if (context == nullptr || token.empty() ||
        EVP_MAC_init(context.get(), bytes(token), token.size(), parameters.data()) != 1) {
        throw std::logic_error("an auth token that cannot be a key");
    }
    return context;
}

}  // namespace

struct SigningKeys::Key {
    std::string token;
    Context context;
    ~Key() { OPENSSL_cleanse(token.data(), token.size()); }
};

SigningKeys::SigningKeys(Digest digest) : digest_(digest) {}
SigningKeys::~SigningKeys() = default;

SigningKeys::Key& SigningKeys::key_of(std::string_view token) {
    for (const std::unique_ptr<Key>& key : keys_) {
        if (same_in_constant_time(key->token, token)) {
            return *key;
        }
    }
    if (keys_.size() == most_keys) {
        keys_.erase(keys_.begin());
    }
    keys_.push_back(std::make_unique<Key>(std::string(token), prepare(token, digest_)));
    return *keys_.back();
}

std::string SigningKeys::mac(std::string_view token, std::string_view message) {
    EVP_MAC_CTX* const context = key_of(token).context.get();
    std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
    std::size_t length = 0;
    // Without a key, init starts again with the pads that are there.
    if (EVP_MAC_init(context, nullptr, 0, nullptr) != 1 ||
        EVP_MAC_update(context, bytes(message), message.size()) != 1 ||
        EVP_MAC_final(context, out.data(), &length, out.size()) != 1) {
        throw std::runtime_error("OpenSSL cannot compute a MAC");
    }
    return {reinterpret_cast<const char*>(out.data()), length};
}

std::string base64(std::string_view raw) {
    std::string text((raw.size() + 2) / 3 * 4 + 1, '\0');
    const int length = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), bytes(raw),
                                       static_cast<int>(raw.size()));
    text.resize(static_cast<std::size_t>(length));
    return text;
}

std::string hex(std::string_view raw) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(raw.size() * 2);
    for (const char c : raw) {
        const auto value = static_cast<unsigned char>(c);
        text += digits[value >> 4U];
        text += digits[value & 0xFU];
    }
    return text;
}

std::string sha256_hex(std::string_view raw) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
    unsigned length = 0;
    if (EVP_Digest(raw.data(), raw.size(), out.data(), &length, EVP_sha256(), nullptr) != 1) {
        throw std::runtime_error("OpenSSL cannot compute a digest");
    }
    return hex({reinterpret_cast<const char*>(out.data()), length});
}

bool same_in_constant_time(std::string_view a, std::string_view b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace rightsline::providers
