#include "gateway/cli/keys/house_keys.hpp"

#include "gateway/cli/keep/as_owner.hpp"
#include "gateway/ops/wait_for.hpp"
#include "gateway/vault/error.hpp"
#include "gateway/vault/local_vault.hpp"
#include "gateway/vault/remote_home.hpp"

namespace rightsline::cli {
namespace {

using namespace std::chrono_literals;

constexpr auto borrowing_budget = 5s;

}  // namespace

Result<vault::Keys> keys_on_server(const std::string& keys_dir) {
    const AsOwner owner(keys_dir);
    Result<vault::Keys> all = vault::Keys::load(keys_dir);
    if (all || all.error() != vault::make_error_code(vault::errc::no_key_file)) {
        return all;
    }
    Result<vault::Keys> rest = vault::Keys::load_without_home(keys_dir);
    const bool in_use =
        rest && !rest->audits().empty();  // made here once, and the home keys moved to the vault
    return in_use ? rest : all;
}

Result<House> open_house(boost::asio::io_context& loop, const ops::Clock& clock, const std::string& keys_dir,
                         const std::string& vault_socket) {
    if (vault_socket.empty()) {
        const Result<vault::Keys> all =
            as_owner_of(keys_dir, [&keys_dir] { return vault::Keys::load(keys_dir); });
        return all ? Result<House>(House{*all, vault::make_vault(*all)}) : Result<House>(all.error());
    }
    const Result<vault::Keys> keys = keys_on_server(keys_dir);
    if (!keys) {
        return keys.error();
    }
    std::unique_ptr<vault::RemoteHome> home =
        vault::make_remote_home(loop.get_executor(), clock, vault_socket);
    Result<vault::LentKeys> lent = ops::wait_for(loop, home->borrow(clock.in(borrowing_budget)));
    if (!lent) {
        return lent.error();
    }
    home->close();  // what commands read, they open with what was lent
    return House{*keys, vault::make_vault(std::move(*lent), std::move(home), keys->epochs())};
}

}  // namespace rightsline::cli
