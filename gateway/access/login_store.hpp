// LoginStore: who is logged in, under the hash of their token, sealed.
//
// A login is over after twenty minutes without a request, after ten hours, when it is ended, and when its user is disabled
// or reset. Its early loss only means to log in again, so it may stand under Redis' own clock, too.
// Must never: keep a token. Threading: the loop's. Owner: the composition root.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "gateway/ops/awaitable.hpp"
#include "gateway/ops/clock.hpp"
#include "gateway/stores/keyspace.hpp"
#include "gateway/vault/vault.hpp"
#include "redis/client.hpp"
#include "redis/transaction.hpp"

namespace rightsline::access {

inline constexpr std::chrono::minutes idle_limit{20};
inline constexpr std::chrono::hours absolute_limit{10};
inline constexpr std::chrono::seconds seen_every{60};  // an older "seen" is written anew
inline constexpr std::size_t most_logins = 10;         // of one user; the oldest goes

struct Login {
    std::string hash;  // of its token
    std::string user;
    std::uint64_t generation = 0;  // the user's
    ops::UtcMs made{};
    ops::UtcMs seen{};
    bool cookie = true;       // a browser's; else a tool's
    std::int64_t before = 0;  // seconds: when the user last logged in before this; 0 = never

    std::string id() const { return hash.substr(0, 16); }  // how a list names it; it lets nobody in
    ops::UtcMs end() const { return made + absolute_limit; }
    bool holds(ops::UtcMs now) const {
        return now < end() && now - seen <= idle_limit && now - made >= std::chrono::seconds(-60);
    }
};

class LoginStore {
 public:
    LoginStore(redis::Client& client, vault::Vault& vault, ops::Clock& clock)
        : client_(client), vault_(vault), clock_(clock) {}

    /// Errors: errc::no_login, the store's.
    Awaitable<Result<Login>> find(std::string hash, Deadline deadline);
    struct OfUser {
        std::vector<Login> held;        // the newest first
        std::vector<std::string> over;  // hashes of those that ended by themselves
    };
    /// Errors: the store's.
    Awaitable<Result<OfUser>> of_user(std::string user, Deadline deadline);
    /// It was seen now. One that was ended meanwhile stays ended. Errors: the store's.
    Awaitable<Result<void>> touch(Login login, Deadline deadline);

    /// The writes that begin it. Errors: the vault's.
    Awaitable<Result<std::vector<redis::Write>>> beginning(Login login);
    static void add_ending(std::vector<redis::Write>& writes, const std::string& user,
                           const std::string& hash);

 private:
    Awaitable<Result<Login>> open(std::string hash, std::string sealed);
    redis::Write kept(const Login& login, std::string sealed) const;

    redis::Client& client_;
    vault::Vault& vault_;
    ops::Clock& clock_;
};

}  // namespace rightsline::access
