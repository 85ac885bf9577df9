// Mailbox: the key pair of one case, whose private half only the worker's receipt code opens.
//
// A reply that waits for its worker is sealed to the public half exactly as a part is sealed to a circle (circle.hpp:
// sealed box, padded to 256/1024/4096 bytes, bound to a context). Beside it stands the private half, locked:
//
//   version 1 | algorithm 5 | key id 8 | public key 32 | salt 16 | nonce 24 | XChaCha20-Poly1305 of the private key 48
//
// The lock's key is BLAKE2b-256, keyed with the opener, of "rightsline mailbox 1" and the mailbox's own salt; all before
// the nonce is associated data. The opener is the second half of the code's one Argon2id (receipt_code.hpp), so that
// making or opening a mailbox costs no second one: who has the store, the configuration and every key of the server has
// to guess codes at that price, as for the code's index. tests/data/mailbox-vectors.json holds both ends to it.
// Must never: be opened but for the worker who just gave the code. Threading: values.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "gateway/vault/circle.hpp"
#include "gateway/vault/secret_bytes.hpp"
#include "locales/result.hpp"

namespace rightsline::vault {

using MailboxPublicKey = std::array<std::uint8_t, 32>;
inline constexpr std::size_t mailbox_bytes = 2 + 8 + 32 + 16 + 24 + 48;

/// What chance decides of a mailbox; tests and vectors give it.
struct MailboxDraw {
    SecretBytes scalar{32};
    std::array<std::uint8_t, 16> salt{};
    std::array<std::uint8_t, 24> nonce{};
};
MailboxDraw fresh_mailbox();

/// The mailbox as it is stored.
std::string lock_mailbox(const SecretBytes& opener, const MailboxDraw& draw);
/// The public half of a stored mailbox. Errors: errc::sealed_otherwise (it is none, or its key is unsound).
Result<MailboxPublicKey> mailbox_key(std::string_view stored);
/// The private half. Errors: errc::sealed_otherwise (another code's, or it was changed).
Result<CirclePrivateKey> open_mailbox(std::string_view stored, const SecretBytes& opener);

/// Seals `plain` to a mailbox. Throws std::logic_error for a key that mailbox_key() would refuse.
std::string seal_to_mailbox(const MailboxPublicKey& key, std::string_view context, std::string_view plain);
/// The first bytes of BLAKE2b of the key: what a sealed reply names.
std::array<std::uint8_t, 8> mailbox_id(const MailboxPublicKey& key);

}  // namespace rightsline::vault
