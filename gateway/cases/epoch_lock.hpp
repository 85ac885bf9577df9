// Epoch lock: the lock of the month around what a case keeps, put on before it is stored and taken off when it is read.
//
// Whoever writes a part, a note, a reply, a mailbox, a number or the opening of a recording into the store locks it here, in
// the form in which it was sealed (gateway/vault/epoch.hpp). What is read is unlocked on the server, so that a reader gets
// what was sealed and its format knows no months. What was stored before there were months was never locked and is handed
// on as it is; so is what cannot be unlocked here, whether the key of its month is gone or it was locked for another place or
// changed, for one such thing hides no other of the case: who opens it learns that it does not open, and fsck says which of
// the two it is. Must never: unlock for anybody but who asked for the case.
// Threading: the loop's.
#pragma once

#include <string>
#include <vector>

#include "gateway/ops/awaitable.hpp"
#include "gateway/vault/vault.hpp"
#include "locales/result.hpp"

namespace rightsline::cases {

/// Each under `context`: what it was sealed for. Errors: the vault's.
Awaitable<Result<std::vector<std::string>>> lock(vault::Vault& vault, std::string context,
                                                 std::vector<std::string> sealed);
Awaitable<Result<std::string>> lock_one(vault::Vault& vault, std::string context, std::string sealed);

/// The inverse, in their order. Errors: the vault's, where it does not answer.
Awaitable<Result<std::vector<std::string>>> unlock(vault::Vault& vault, std::string context,
                                                   std::vector<std::string> stored);
Awaitable<Result<std::string>> unlock_one(vault::Vault& vault, std::string context, std::string stored);

/// A whole recording as its file has it: only its opening is locked.
Awaitable<Result<std::string>> unlock_recording(vault::Vault& vault, std::string context, std::string stored);

}  // namespace rightsline::cases
