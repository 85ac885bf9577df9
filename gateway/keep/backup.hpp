// Backup: everything that must survive, copied into one sealed file while the server goes on.
//
// First the spool, then what Redis holds at one moment (redis/snapshot.hpp), then the sealed recordings. In this order: what
// is drained meanwhile is in both, and a repeat; the other way round it would be in neither. A recording that came home after
// that moment is in the copy too, and what the store says of it ("still to be fetched") is mended at the next start; the other
// way round one would be missing whose provider's copy is gone. Keys are never in it.
// Memory is a few chunks, whatever the store holds. Blocks. Threading: one thread. Owner: `rightsline backup`.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "gateway/keep/archive.hpp"
#include "redis/client.hpp"

namespace rightsline::keep {

struct BackupJob {
    redis::Address keeper;  // the user that reads everything
    std::string state_dir;
    std::string path;  // of the file to be made
    ArchiveHead head;  // created_ms is set when the moment has come
    vault::CirclePublicKey key;
};
struct BackupDone {
    std::int64_t created_ms = 0;
    std::uint64_t store_bytes = 0;
    std::uint64_t recordings = 0;
    std::uint64_t spooled = 0;  // files
    std::uint64_t bytes = 0;    // of the backup
};
/// What was written so far, for a person who waits.
using BackupProgress = std::function<void(const BackupDone&)>;

/// Errors: redis::errc (nobody there, no right to SYNC, it ended too early), errc::there_already, errc::disk. Then there is
/// no file under that name.
Result<BackupDone> make_backup(BackupJob job, const BackupProgress& progress);

/// "rightsline-20261122T113000Z.backup"
std::string backup_name(std::chrono::sys_seconds at);

struct Retention {
    int hourly = 0;  // of the last so many hours the newest of each hour stays
    int daily = 0;   // of the last so many days the newest of each day; whatever is older goes
};
/// Which of `names` go. What has no name of ours is never among them, nor the newest. Pure.
std::vector<std::string> superseded(std::vector<std::string> names, std::chrono::sys_seconds now,
                                    Retention retention);

}  // namespace rightsline::keep
