// vault: the home keys in a process of their own, under a user of their own, behind a unix socket.
//
// Runs until SIGTERM or SIGINT. No core dump, no tracing, all memory locked where the machine allows it. Must never: read the
// server's configuration, which is another user's. Exit codes: 0; 2 a user that there is not; 69 the socket cannot be listened
// on; 78 the keys or the count of the day. Threading: one loop, one thread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace rightsline::cli {

struct VaultOptions {
    std::string keys_dir = "/etc/rightsline/vault-keys";  // pepper, number and state keys
    std::string socket = "/run/rightsline-vault/vault.sock";
    std::string state_dir = "/var/lib/rightsline-vault";  // the count of the day
    std::vector<std::string> users;                       // who is answered, beside root and its own user
    std::uint64_t names = 100'000;                        // a day: phones that are named,
    std::uint64_t numbers = 1'000;                        // numbers of cases that are opened,
    std::uint64_t replies = 20'000;                       // messages to workers that are opened
};

int run_vault(const VaultOptions& options);

}  // namespace rightsline::cli
