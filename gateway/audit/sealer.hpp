// Sealer: closes blocks of the audit over the entries that no block covers yet.
//
// Any number of servers may: the store's head is a versioned document, and whoever comes second is told so and writes
// nothing. Behind an entry that was read none can be put, for the store's ids only grow. Where the head does not fit, nothing
// is sealed: what somebody wrote into the store must not be made to look whole.
// Must never: seal what a head that was tampered with tells it to; delay a turn. Threading: the loop's. Owner: the root.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "gateway/audit/block.hpp"
#include "gateway/ops/awaitable.hpp"
#include "gateway/ops/clock.hpp"
#include "gateway/ops/metrics.hpp"
#include "gateway/vault/audit_key.hpp"
#include "redis/client.hpp"

namespace rightsline::audit {

class Sealer {
 public:
    Sealer(redis::Client& client, vault::AuditKey key, ops::Clock& clock, ops::Metrics& metrics);

    enum class Done : std::uint8_t {
        nothing,  // no entry waits
        closed,   // a block over all that waited
        more,     // a full block, and perhaps more wait; or another server was faster
    };
    /// One block. Errors: errc::head_damaged, errc::entries_unreadable, the store's.
    Awaitable<Result<Done>> close_block(std::string program, Deadline deadline);
    /// All that wait, within bounds; what goes wrong is logged once.
    Awaitable<void> work(std::string program);

 private:
    struct Place;
    Awaitable<Result<Place>> find_place(stores::Keyspace keys, Deadline deadline);
    Awaitable<Result<std::vector<Entry>>> waiting(stores::Keyspace keys, StreamId covered, Deadline deadline);
    Awaitable<Result<Done>> check_end(stores::Keyspace keys, const Place& place, Deadline deadline);
    std::string block_over(const std::string& program, const Place& place, const std::vector<Entry>& entries);
    void note(const Result<Done>& done);

    redis::Client& client_;
    vault::AuditKey key_;
    ops::Clock& clock_;
    ops::Counter& blocks_;
    ops::Counter& failed_;
    boost::system::error_code trouble_;  // told last
};

}  // namespace rightsline::audit
