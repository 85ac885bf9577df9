// Blob: sealed bytes as they stand in the store.
//
//     version 1 | algorithm 1 (XChaCha20-Poly1305) | key id (4) | nonce (24) | ciphertext and tag
//
// Ciphertext and tag are 16 bytes longer than the plain bytes. The head, the purpose and the caller's context
// are associated data: a blob opens only where it was sealed for.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "gateway/vault/keys.hpp"
#include "gateway/vault/vault.hpp"

namespace rightsline::vault {

inline constexpr std::size_t blob_overhead = 1 + 1 + 4 + 24 + 16;

std::string seal_blob(const SecretKey& key, Purpose purpose, std::string_view context,
                      std::string_view plain);

/// The key is found by the id that the blob names, never by trying.
/// Errors: errc::sealed_otherwise, errc::unknown_key.
Result<std::string> open_blob(std::span<const SecretKey> keys, Purpose purpose, std::string_view context,
                              std::string_view sealed);

}  // namespace rightsline::vault
