// PackShelf: the packs that conversations are pinned to, by program and hash.
//
// A pack is stored when it is activated and compiled at most once per process; a conversation that was begun on an
// older pack finds it here, from memory or, in one extra round trip, from the store.
// Threading: the loop's. Owner: the composition root.
#pragma once

#include <map>
#include <string>

#include "flows/loader.hpp"
#include "gateway/ops/awaitable.hpp"
#include "locales/result.hpp"
#include "redis/client.hpp"

namespace rightsline::stores {

class PackShelf {
 public:
    explicit PackShelf(redis::Client& client) : client_(client) {}

    /// Makes `pack` the one that new conversations start on, in memory at once.
    void activate(flows::PackPtr pack, flows::Bundle bundle);
    /// Makes a pack active that the store holds already.
    void reactivate(flows::PackPtr pack);
    /// Writes the active packs that the store does not have yet. Errors: as redis::commit.
    Awaitable<Result<void>> persist(redis::Deadline deadline);
    /// The active pack of a program; null when there is none.
    flows::PackPtr active(const std::string& program) const;
    /// The pack with that hash. Errors: errc::no_such_pack, or the store's.
    Awaitable<Result<flows::PackPtr>> find(const std::string& program, const flows::PackHash& hash,
                                           redis::Deadline deadline);
    /// A pack that is in memory; null when it is not.
    flows::PackPtr cached(const flows::PackHash& hash) const;
    /// The pack that the store holds as active, for a start with a broken script on disk.
    Awaitable<Result<flows::PackPtr>> stored_active(const std::string& program, redis::Deadline deadline);

 private:
    Awaitable<Result<flows::PackPtr>> fetch(const std::string& program, std::string hex,
                                            redis::Deadline deadline);

    struct Active {
        flows::PackPtr pack;
        flows::Bundle bundle;
        bool stored = false;
    };
    redis::Client& client_;
    std::map<std::string, Active> active_;
    std::map<flows::PackHash, flows::PackPtr> cache_;
};

}  // namespace rightsline::stores
