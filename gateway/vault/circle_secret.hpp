// The inside of CirclePrivateKey, shared by the files that read, open and stream. Not for other rooms.
//
// The scalar lives in locked memory and is wiped with it. A case's mailbox (mailbox.hpp) is such a key, too: the server has
// it while a worker reads who just gave the code. Must never: be included outside gateway/vault; the server never has a
// circle's. Threading: immutable after it was read.
#pragma once

#include <span>

#include "gateway/vault/circle.hpp"
#include "gateway/vault/secret_bytes.hpp"

namespace rightsline::vault {

struct CirclePrivateKey::Secret {
    SecretBytes scalar{32};
    CirclePublicKey circle;
};

inline constexpr char circle_version = 1;
inline constexpr char sealed_box = 2;     // algorithm of a part
inline constexpr char sealed_stream = 3;  // algorithm of a recording
inline constexpr std::size_t circle_head_bytes = 2 + 8;

/// Not of small order: sealed to such a key, a box could be read by anybody.
bool is_sound_key(const std::array<std::uint8_t, 32>& key);

/// version | algorithm | key id
std::string circle_head(const CirclePublicKey& circle, char algorithm);
/// BLAKE2b-256 over head and context: binds a sealed thing to where it belongs.
std::array<std::uint8_t, 32> bind_context(std::string_view head, std::string_view context);
/// Whether `sealed` starts with the head of this circle. Errors: errc::sealed_otherwise, errc::unknown_key.
Result<void> check_head(const CirclePublicKey& circle, char algorithm, std::string_view sealed);
/// A libsodium sealed box around `plain`. Throws std::logic_error for a key that parse_public_key() would
/// refuse.
std::string seal_box(const CirclePublicKey& circle, std::span<const std::uint8_t> plain);

}  // namespace rightsline::vault
