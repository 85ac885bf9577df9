// The writing half of the spool: one round after the other, each one write and one sync for all that wait.
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

#include "gateway/ops/log.hpp"
#include "gateway/ops/pause.hpp"
#include "gateway/ops/test_point.hpp"
#include "gateway/spool/error.hpp"
#include "gateway/spool/spool_work.hpp"
#include "gateway/vault/blob.hpp"
#include "locales/private_text.hpp"

namespace rightsline::spool {
namespace {

using namespace std::chrono_literals;

constexpr auto write_budget = 60s;  // a disk that takes longer is taken for one that failed
constexpr auto mark_rest = 1s;      // what was drained since the last mark comes again after a kill
constexpr std::uint64_t most_unmarked = 256;
constexpr std::size_t most_of_round = 256;
constexpr std::size_t most_round_bytes = 1U << 20U;
constexpr std::size_t zeros_at_once = 1U << 20U;

enum class Disk : std::uint8_t { wrote, failed };

std::string stamped(ops::UtcMs at, std::string_view bytes) {
    std::string out;
    out.reserve(8 + bytes.size());
    const auto time = static_cast<std::uint64_t>(at.time_since_epoch().count());
    for (int shift = 0; shift < 64; shift += 8) {
        out.push_back(static_cast<char>((time >> shift) & 0xFFU));
    }
    out.append(bytes);
    return out;
}

Result<void> write_and_sync(File& file, std::uint64_t offset, const std::string& records, const Head& head) {
    if (!records.empty()) {
        const Result<void> written = file.write(offset, records);
        if (!written) {
            return written;
        }
        ops::test_point("mid_spool_append");
    }
    const Result<void> marked = file.write(place_of_head(head.number), encode_head(head));
    const Result<void> synced = marked ? file.sync() : marked;
    ops::test_point("after_spool_sync");
    return synced;
}

/// What was drained need not lie about, sealed though it is. No record counts any more, so nothing waits for this.
Result<void> write_zeros(File& file, std::uint64_t from, std::uint64_t to) {
    const std::string zeros(zeros_at_once, '\0');
    Result<void> written;
    for (; written && from < to; from += zeros.size()) {
        written = file.write(
            from, std::string_view(zeros).substr(
                      0, static_cast<std::size_t>(std::min<std::uint64_t>(zeros.size(), to - from))));
    }
    return written;
}

}  // namespace

void Spool::ring() {
    rung_ = true;
    bell_.cancel();
}

bool Spool::may_begin_again() const {
    return waiting_.empty() && pending_.empty() && writing_ == 0 && end_ > records_begin && !closed_;
}

bool Spool::mark_is_due() const {
    const bool late = services_.clock.steady() - marked_ >= mark_rest;
    return drained_ > head_.drained && !closed_ && (late || drained_ - head_.drained >= most_unmarked);
}

Awaitable<void> Spool::keep_writing() {
    for (;;) {
        if (may_begin_again()) {
            co_await begin_again();
        } else if (!pending_.empty() || mark_is_due()) {
            co_await write_round();
        }
        if (!std::exchange(rung_, false)) {
            bell_.expires_after(mark_rest);
            boost::system::error_code rung;
            co_await bell_.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, rung));
        } else {
            co_await ops::pause(std::chrono::milliseconds(0));  // a task that is ended is ended here
        }
    }
}

void Spool::take_pending(Round& round) {
    std::size_t bytes = 0;
    while (!pending_.empty() && round.waiters.size() < most_of_round && bytes < most_round_bytes) {
        std::shared_ptr<Waiter> waiter = std::move(pending_.front());
        pending_.pop_front();
        const std::uint64_t size = record_size(8 + waiter->bytes.size() + vault::blob_overhead);
        pending_bytes_ -= size;
        bytes += static_cast<std::size_t>(size);
        waiter->stage = Waiter::Stage::writing;
        round.waiters.push_back(std::move(waiter));
    }
    writing_ = round.waiters.size();
}

