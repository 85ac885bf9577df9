// House keys: the server's keys as a command on its machine finds them, whole or with the home behind the vault's socket.
//
// Keys are read as the owner of their folder. Blocking; must never: be called on a loop. Threading: one command. Owner: it.
#pragma once

#include <boost/asio/io_context.hpp>
#include <memory>
#include <string>

#include "gateway/ops/clock.hpp"
#include "gateway/vault/keys.hpp"
#include "gateway/vault/vault.hpp"
#include "locales/result.hpp"

namespace rightsline::cli {

/// The keys in the folder; of one whose home keys a vault's process has, the others: circles and the audit's.
/// Errors: as vault::Keys::load.
Result<vault::Keys> keys_on_server(const std::string& keys_dir);

struct House {
    vault::Keys keys;
    std::unique_ptr<vault::Vault> vault;
};
/// `vault_socket`: "" = the home keys lie in `keys_dir`. The vault must go before `loop` and `clock` do.
/// Errors: as vault::Keys::load, vault::errc::away.
Result<House> open_house(boost::asio::io_context& loop, const ops::Clock& clock, const std::string& keys_dir,
                         const std::string& vault_socket);

}  // namespace rightsline::cli
