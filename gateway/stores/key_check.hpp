// Key check: whether the keys in hand are those that the store was written with.
//
// The first start leaves a value that only these keys name and open; every later start must be able to. With other keys
// each worker would be a stranger, no number would open its report, and conversations could not be read: a server that
// went on would lose what is told in them. Must never: hold a key. Threading: the loop's.
#pragma once

#include <string>

#include "gateway/ops/awaitable.hpp"
#include "gateway/vault/vault.hpp"
#include "redis/client.hpp"

namespace rightsline::stores {

/// What these keys call themselves: of a store, it says whose it is without saying more. Errors: the vault's.
Awaitable<Result<std::string>> name_of_keys(vault::Vault& vault);

/// Errors: errc::other_keys; the store's.
Awaitable<Result<void>> check_keys(redis::Client& client, vault::Vault& vault, std::string program,
                                   redis::Deadline deadline);

}  // namespace rightsline::stores
