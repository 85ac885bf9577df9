// KeyedNames: keyed BLAKE2b of 16 bytes (key of the kind, canonical bytes), with the key already taken in.
//
// Each IdKind has a key of its own, derived from the pepper, so that equal bytes of two kinds have unrelated
// names. Threading: immutable; name() may run on any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "gateway/vault/keys.hpp"
#include "gateway/vault/vault.hpp"

namespace rightsline::vault {

/// The key of one kind.
struct NameKey {
    IdKind kind;
    SecretBytes bytes;
};
NameKey name_key(const Keys& keys, IdKind kind);

class KeyedNames {
 public:
    /// Of every kind.
    explicit KeyedNames(const Keys& keys);
    /// Of these kinds alone: to name another is a bug, and ends the process.
    explicit KeyedNames(std::span<const NameKey> keys);
    KeyedId name(IdKind kind, std::string_view canonical) const;

 private:
    SecretBytes begun_;        // one hash state per kind that has taken its key: as secret as the keys
    std::uint32_t kinds_ = 0;  // a bit for each that has
};

}  // namespace rightsline::vault
