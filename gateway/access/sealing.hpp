// seal, unseal: one text about users and logins under the vault's key for them.
//
// Private to the room, and to the API's kept answers and places in lists. `context`: the key in the store that it stands under, so that what is
// moved to another place does not open. Threading: the loop's.
#pragma once

#include <string>

#include "gateway/ops/awaitable.hpp"
#include "gateway/vault/vault.hpp"

namespace rightsline::access {

Awaitable<Result<std::string>> seal(vault::Vault& vault, std::string context, std::string plain);
/// Errors: errc::damaged: another key's, or changed.
Awaitable<Result<std::string>> unseal(vault::Vault& vault, std::string context, std::string sealed);

}  // namespace rightsline::access
