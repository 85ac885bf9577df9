// Restore: a backup becomes the state of a server that is about to start.
//
// Only where there is nothing: no file of anybody is overwritten. Everything is read to its authentic end into folders
// beside their places, loaded by a redis-server of ours that nobody can reach, and only then renamed into place, the store
// last; until then a failure leaves nothing behind.
// The outbox is put in quarantine on the way: what was due or in somebody's hands at the moment of the backup was perhaps
// sent since. Each such message is in doubt in the restored store, with a note; the dispatcher asks for receipts and the
// provider's list before it does anything, and then keeps to its class: an alert goes again, an answer as often as it may,
// a blast never. What is due later has not been sent, and stays.
// Blocks. Threading: one thread. Owner: `rightsline restore`.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "gateway/keep/archive.hpp"

namespace rightsline::keep {

struct RestorePlace {
    std::string state_dir;
    std::string redis_dir;  // where Redis keeps its data
};
/// What stands in the way: a file or folder that holds somebody's data; "" = nothing.
std::string in_the_way(const RestorePlace& place);

struct Restored {
    std::int64_t keys = 0;
    std::int64_t cases = 0;
    std::uint64_t recordings = 0;
    std::uint64_t spooled = 0;
    std::map<std::string, std::int64_t> in_doubt;  // messages by program
    std::int64_t aside = 0;                        // of these, with unreadable records
};

/// Errors: errc::wrong_key, errc::damaged, errc::in_use, errc::there_already, errc::disk, errc::store_refused.
Result<Restored> restore(ArchiveReader& archive, const vault::CirclePrivateKey& key,
                         const RestorePlace& place);

}  // namespace rightsline::keep
