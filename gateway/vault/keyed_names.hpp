// KeyedNames: keyed BLAKE2b of 16 bytes (key of the kind, canonical bytes), with the key already taken in.
//
// Each IdKind has a key of its own, derived from the pepper, so that equal bytes of two kinds have unrelated
// names. Threading: immutable; name() may run on any thread.
#pragma once

#include <string_view>

#include "gateway/vault/keys.hpp"
#include "gateway/vault/vault.hpp"

namespace rightsline::vault {

class KeyedNames {
 public:
    explicit KeyedNames(const Keys& keys);
    KeyedId name(IdKind kind, std::string_view canonical) const;

 private:
    SecretBytes begun_;  // one hash state per kind that has taken its key: as secret as the keys
};

}  // namespace rightsline::vault
