// Spool: what comes in while the store is gone, sealed on this machine's own disk until the store is back.
//
// append() says "kept" only when the record is behind an fdatasync; several that wait at once share one. What was drained
// is remembered on the disk a little later, so after a kill the last ones come again: whoever drains must take a repeat
// for a repeat (the store's once-guard does). Oldest first. When all is drained the space is used again.
// After one failed write or sync the spool is closed for writing until the next start: what the kernel says of later ones
// is worth nothing. Reading and draining go on.
// A torn tail after a power cut was never acknowledged and is dropped, with a log line; an acknowledged record that does
// not open any more is counted, told and stepped over. Neither stops the others.
// Bounded: the file's size, `most_pending` appends in memory, one job on the worker at a time.
// Must never: grow the file, hold a record unsealed on the disk, log a byte of one.
// Threading: the loop's; the file is touched only by the worker, one job at a time, and by open().
// Owner: the composition root, which spawns keep_writing(); `workers` must have one thread and outlives it.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gateway/ops/awaitable.hpp"
#include "gateway/ops/clock.hpp"
#include "gateway/ops/metrics.hpp"
#include "gateway/ops/workers.hpp"
#include "gateway/spool/file.hpp"
#include "gateway/spool/format.hpp"
#include "gateway/vault/vault.hpp"

namespace rightsline::spool {

struct SpoolServices {
    vault::Vault& vault;
    ops::Clock& clock;
    ops::Metrics& metrics;
    ops::Workers& workers;
    boost::asio::any_io_executor executor;
};

/// One kept event. Whoever takes it wipes the bytes.
struct Record {
    std::uint64_t sequence = 0;
    ops::UtcMs kept_at{};
    std::string bytes;
};

class Spool {
 public:
    static constexpr std::size_t most_pending = 1024;
    static constexpr std::size_t most_bytes = 256U << 10U;  // of one record, plain

    /// Reads what waits, and writes once to prove that it can. Blocks: before the loop runs. Errors: errc::other_key,
    /// errc::newer, errc::not_ours, errc::disk; the vault's.
    static Awaitable<Result<std::unique_ptr<Spool>>> open(SpoolServices services, std::shared_ptr<File> file);
    ~Spool();
    Spool(const Spool&) = delete;
    Spool& operator=(const Spool&) = delete;

    /// Keeps `bytes`. Errors: errc::full, errc::busy, errc::closed, errc::too_long: provably not kept; errc::unsure: it may
    /// be there all the same.
    Awaitable<Result<void>> append(std::string bytes, Deadline deadline);
    /// A record of ordinary length would be taken now, as far as is known.
    bool takes() const;
    /// Records that are not drained yet; those that are being written count too.
    std::size_t waiting() const { return waiting_.size() + pending_.size() + writing_; }

    /// The oldest that waits behind the one of that sequence, nothing when none does; it stays until drained(). One caller
    /// at a time. Errors: errc::disk (come again), the vault's.
    Awaitable<Result<std::optional<Record>>> oldest(std::uint64_t behind = 0);
    /// This one is in the store, or not wanted. Before the disk knows it all that are older must be, too: until then it comes
    /// again after a start.
    void drained(std::uint64_t sequence);

    /// Writes, until the task is ended.
    Awaitable<void> keep_writing();
    /// Brings the gauges up to date.
    void measure();

 private:
    struct Waiter;
    struct Gauges;
    struct Round;
    struct Waiting {
        Place place;
        ops::UtcMs kept_at{};  // nothing: not read since the start
    };

    Spool(SpoolServices services, std::shared_ptr<File> file, Head head, const Scan& found);

    // ---- spool_open.cpp
    static Awaitable<Result<std::string>> seal_check(vault::Vault& vault);
    static Awaitable<bool> opens_check(vault::Vault& vault, std::string check);
    void tell_of(const Scan& found) const;
    // ---- spool_write.cpp
    Awaitable<void> write_round();
    Awaitable<void> begin_again();
    Awaitable<Result<void>> seal(Round& round);
    Awaitable<Result<void>> carry_out(const Round& round);
    void settle(const Round& round, const Result<void>& done);
    void close(boost::system::error_code why);
    bool mark_is_due() const;
    bool may_begin_again() const;
    void take_pending(Round& round);
    void ring();

    // ---- spool.cpp
    Awaitable<Result<Record>> read(Place place);
    Awaitable<Result<std::string>> read_bytes(Place place);
    void skip_damaged(std::uint64_t sequence, boost::system::error_code why);
    std::deque<Waiting>::iterator waiting_behind(std::uint64_t sequence);

    SpoolServices services_;
    std::shared_ptr<File> file_;
    std::unique_ptr<Gauges> gauges_;
    Head head_;  // as it stands on the disk
    std::uint64_t end_;
    std::uint64_t last_;    // the highest sequence given
    std::uint64_t synced_;  // the highest that is known to be on the disk
    std::uint64_t drained_;
    std::uint64_t pending_bytes_ = 0;  // that the records of pending_ will take
    std::deque<Waiting> waiting_;
    std::deque<std::shared_ptr<Waiter>> pending_;
    std::size_t writing_ = 0;
    int failed_reads_ = 0;
    bool closed_ = false;
    bool rung_ = false;
    Deadline marked_{};
    boost::asio::steady_timer bell_;
};

/// The associated data of a record: it opens in its own place only.
std::string record_context(std::uint64_t epoch, std::uint64_t sequence);

}  // namespace rightsline::spool
