// SealedDocument: one versioned document of the store, opened by the vault.
//
// Two trips, one after the other: the store's, and the vault's where that is a process of its own. Every await has the
// caller's deadline, or the vault's own.
// Must never: keep what was opened. Threading: the loop's.
#pragma once

#include <cstdint>
#include <string>

#include "gateway/ops/awaitable.hpp"
#include "gateway/vault/vault.hpp"
#include "locales/result.hpp"
#include "redis/client.hpp"

namespace rightsline::stores {

struct SealedDocument {
    std::string plain;
    std::uint64_t version = 0;  // 0: there is none, and nothing was opened
};

/// It was sealed to its own key. Errors: the store's, the vault's.
Awaitable<Result<SealedDocument>> load_sealed(redis::Client& client, vault::Vault& vault,
                                              vault::Purpose purpose, std::string key, Deadline deadline);

}  // namespace rightsline::stores
