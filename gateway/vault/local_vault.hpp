// make_vault: the vault in this process. Later issues put the same interface behind a socket.
//
// Threading: one executor; nothing in it ever waits.
#pragma once

#include <memory>

#include "gateway/vault/keys.hpp"
#include "gateway/vault/vault.hpp"

namespace rightsline::vault {

std::unique_ptr<Vault> make_vault(Keys keys);

}  // namespace rightsline::vault
