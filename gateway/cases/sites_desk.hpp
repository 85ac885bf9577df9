// SitesDesk: keeps what a program knows of its sites, and changes it.
//
// Each change is one commit: the sealed document compared by its version, and the audit's entry, which says that something
// was changed, how and by whom, and neither which site nor whom. Who comes second at the same moment decides anew.
// Must never: answer a worker. Threading: the loop's. Owner: the composition root.
#pragma once

#include <string>
#include <vector>

#include "gateway/cases/sites.hpp"
#include "gateway/ops/clock.hpp"
#include "gateway/stores/keyspace.hpp"
#include "gateway/vault/vault.hpp"
#include "redis/client.hpp"
#include "redis/transaction.hpp"

namespace rightsline::cases {

/// What stands in the store under `key` (Keyspace::sites()), opened. Null: there is none. Errors: errc::damaged, the vault's.
Awaitable<Result<SitesPtr>> open_sites(vault::Vault& vault, std::string key, redis::Document stored);

class SitesDesk {
 public:
    SitesDesk(redis::Client& redis, vault::Vault& vault, ops::Clock& clock)
        : redis_(redis), vault_(vault), clock_(clock) {}

    /// Errors: errc::damaged, the vault's, the store's.
    Awaitable<Result<Sites>> read(std::string program, redis::Deadline deadline);

    struct Asked {
        std::string who;                  // the audit names them
        std::string actor;                // their name; "" = whoever is on this machine
        std::vector<std::string> people;  // who is known
    };
    /// Errors: decide()'s, errc::contended, read()'s.
    Awaitable<Result<SitesDecision>> change(std::string program, Asked asked, SitesWish wish,
                                            redis::Deadline deadline);

 private:
    struct Known {
        Sites sites;
        std::uint64_t version = 0;
    };
    Awaitable<Result<Known>> load(std::string program, redis::Deadline deadline);
    Awaitable<Result<redis::Committed>> keep(const stores::Keyspace& keys, std::uint64_t version,
                                             const SitesDecision& decision, std::string who,
                                             redis::Deadline deadline);

    redis::Client& redis_;
    vault::Vault& vault_;
    ops::Clock& clock_;
};

}  // namespace rightsline::cases
