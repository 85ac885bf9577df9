// Epoch: the key of a month, which lies around everything that a case keeps, so that it can be forgotten everywhere at once.
//
// What is sealed to a circle or a mailbox, and a worker's number, is locked once more under the key of the month in which it
// was sealed. Who holds the circle's key needs the month's as well; who holds the month's alone opens nothing. With the key
// destroyed every copy is noise: in the store, in its append-only file, in backups, in a monitor's old dump.
//
//     version 2 | bytes 1 to 9 of what is locked: its algorithm and the id of its key, as they are | month 2 (year * 12 +
//     month - 1, big endian) | id of the month's key 4 | nonce 24 | XChaCha20-Poly1305 of the rest
//
// All before the nonce, and the caller's context, are associated data. Taken off, the bytes are what they were: a reader never
// sees a lock. What begins with version 1 was never locked and stays as it is. Of a recording the opening alone is locked, for
// it holds the key of all the rest.
// The keys: KEYS_DIR/epochs/epochs.key, one line a month, made for two years ahead, so that one copy of the folder is good for
// long and servers on one store have the same. They are the gateway's and not the home's: they open nothing without a key that
// the gateway does not hold, and must be gone from one file and every process at once. Threading: the loop's.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/vault/keys.hpp"
#include "gateway/vault/vault.hpp"
#include "locales/result.hpp"

namespace rightsline::vault {

inline constexpr std::size_t lock_overhead = 2 + 4 + 24 + 16;
inline constexpr int months_ahead = 24;

std::string to_text(Month month);  // "2026-03"
std::optional<Month> parse_month(std::string_view text);
Month month_at(std::chrono::sys_seconds at);
/// By the clock of this machine.
Month this_month();

/// What a locked thing says of its lock.
struct Lock {
    Month month{};
    KeyId key{};
};
/// Nothing: it was never locked.
std::optional<Lock> lock_of(std::string_view stored);

class EpochRing {
 public:
    /// A folder from before there were any has an empty ring. Errors: errc::bad_key_file, errc::key_exposed.
    static Result<EpochRing> load(const std::string& keys_folder);

    bool empty() const { return keys_.empty(); }
    /// Whether it can be opened here.
    bool knows(const Lock& lock) const;
    /// Reads the file anew when it is another one: a month that another process destroyed, or `key add-epochs` made, counts
    /// here from then on. Costs a stat(). What cannot be read changes nothing here.
    void notice();
    /// Every month that there is or was a key of, the oldest first.
    std::vector<Epoch> epochs() const;
    /// Under the newest key that is not of a later month than `now`, else the oldest that is left. Where no key is left the
    /// bytes stay as they are. Errors: errc::sealed_otherwise (too short to be anything sealed).
    Result<std::string> lock(Month now, std::string_view context, std::string_view sealed) const;
    /// Errors: errc::unknown_key (destroyed, or of another folder), errc::sealed_otherwise.
    Result<std::string> unlock(std::string_view context, std::string_view stored) const;
    /// In the file first, fsynced, then here. One that is destroyed already is fine. Errors: errc::unknown_key,
    /// errc::cannot_write_key, errc::bad_key_file.
    Result<void> destroy(Month month);

 private:
    struct Key {
        Month month{};
        std::optional<SecretKey> secret;  // nothing: destroyed
    };
    /// Which file was read: a new one has another inode, or another time.
    struct FileMark {
        std::uint64_t inode = 0;
        std::int64_t seconds = 0;
        std::int64_t nanoseconds = 0;
        friend bool operator==(const FileMark&, const FileMark&) = default;
    };
    static FileMark mark_of(const std::string& keys_folder);
    const SecretKey* newest(Month now) const;
    const SecretKey* find(const Lock& lock) const;

    std::string folder_;
    FileMark read_;
    std::vector<Key> keys_;  // by month
};

/// Makes the keys of `from` and the months after it that have none, `months` in all. How many it made.
/// Errors: errc::cannot_write_key, errc::bad_key_file, errc::key_exposed.
Result<int> add_epoch_keys(const std::string& keys_folder, Month from, int months = months_ahead);

}  // namespace rightsline::vault
