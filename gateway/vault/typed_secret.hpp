// TypedSecret: what a member typed and nobody else may see, in locked memory that is wiped when let go.
//
// Its bytes are UTF-8 as the terminal gave them, composed (NFC) as keyboards send them. Must never: be copied, logged,
// or taken from a flag or the environment. Threading: a plain value.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "gateway/vault/secret_bytes.hpp"

namespace rightsline::vault {

class TypedSecret {
 public:
    static constexpr std::size_t most = 256;

    TypedSecret() : bytes_(most) {}
    /// For tests and vectors.
    explicit TypedSecret(std::string_view text);

    /// false: it is full, and the byte was not taken.
    bool push(char c);
    std::string_view view() const { return {reinterpret_cast<const char*>(bytes_.data()), size_}; }
    std::size_t size() const { return size_; }
    /// In constant time for texts of one length.
    bool same_as(const TypedSecret& other) const;

 private:
    SecretBytes bytes_;
    std::size_t size_ = 0;
};

inline constexpr std::size_t least_characters = 16;

/// Why a passphrase is too easy to guess, as a sentence for the one who chose it; nothing when it will do. A thief of the
/// file tries some ten guesses a second on each core that they rent. `name`: the member's, which must not carry it.
std::optional<std::string> weakness_of(const TypedSecret& passphrase, std::string_view name);

}  // namespace rightsline::vault
