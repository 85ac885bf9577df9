#include "gateway/spool/spool.hpp"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

#include "gateway/ops/log.hpp"
#include "gateway/spool/error.hpp"
#include "gateway/spool/spool_work.hpp"
#include "gateway/vault/blob.hpp"
#include "locales/private_text.hpp"

namespace rightsline::spool {
namespace {

using namespace std::chrono_literals;

constexpr auto read_budget = 10s;
constexpr int most_failed_reads = 5;  // of one record; a disk that never gives it back is damage
constexpr std::size_t time_bytes = 8;
constexpr std::size_t ordinary_bytes = 4096;

std::uint64_t size_on_disk(std::size_t plain) {
    return record_size(plain + time_bytes + vault::blob_overhead);
}

Result<Record> unpack(std::uint64_t sequence, std::string plain) {
    if (plain.size() < time_bytes) {
        return errc::unreadable;
    }
    std::uint64_t at = 0;
    for (std::size_t i = 0; i < time_bytes; ++i) {
        at |= static_cast<std::uint64_t>(static_cast<unsigned char>(plain[i])) << (8 * i);
    }
    Record record{sequence, ops::UtcMs(std::chrono::milliseconds(static_cast<std::int64_t>(at))),
                  plain.substr(time_bytes)};
    locales::wipe(plain);
    return record;
}

}  // namespace

std::string record_context(std::uint64_t epoch, std::uint64_t sequence) {
    return "spool|" + std::to_string(epoch) + "|" + std::to_string(sequence);
}

Spool::Gauges::Gauges(ops::Metrics& metrics)
    : waiting(metrics.gauge("rightsline_spool_waiting", "Events on the local disk that wait for the store")),
      bytes(metrics.gauge("rightsline_spool_bytes", "Room that is taken in the spool")),
      oldest(metrics.gauge("rightsline_spool_oldest_seconds", "Age of the oldest event in the spool")),
      writable(metrics.gauge("rightsline_spool_writable", "1: the spool takes events; 0: its disk failed")),
      kept(metrics.counter("rightsline_spool_appends_total", "Events given to the spool",
                           {{ops::Dimension::outcome, "kept"}})),
      refused(metrics.counter("rightsline_spool_appends_total", "Events given to the spool",
                              {{ops::Dimension::outcome, "refused"}})),
      unsure(metrics.counter("rightsline_spool_appends_total", "Events given to the spool",
                             {{ops::Dimension::outcome, "unsure"}})),
      drained(metrics.counter("rightsline_spool_drained_total", "Events that left the spool for the store")),
      damaged(metrics.counter("rightsline_spool_damaged_total",
                              "Events of the spool that could not be read any more")) {}

Spool::Spool(SpoolServices services, std::shared_ptr<File> file, Head head, const Scan& found)
    : services_(services),
      file_(std::move(file)),
      gauges_(std::make_unique<Gauges>(services_.metrics)),
      head_(std::move(head)),
      end_(found.end),
      last_(found.last),
      synced_(found.last),
      drained_(head_.drained),
      bell_(services_.executor) {
    for (const Place& place : found.waiting) {
        waiting_.push_back({place, {}});
    }
    gauges_->damaged.add(found.damaged);
    measure();
}

Spool::~Spool() = default;

void Spool::measure() {
    gauges_->waiting.set(static_cast<std::int64_t>(waiting()));
    gauges_->bytes.set(static_cast<std::int64_t>(end_ - records_begin));
    gauges_->writable.set(closed_ ? 0 : 1);
    std::chrono::seconds age{0};
    if (!waiting_.empty() && waiting_.front().kept_at != ops::UtcMs{}) {
        age = std::chrono::floor<std::chrono::seconds>(services_.clock.now() - waiting_.front().kept_at);
    }
    gauges_->oldest.set(std::max<std::int64_t>(0, age.count()));
}

bool Spool::takes() const {
    return !closed_ && pending_.size() < most_pending &&
           end_ + pending_bytes_ + size_on_disk(ordinary_bytes) <= file_->size();
}

Awaitable<Result<void>> Spool::append(std::string bytes, Deadline deadline) {
    const std::uint64_t size = size_on_disk(bytes.size());
    const bool room = end_ + pending_bytes_ + size <= file_->size();
    const bool too_long = bytes.size() > most_bytes;
    if (closed_ || too_long || !room || pending_.size() >= most_pending) {
        gauges_->refused.add();
        locales::wipe(bytes);
        co_return closed_ ? errc::closed : too_long ? errc::too_long : room ? errc::busy : errc::full;
    }
    const auto waiter =
        std::make_shared<Waiter>(std::move(bytes), services_.clock.now(), services_.executor, deadline);
    pending_bytes_ += size;
    pending_.push_back(waiter);
    ring();
    const auto woken = co_await waiter->done.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
    static_cast<void>(woken);
    if (waiter->stage == Waiter::Stage::finished) {
        co_return waiter->result;
    }
    if (waiter->stage == Waiter::Stage::writing) {
        gauges_->unsure.add();
        co_return errc::unsure;
    }
    std::erase(pending_, waiter);
    pending_bytes_ -= size;
    locales::wipe(waiter->bytes);
    gauges_->refused.add();
    co_return errc::busy;
}

Awaitable<Result<std::string>> Spool::read_bytes(Place place) {
    auto job = [file = file_, place]() -> std::optional<std::string> {
        Result<std::string> bytes = file->read(place.offset, static_cast<std::size_t>(place.size));
        return bytes ? std::optional(std::move(*bytes)) : std::nullopt;
    };
    Result<std::optional<std::string>> read =
        co_await services_.workers.run(std::move(job), services_.clock.in(read_budget));
    if (!read || !*read) {
        co_return errc::disk;
    }
    co_return std::move(**read);
}

Awaitable<Result<Record>> Spool::read(Place place) {
    const Result<std::string> bytes = co_await read_bytes(place);
    if (!bytes) {
        co_return bytes.error();
    }
    const Result<Whole> whole = read_record(*bytes);
    if (!whole || whole->frame.sequence != place.sequence) {
        co_return errc::unreadable;
    }
    std::vector<vault::SealRequest> to_open;
    to_open.push_back({vault::Purpose::spool, record_context(whole->frame.epoch, place.sequence),
                       std::string(whole->sealed)});
    Result<std::vector<std::string>> plain = co_await services_.vault.open(std::move(to_open));
    if (!plain) {
        co_return errc::unreadable;
    }
    co_return unpack(place.sequence, std::move(plain->front()));
}

std::deque<Spool::Waiting>::iterator Spool::waiting_behind(std::uint64_t sequence) {
    return std::ranges::upper_bound(waiting_, sequence, {},
                                    [](const Waiting& one) { return one.place.sequence; });
}

Awaitable<Result<std::optional<Record>>> Spool::oldest(std::uint64_t behind) {
    for (auto next = waiting_behind(behind); next != waiting_.end(); next = waiting_behind(behind)) {
        const Place place = next->place;
        Result<Record> record = co_await read(place);
        if (record) {
            failed_reads_ = 0;
            waiting_behind(place.sequence - 1)->kept_at = record->kept_at;  // others may have come meanwhile
            co_return std::optional<Record>(std::move(*record));
        }
        if (record.error() == errc::disk && ++failed_reads_ < most_failed_reads) {
            co_return record.error();
        }
        skip_damaged(place.sequence, record.error());
    }
    co_return std::optional<Record>();
}

void Spool::skip_damaged(std::uint64_t sequence, boost::system::error_code why) {
    failed_reads_ = 0;
    gauges_->damaged.add();
    ops::log(ops::Level::error, "spool_record_damaged", {{"error", why}});
    drained(sequence);
}

void Spool::drained(std::uint64_t sequence) {
    const auto one = waiting_behind(sequence - 1);
    if (one == waiting_.end() || one->place.sequence != sequence) {
        return;
    }
    drained_ = one == waiting_.begin() ? sequence : drained_;
    waiting_.erase(one);
    gauges_->drained.add();
    if (waiting_.empty()) {
        drained_ = last_;
    } else if (drained_ == sequence) {
        drained_ = waiting_.front().place.sequence - 1;
    }
    if (waiting_.empty() || mark_is_due()) {
        ring();
    }
}

}  // namespace rightsline::spool
