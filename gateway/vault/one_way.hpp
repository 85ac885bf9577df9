// One-way sealing: whoever seals holds no key that opens, not even what it has just sealed. For what holds a worker's number.
//
//     version 1 | algorithm 2 | key id 4 | X25519 public key, of the sealer's for now 32 | step 1 | ciphertext and tag
//
// A sealer draws a pair, makes the shared secret with the home's public key once, forgets its private half, and walks a chain
// of keys from there: BLAKE2b of one link gives a message's key, and the next link, in whose place the one before is wiped.
// After 128 steps it draws another pair. So a seal costs two hashes and one ChaCha20-Poly1305 (its key serves once, its nonce
// is zero), and neither the gateway's memory nor the store opens anything. Head, purpose and the caller's context are
// associated data. Must never: keep a link that was used; open by trial. Threading: a sealer belongs to one thread.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "gateway/vault/keys.hpp"
#include "gateway/vault/vault.hpp"

namespace rightsline::vault {

inline constexpr std::size_t one_way_overhead = 1 + 1 + 4 + 32 + 1 + 16;
inline constexpr unsigned one_way_steps = 128;

/// What seals: it may be known to anybody.
struct OneWayKey {
    std::array<std::uint8_t, 32> bytes{};
    KeyId id() const;
};

/// Whether these bytes were sealed so. What they name is not looked at.
bool is_one_way(std::string_view sealed);

class OneWaySealer {
 public:
    /// Throws std::logic_error for a key that nobody can hold the other half of.
    explicit OneWaySealer(OneWayKey to);
    std::string seal(Purpose purpose, std::string_view context, std::string_view plain);

 private:
    void draw();

    OneWayKey to_;
    std::array<std::uint8_t, 32> drawn_{};
    SecretBytes link_{32};
    unsigned step_ = one_way_steps;
};

class OneWayOpener {
 public:
    /// Its private half is derived from the number key, which keeps its bytes.
    explicit OneWayOpener(const Keys& keys);
    const OneWayKey& key() const { return key_; }
    /// Errors: errc::sealed_otherwise, errc::unknown_key.
    Result<std::string> open(Purpose purpose, std::string_view context, std::string_view sealed) const;

 private:
    SecretBytes scalar_{32};
    OneWayKey key_;
};

}  // namespace rightsline::vault
