// UserStore: the users of this server, sealed by the vault, each change in one commit with its entry in the audit.
//
// A user is one versioned document: of two who change it at once the slower is told so. Disabling and resetting begin a new
// generation, with which every login of before is over at that moment, whatever is left of it in the store.
// The acts stand in the audit of ":server", for a user is of no one program.
// Must never: keep a user unsealed, or change one without an entry. Threading: the loop's. Owner: the composition root.
#pragma once

#include <string>
#include <vector>

#include "gateway/access/user.hpp"
#include "gateway/audit/entry.hpp"
#include "gateway/ops/awaitable.hpp"
#include "gateway/ops/clock.hpp"
#include "gateway/stores/keyspace.hpp"
#include "gateway/vault/vault.hpp"
#include "redis/client.hpp"
#include "redis/transaction.hpp"

namespace rightsline::access {

inline constexpr std::size_t most_users = 500;

class UserStore {
 public:
    UserStore(redis::Client& client, vault::Vault& vault, ops::Clock& clock)
        : client_(client), vault_(vault), clock_(clock) {}

    struct Known {
        User user;
        std::uint64_t version = 0;
    };
    /// Errors: errc::no_such_user, errc::damaged, the store's.
    Awaitable<Result<Known>> find(std::string name, Deadline deadline);
    /// By name. Errors: errc::damaged, the store's.
    Awaitable<Result<std::vector<User>>> list(Deadline deadline);
    /// `conditions`: of the caller, for the same commit. Errors: errc::name_taken, errc::too_many_users, errc::contended (one of
    /// them does not hold), the store's.
    Awaitable<Result<void>> add(User user, std::string by, Deadline deadline,
                                std::vector<redis::Write> conditions = {});
    /// The changed user and `writes`, all or nothing. Errors: errc::contended, the store's.
    Awaitable<Result<void>> save(Known changed, std::vector<redis::Write> writes, Deadline deadline);

    /// The condition, for a commit of somebody's, that they may still do this at that very commit: of two who shut each other out
    /// at once, one stays. Errors: errc::contended, they may no more; find()'s.
    Awaitable<Result<std::vector<redis::Write>>> still_may(std::string name, std::string program, Right right,
                                                           Deadline deadline);

    static stores::Keyspace keys() { return stores::Keyspace(stores::server_wide); }

 private:
    Awaitable<Result<User>> open(std::string name, std::string sealed);

    redis::Client& client_;
    vault::Vault& vault_;
    ops::Clock& clock_;
};

}  // namespace rightsline::access
