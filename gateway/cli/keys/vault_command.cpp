#include "gateway/cli/keys/vault_command.hpp"

#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <csignal>
#include <filesystem>
#include <iostream>
#include <optional>
#include <set>

#include "gateway/ops/log.hpp"
#include "gateway/ops/supervise.hpp"
#include "gateway/vault/error.hpp"
#include "gateway/vault/harden.hpp"
#include "gateway/vault/vault_server.hpp"

namespace rightsline::cli {
namespace {

constexpr int usage = 2;
constexpr int unavailable = 69;
constexpr int misconfigured = 78;

void harden_aloud() {
    if (!vault::harden_process()) {
        std::cerr << "Core dumps or tracing could not be switched off for this process.\n";
    }
    if (!vault::lock_all_memory()) {
        std::cerr << "Memory could not be locked, so that it may reach a swap disk: allow more with "
                     "LimitMEMLOCK=infinity (systemd) or ulimit -l. Keys themselves are locked one by one.\n";
    }
}

/// Nothing: one of them is no user of this machine, which was said.
std::optional<std::set<long>> uids_of(const std::vector<std::string>& users) {
    std::set<long> uids{0, static_cast<long>(::geteuid())};  // root reads the keys anyway
    for (const std::string& user : users) {
        const passwd* found = ::getpwnam(user.c_str());
        if (found == nullptr) {
            std::cerr << "--user " << user << ": there is no such user on this machine.\n";
            return std::nullopt;
        }
        uids.insert(static_cast<long>(found->pw_uid));
    }
    return uids;
}

std::optional<vault::Keys> keys_aloud(const std::string& folder) {
    const Result<vault::Keys> keys = vault::Keys::load_only_home(folder);
    if (!keys) {
        std::cerr
            << folder << ": " << keys.error().message()
            << ". Here belong pepper.key, number.key and state.N.key, owned by the vault's user, 0600, in a "
               "folder of 0700: runbook, \"The vault in its own process\".\n";
        return std::nullopt;
    }
    return *keys;
}

std::optional<vault::UsedOnDay> count_aloud(const std::string& folder, const std::string& path) {
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    const Result<vault::UsedOnDay> used = vault::read_used(path);
    if (!used) {
        std::cerr << path << ": " << used.error().message()
                  << ". If the disk did that, delete the file: the count of today begins anew.\n";
        return std::nullopt;
    }
    if (!vault::keep_used(path, *used)) {
        std::cerr << path << ": " << vault::make_error_code(vault::errc::cannot_keep_count).message()
                  << ". Is --state-dir the vault's user's, and is there room?\n";
        return std::nullopt;
    }
    return *used;
}

int serve(const VaultOptions& options, const vault::Keys& keys, vault::UsedOnDay used, std::set<long> uids) {
    boost::asio::io_context loop(1);
    const ops::SystemClock clock;
    vault::Quota quota({options.names, options.numbers, options.replies}, used, clock,
                       [path = options.state_dir + "/used"](const vault::UsedOnDay& now) {
                           return vault::keep_used(path, now);
                       });
    vault::VaultDesk desk(keys, quota);
    ops::Supervisor tasks(loop.get_executor());
    vault::VaultServer server(loop.get_executor(), tasks, clock, desk, {options.socket, std::move(uids)});
    if (!server.listen()) {
        std::cerr
            << options.socket
            << ": cannot listen here. Is its folder there and the vault's user's, or does another vault "
               "listen?\n";
        return unavailable;
    }
    boost::asio::signal_set ending(loop, SIGTERM, SIGINT);
    ending.async_wait([&](const boost::system::error_code&, int) {
        server.close();
        loop.stop();  // an answer that is under way is asked for again: nothing is lost with it
    });
    ops::log(ops::Level::info, "vault_started", {{"used_percent", desk.used_percent()}});
    loop.run();
    ops::log(ops::Level::info, "vault_stopped");
    return 0;
}

}  // namespace

int run_vault(const VaultOptions& options) {
    std::signal(SIGPIPE, SIG_IGN);
    ::umask(077);
    harden_aloud();
    std::optional<std::set<long>> uids = uids_of(options.users);
    if (!uids) {
        return usage;
    }
    const std::optional<vault::Keys> keys = keys_aloud(options.keys_dir);
    const std::optional<vault::UsedOnDay> used =
        keys ? count_aloud(options.state_dir, options.state_dir + "/used") : std::nullopt;
    if (!used) {
        return misconfigured;
    }
    const ops::LogSession session(ops::LogOptions{});
    return serve(options, *keys, *used, std::move(*uids));
}

}  // namespace rightsline::cli
