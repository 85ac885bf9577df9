// LentKeys: what the home lends a gateway at start. A closed list, and nothing on it opens or names a worker's number.
//
//     name keys of event, call, step, receipt    not of phone and limit: who has these tries every number of a country
//     the salt of receipt codes, the key of the spool, the key of logins, the state keys
//     the public half that numbers are sealed to
//
// The same list whether the home is in this process or in one of its own. Must never: be written to a disk or a log; grow by
// a key without a look at what a thief of the gateway's memory would do with it. Threading: values; immutable once made.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "gateway/vault/keyed_names.hpp"
#include "gateway/vault/keys.hpp"
#include "gateway/vault/one_way.hpp"

namespace rightsline::vault {

struct LentKeys {
    std::vector<NameKey> names;
    SecretBytes receipt_salt{32};
    SecretKey spool;
    SecretKey login;
    SecretKey audience;
    std::vector<SecretKey> states;  // oldest first; the last one seals. Never empty
    OneWayKey numbers;
};

LentKeys lend(const Keys& keys);

/// For the vault's socket alone: wipe it afterwards.
std::string to_bytes(const LentKeys& lent);
/// Errors: errc::bad_frame.
Result<LentKeys> parse_lent(std::string_view bytes);

}  // namespace rightsline::vault
