#include "gateway/vault/mailbox.hpp"

#include <sodium.h>

#include <algorithm>
#include <memory>

#include "gateway/vault/circle_secret.hpp"
#include "gateway/vault/error.hpp"

namespace rightsline::vault {
namespace {

constexpr char argon2id_half = 5;
constexpr std::size_t key_at = circle_head_bytes;
constexpr std::size_t salt_at = key_at + std::tuple_size_v<MailboxPublicKey>;
constexpr std::size_t nonce_at = salt_at + 16;
constexpr std::size_t box_at = nonce_at + crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t scalar_bytes = 32;
static_assert(mailbox_bytes == box_at + scalar_bytes + crypto_aead_xchacha20poly1305_ietf_ABYTES);

std::uint8_t* bytes(std::string& text) { return reinterpret_cast<std::uint8_t*>(text.data()); }
const std::uint8_t* bytes(std::string_view text) {
    return reinterpret_cast<const std::uint8_t*>(text.data());
}

CirclePublicKey as_circle(const MailboxPublicKey& key) { return {"mailbox", 1, key}; }

SecretBytes lock_key(const SecretBytes& opener, std::string_view salt) {
    static constexpr std::string_view purpose = "rightsline mailbox 1";
    SecretBytes key(crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
    crypto_generichash_state state;
    crypto_generichash_init(&state, opener.data(), opener.size(), key.size());
    crypto_generichash_update(&state, bytes(purpose), purpose.size());
    crypto_generichash_update(&state, bytes(salt), salt.size());
    crypto_generichash_final(&state, key.data(), key.size());
    sodium_memzero(&state, sizeof state);
    return key;
}

}  // namespace

MailboxDraw fresh_mailbox() {
    ensure_sodium();
    MailboxDraw draw;
    MailboxPublicKey key{};
    crypto_box_keypair(key.data(), draw.scalar.data());
    randombytes_buf(draw.salt.data(), draw.salt.size());
    randombytes_buf(draw.nonce.data(), draw.nonce.size());
    return draw;
}

std::string lock_mailbox(const SecretBytes& opener, const MailboxDraw& draw) {
    MailboxPublicKey key{};
    crypto_scalarmult_base(key.data(), draw.scalar.data());
    std::string stored = circle_head(as_circle(key), argon2id_half);
    stored.append(key.begin(), key.end());
    stored.append(draw.salt.begin(), draw.salt.end());
    const SecretBytes lock = lock_key(opener, std::string_view(stored).substr(salt_at));
    const std::string data = stored;
    stored.append(draw.nonce.begin(), draw.nonce.end());
    stored.resize(mailbox_bytes);
    crypto_aead_xchacha20poly1305_ietf_encrypt(bytes(stored) + box_at, nullptr, draw.scalar.data(),
                                               scalar_bytes, bytes(data), data.size(), nullptr,
                                               draw.nonce.data(), lock.data());
    return stored;
}

Result<MailboxPublicKey> mailbox_key(std::string_view stored) {
    if (stored.size() != mailbox_bytes) {
        return errc::sealed_otherwise;
    }
    MailboxPublicKey key{};
    std::copy_n(bytes(stored) + key_at, key.size(), key.begin());
    if (!stored.starts_with(circle_head(as_circle(key), argon2id_half)) || !is_sound_key(key)) {
        return errc::sealed_otherwise;
    }
    return key;
}

Result<CirclePrivateKey> open_mailbox(std::string_view stored, const SecretBytes& opener) {
    const Result<MailboxPublicKey> key = mailbox_key(stored);
    if (!key) {
        return key.error();
    }
    const std::string_view data = stored.substr(0, nonce_at);
    const SecretBytes lock = lock_key(opener, data.substr(salt_at));
    const std::string_view box = stored.substr(box_at);
    auto secret = std::make_unique<CirclePrivateKey::Secret>();
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(secret->scalar.data(), nullptr, nullptr, bytes(box),
                                                   box.size(), bytes(data), data.size(),
                                                   bytes(stored) + nonce_at, lock.data()) != 0) {
        return errc::sealed_otherwise;
    }
    secret->circle = as_circle(*key);
    return CirclePrivateKey(std::move(secret));
}

std::string seal_to_mailbox(const MailboxPublicKey& key, std::string_view context, std::string_view plain) {
    return seal_to_circle(as_circle(key), context, plain);
}

std::array<std::uint8_t, 8> mailbox_id(const MailboxPublicKey& key) { return as_circle(key).id(); }

}  // namespace rightsline::vault