/// Errors: the vault's; then nothing of the round is written.
Awaitable<Result<void>> Spool::seal(Round& round) {
    std::vector<vault::SealRequest> to_seal;
    to_seal.reserve(round.waiters.size());
    std::uint64_t sequence = last_;
    for (const std::shared_ptr<Waiter>& waiter : round.waiters) {
        to_seal.push_back({vault::Purpose::spool, record_context(head_.epoch, ++sequence),
                           stamped(waiter->kept_at, waiter->bytes)});
        locales::wipe(waiter->bytes);
    }
    const Result<std::vector<std::string>> sealed = co_await services_.vault.seal(std::move(to_seal));
    if (!sealed) {
        co_return sealed.error();
    }
    sequence = last_;
    for (std::size_t i = 0; i < sealed->size(); ++i) {
        const std::string record = encode_record({head_.epoch, ++sequence, synced_}, (*sealed)[i]);
        const Place place{sequence, round.offset + round.bytes.size(), record.size()};
        round.places.push_back({place, round.waiters[i]->kept_at});
        round.bytes += record;
    }
    co_return Result<void>();
}

Awaitable<Result<void>> Spool::carry_out(const Round& round) {
    auto job = [file = file_, offset = round.offset, records = round.bytes, head = round.head] {
        return write_and_sync(*file, offset, records, head) ? Disk::wrote : Disk::failed;
    };
    const Result<Disk> done =
        co_await services_.workers.run(std::move(job), services_.clock.in(write_budget));
    if (!done) {
        co_return done.error();
    }
    if (*done == Disk::failed) {
        co_return errc::disk;
    }
    co_return Result<void>();
}

Awaitable<void> Spool::write_round() {
    Round round;
    round.offset = end_;
    round.head = head_;
    ++round.head.number;
    round.head.drained = drained_;
    take_pending(round);
    Result<void> done = co_await seal(round);
#ifdef RIGHTSLINE_TEST_POINTS
    if (done && ops::seeded_bug() == "spool_acked_before_fsync") {
        settle(round, done);
        round.waiters.clear();
        round.places.clear();
        co_await ops::pause(20ms);
    }
#endif
    if (done) {
        ops::test_point("before_spool_write");
        done = co_await carry_out(round);
    }
    settle(round, done);
}

void Spool::settle(const Round& round, const Result<void>& done) {
    if (done) {
        head_ = round.head;
        marked_ = services_.clock.steady();
        end_ =
            round.places.empty() ? end_ : round.places.back().place.offset + round.places.back().place.size;
        last_ = synced_ = round.places.empty() ? last_ : round.places.back().place.sequence;
        waiting_.insert(waiting_.end(), round.places.begin(), round.places.end());
        gauges_->kept.add(round.waiters.size());
    }
    writing_ = 0;
    for (const std::shared_ptr<Waiter>& waiter : round.waiters) {
        waiter->stage = Waiter::Stage::finished;
        waiter->result = done ? Result<void>() : Result<void>(errc::unsure);
        gauges_->unsure.add(done ? 0 : 1);
        waiter->done.cancel();
    }
    if (!done) {
        close(done.error());
    }
}

/// For good: after a failed sync the kernel may call the next one a success without having written what failed.
void Spool::close(boost::system::error_code why) {
    closed_ = true;
    ops::log(ops::Level::error, "spool_closed", {{"error", why}, {"waiting", waiting_.size()}});
    for (const std::shared_ptr<Waiter>& waiter : pending_) {
        locales::wipe(waiter->bytes);
        waiter->stage = Waiter::Stage::finished;
        waiter->result = errc::closed;
        waiter->done.cancel();
        gauges_->refused.add();
    }
    pending_.clear();
    pending_bytes_ = 0;
    measure();
}

/// All is drained: the next record goes to the beginning.
Awaitable<void> Spool::begin_again() {
    Head next = head_;
    ++next.number;
    ++next.epoch;
    next.drained = last_;
    auto job = [file = file_, next, used = end_] {
        const bool written = write_and_sync(*file, 0, "", next) && write_zeros(*file, records_begin, used);
        return written ? Disk::wrote : Disk::failed;
    };
    const Result<Disk> done =
        co_await services_.workers.run(std::move(job), services_.clock.in(write_budget));
    if (!done || *done == Disk::failed) {
        close(make_error_code(errc::disk));
        co_return;
    }
    head_ = std::move(next);
    drained_ = head_.drained;
    marked_ = services_.clock.steady();
    end_ = records_begin;
}

}  // namespace rightsline::spool
