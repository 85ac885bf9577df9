// LockedScalar: a member's private key under a secret that a person knows, as it stands in the member's file.
//
//     version 1 | algorithm 4 | key id (8) | lock 1 | passes 4 | KiB 4 | salt 16 | nonce 24 | ciphertext and tag 48
//
// Numbers are big endian. Key: Argon2id13 of the secret's bytes, 32 bytes, one lane. XChaCha20-Poly1305; everything before
// the nonce and then the member's name are associated data. Every one is 107 bytes, so that nothing varies with what is in
// it. The cost is written in front: a later build may ask for more and still opens these. Must never: try another key than
// the one that is named. Threading: pure functions; some 120 ms and 64 MiB at the house's cost.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "gateway/vault/secret_bytes.hpp"
#include "locales/result.hpp"

namespace rightsline::vault {

struct ArgonCost {
    std::uint32_t passes = 3;
    std::uint32_t memory_kib = 64 * 1024;
};

enum class LockedBy : std::uint8_t { passphrase = 1, recovery_code = 2 };

struct LockPlace {
    std::array<std::uint8_t, 8> id{};  // of the member's key
    std::string_view name;
    LockedBy by = LockedBy::passphrase;
};

/// What is drawn anew for each lock; only vectors name it.
struct LockDraw {
    ArgonCost cost;
    std::array<std::uint8_t, 16> salt{};
    std::array<std::uint8_t, 24> nonce{};
};
LockDraw fresh_lock(ArgonCost cost);

inline constexpr std::size_t locked_scalar_bytes = 2 + 8 + 1 + 4 + 4 + 16 + 24 + 32 + 16;

/// Errors: errc::out_of_memory.
Result<std::string> lock_scalar(const LockPlace& place, std::string_view secret, const SecretBytes& scalar,
                                const LockDraw& draw);
/// Errors: errc::wrong_secret (another secret, or a changed byte), errc::bad_key_file (it is not of our form, not this
/// member's, or its cost is beyond any that we write), errc::out_of_memory.
Result<SecretBytes> unlock_scalar(const LockPlace& place, std::string_view secret, std::string_view locked);

}  // namespace rightsline::vault
