#include "gateway/vault/locked_scalar.hpp"

#include <sodium.h>

#include <algorithm>

#include "gateway/vault/error.hpp"

namespace rightsline::vault {
namespace {

constexpr char version = 1;
constexpr char argon2id_xchacha = 4;
constexpr std::size_t place_bytes = 2 + 8 + 1;
constexpr std::size_t salt_at = place_bytes + 4 + 4;
constexpr std::size_t head_bytes = salt_at + crypto_pwhash_SALTBYTES;
constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t scalar_bytes = 32;
static_assert(locked_scalar_bytes ==
              head_bytes + nonce_bytes + scalar_bytes + crypto_aead_xchacha20poly1305_ietf_ABYTES);
// A file that asks for more was not written by us, and would stop the machine of who opens it.
constexpr std::uint32_t most_passes = 16;
constexpr std::uint32_t most_memory_kib = 1024 * 1024;

std::uint8_t* bytes(std::string& text) { return reinterpret_cast<std::uint8_t*>(text.data()); }
const std::uint8_t* bytes(std::string_view text) {
    return reinterpret_cast<const std::uint8_t*>(text.data());
}

std::string place_of(const LockPlace& place) {
    std::string head{version, argon2id_xchacha};
    head.append(place.id.begin(), place.id.end());
    head += static_cast<char>(place.by);
    return head;
}

void put_number(std::string& to, std::uint32_t number) {
    for (const unsigned shift : {24U, 16U, 8U, 0U}) {
        to += static_cast<char>(number >> shift & 0xFFU);
    }
}

std::uint32_t number_at(std::string_view text, std::size_t at) {
    std::uint32_t number = 0;
    for (const char c : text.substr(at, 4)) {
        number = number << 8U | static_cast<std::uint8_t>(c);
    }
    return number;
}

bool is_sane(ArgonCost cost) {
    return cost.passes >= crypto_pwhash_OPSLIMIT_MIN && cost.passes <= most_passes &&
           cost.memory_kib >= crypto_pwhash_MEMLIMIT_MIN / 1024 && cost.memory_kib <= most_memory_kib;
}

/// `head`: with cost and salt. Errors: errc::out_of_memory.
Result<SecretBytes> stretch(std::string_view secret, std::string_view head) {
    SecretBytes key(crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
    const std::size_t memory = std::size_t{number_at(head, place_bytes + 4)} * 1024;
    if (crypto_pwhash(key.data(), key.size(), secret.data(), secret.size(), bytes(head) + salt_at,
                      number_at(head, place_bytes), memory, crypto_pwhash_ALG_ARGON2ID13) != 0) {
        return errc::out_of_memory;
    }
    return key;
}

}  // namespace

LockDraw fresh_lock(ArgonCost cost) {
    ensure_sodium();
    LockDraw draw;
    draw.cost = cost;
    randombytes_buf(draw.salt.data(), draw.salt.size());
    randombytes_buf(draw.nonce.data(), draw.nonce.size());
    return draw;
}

Result<std::string> lock_scalar(const LockPlace& place, std::string_view secret, const SecretBytes& scalar,
                                const LockDraw& draw) {
    std::string locked = place_of(place);
    put_number(locked, draw.cost.passes);
    put_number(locked, draw.cost.memory_kib);
    locked.append(draw.salt.begin(), draw.salt.end());
    const Result<SecretBytes> key = stretch(secret, locked);
    if (!key) {
        return key.error();
    }
    const std::string data = locked + std::string(place.name);
    locked.append(draw.nonce.begin(), draw.nonce.end());
    locked.resize(locked_scalar_bytes);
    crypto_aead_xchacha20poly1305_ietf_encrypt(bytes(locked) + head_bytes + nonce_bytes, nullptr,
                                               scalar.data(), scalar_bytes, bytes(data), data.size(), nullptr,
                                               draw.nonce.data(), key->data());
    return locked;
}

Result<SecretBytes> unlock_scalar(const LockPlace& place, std::string_view secret, std::string_view locked) {
    ensure_sodium();
    if (locked.size() != locked_scalar_bytes || !locked.starts_with(place_of(place)) ||
        !is_sane({number_at(locked, place_bytes), number_at(locked, place_bytes + 4)})) {
        return errc::bad_key_file;
    }
    const std::string_view head = locked.substr(0, head_bytes);
    const Result<SecretBytes> key = stretch(secret, head);
    if (!key) {
        return key.error();
    }
    const std::string data = std::string(head) + std::string(place.name);
    const std::string_view ciphertext = locked.substr(head_bytes + nonce_bytes);
    SecretBytes scalar(scalar_bytes);
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(scalar.data(), nullptr, nullptr, bytes(ciphertext),
                                                   ciphertext.size(), bytes(data), data.size(),
                                                   bytes(locked) + head_bytes, key->data()) != 0) {
        return errc::wrong_secret;
    }
    return scalar;
}

}  // namespace rightsline::vault
