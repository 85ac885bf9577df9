// PrivateKeys: what opens sealed things, for as long as one command lasts.
//
// Either a plain private key (the demo's, and those of `key init`), or the shares of a circle with a member's key, whose
// passphrase is asked for. A file that others may read is refused; what is wrong is said on stderr, in words. Must never:
// copy a key anywhere. Threading: one command per process.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gateway/cli/terminal.hpp"
#include "gateway/vault/circle.hpp"

namespace rightsline::cli {

struct KeyFiles {
    std::string key;                  // a plain private key; with a member, one more beside the shares
    std::string member;               // NAME.member
    std::vector<std::string> shares;  // CIRCLE.N.shares, one for each version
};

struct PrivateKeys {
    std::vector<vault::CirclePrivateKey> keys;  // never empty when code is 0
    int code = 0;                               // the exit code, when they could not be opened

    /// The one that opens `sealed`; the first, whose refusal then says why, when none does.
    const vault::CirclePrivateKey& for_sealed(std::string_view sealed, vault::SealedForm form) const;
};

/// Exit codes: 2 a member without shares or the other way round, or no terminal; 65 a file or the passphrase.
PrivateKeys read_private_keys(const KeyFiles& files, Terminal& terminal);

}  // namespace rightsline::cli
