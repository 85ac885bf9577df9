// Blocked: numbers that nobody is woken for, by their keyed ids.
//
// Whoever blocks types the number, and only its keyed id is kept: nobody can list numbers, and a number that was never blocked
// cannot be told from the list. A block takes nothing else from a caller: they report and leave a message as before, for it
// may be a worker's phone that somebody else used. Each is in the audit with its commit.
// Must never: keep or log a number. Threading: the loop's. Owner: who asks.
#pragma once

#include <string>
#include <vector>

#include "gateway/ops/awaitable.hpp"
#include "gateway/ops/clock.hpp"
#include "gateway/vault/vault.hpp"
#include "redis/client.hpp"

namespace rightsline::handoff {

struct BlockedSender {
    std::string id;         // hex, whole
    std::string name;       // what it is called aloud: the beginning of it
    std::int64_t hour = 0;  // when, seconds since 1970
};

class Blocked {
 public:
    static constexpr std::size_t most = 10'000;

    Blocked(redis::Client& redis, vault::Vault& vault, ops::Clock& clock)
        : redis_(redis), vault_(vault), clock_(clock) {}

    /// Its name. Errors: the vault's, the store's, errc::too_many.
    Awaitable<Result<std::string>> block(std::string program, vault::PhoneNumber number, std::string who,
                                         Deadline deadline);
    /// `name`: as list() tells it. Errors: errc::not_blocked, the store's.
    Awaitable<Result<void>> free(std::string program, std::string name, std::string who, Deadline deadline);
    /// The oldest first. Errors: the store's.
    Awaitable<Result<std::vector<BlockedSender>>> list(std::string program, Deadline deadline);

 private:
    redis::Client& redis_;
    vault::Vault& vault_;
    ops::Clock& clock_;
};

}  // namespace rightsline::handoff
