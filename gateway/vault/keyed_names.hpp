// KeyedNames: HMAC-SHA-256(key of the kind, canonical bytes)[:16], with the key's pads kept ready.
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
    SecretBytes pads_;  // one HMAC state per kind: as secret as the keys
};

}  // namespace rightsline::vault
