#include "gateway/outbox/courier.hpp"

#include <algorithm>
#include <utility>

#include "gateway/ops/fresh_bytes.hpp"
#include "gateway/ops/log.hpp"
#include "gateway/ops/test_point.hpp"
#include "gateway/outbox/at_once.hpp"
#include "gateway/outbox/retry.hpp"

namespace rightsline::outbox {
namespace {

using namespace std::chrono_literals;

constexpr auto store_budget = 2s;
constexpr auto carry_budget = 30s;
constexpr std::int64_t lease_ms = 15'000;
constexpr std::int64_t submit_lease_ms = 60'000;  // longer than carry_budget, so that no live one is reaped
constexpr std::size_t most_at_once = 8;
constexpr int reaped_at_once = 64;
constexpr std::int64_t most_copies = 3;  // a missed alert is worse than two

redis::Settlement final_word(Outcome outcome) {
    return {redis::Settlement::What::done, 0, true, note_of(outcome, "")};
}

}  // namespace

Courier::Courier(CourierServices services)
    : services_(std::move(services)),
      accepted_(services_.metrics.counter("rightsline_notices_total", "E-mails and webhooks of alerts",
                                          {{ops::Dimension::outcome, "accepted"}})),
      refused_(services_.metrics.counter("rightsline_notices_total", "E-mails and webhooks of alerts",
                                         {{ops::Dimension::outcome, "refused"}})),
      unknown_(services_.metrics.counter("rightsline_notices_total", "E-mails and webhooks of alerts",
                                         {{ops::Dimension::outcome, "unknown"}})),
      again_(services_.metrics.counter("rightsline_notices_total", "E-mails and webhooks of alerts",
                                       {{ops::Dimension::outcome, "tried_again"}})),
      randomness_(ops::fresh_seed()) {}

Awaitable<Result<std::vector<redis::Write>>> Courier::post(std::string program, std::string id,
                                                           Notice notice) {
    const redis::LeaseQueue queue = queue_of_notices(stores::Keyspace(program));
    std::vector<vault::SealRequest> requests;
    requests.push_back({vault::Purpose::outbox, queue.jobs + id, to_bytes(notice)});
    Result<std::vector<std::string>> sealed = co_await services_.vault.seal(std::move(requests));
    if (!sealed) {
        co_return sealed.error();
    }
    const std::int64_t due = at_once(0, services_.clock.now()).time_since_epoch().count();
    co_return redis::enqueue(queue, 0, std::move(id), std::move(sealed->front()), due);
}

redis::Claim Courier::claim_of(std::int64_t lease) const {
    redis::Claim claim;
    claim.owner = services_.owner;
    claim.lease_ms = lease;
    claim.most = static_cast<int>(most_at_once - std::min(most_at_once, under_way_));
    claim.now_ms = services_.clock.now().time_since_epoch().count();
    return claim;
}

Awaitable<void> Courier::work(std::string program) {
    const redis::LeaseQueue queue = queue_of_notices(stores::Keyspace(program));
    co_await take_back(queue);
    if (closed_ || under_way_ >= most_at_once) {
        co_return;
    }
    redis::Claim claim = claim_of(lease_ms);
    Result<redis::Claimed> claimed =
        co_await redis::claim(services_.redis, queue, std::move(claim), services_.clock.in(store_budget));
    for (std::size_t i = 0; claimed && i < claimed->jobs.size(); ++i) {
        ++under_way_;
        services_.spawn(carry(program, std::move(claimed->jobs[i])));
    }
}

/// Leases that are over, and what may have gone: for a notice no one can be asked, so the bound on copies decides.
Awaitable<void> Courier::take_back(const redis::LeaseQueue& queue) {
    const std::int64_t now = services_.clock.now().time_since_epoch().count();
    const Result<redis::Reaped> reaped =
        co_await redis::reap(services_.redis, queue, reaped_at_once, now, services_.clock.in(store_budget));
    redis::Claim claim = claim_of(lease_ms);
    claim.most = reaped_at_once;
    Result<redis::Claimed> doubtful = co_await redis::claim_unknown(services_.redis, queue, std::move(claim),
                                                                    services_.clock.in(store_budget));
    for (std::size_t i = 0; reaped && doubtful && i < doubtful->jobs.size(); ++i) {
        redis::Leased& job = doubtful->jobs[i];
        redis::Settlement what{redis::Settlement::What::again, 0, true, ""};
        if (job.doubts > most_copies) {
            what = final_word(Outcome::unknown);
            ops::log(ops::Level::error, "notice_unknown");
        }
        co_await settle(queue, std::move(job.lease), std::move(what));
    }
}

Awaitable<Result<Notice>> Courier::open(const redis::LeaseQueue& queue, const redis::Leased& job) {
    std::vector<vault::SealRequest> requests;
    requests.push_back({vault::Purpose::outbox, queue.jobs + job.lease.id, job.payload});
    const Result<std::vector<std::string>> plain = co_await services_.vault.open(std::move(requests));
    if (!plain) {
        co_return plain.error();
    }
    co_return parse_notice(plain->front());
}

Awaitable<void> Courier::carry(std::string program, redis::Leased job) {
    struct Leaving {
        std::size_t& under_way;
        ~Leaving() { --under_way; }
    } const leaving{under_way_};
    const redis::LeaseQueue queue = queue_of_notices(stores::Keyspace(program));
    Result<Notice> notice = co_await open(queue, job);
    if (!notice) {
        ops::log(ops::Level::error, "notice_unreadable", {{"error", notice.error()}});
        redis::Settlement lost = final_word(Outcome::no_way);
        co_await settle(queue, std::move(job.lease), std::move(lost));
        co_return;
    }
    redis::Guards guards;
    guards.not_after_ms = notice->not_after.time_since_epoch().count();
    const Deadline in_time = services_.clock.in(store_budget);
    const Result<redis::Marked> marked = co_await redis::mark_submitting(
        services_.redis, queue, job.lease, submit_lease_ms, std::move(guards), in_time);
    if (marked && marked->outcome == redis::Marked::Outcome::go) {
        co_await carry_marked(program, std::move(job), std::move(*notice));
    } else if (marked && marked->outcome == redis::Marked::Outcome::too_late) {
        redis::Settlement late = final_word(Outcome::too_late);
        co_await settle(queue, std::move(job.lease), std::move(late));
    }  // else it is not ours any more, or its lease ends and tells what it knows
}

Awaitable<void> Courier::carry_marked(const std::string& program, redis::Leased job, Notice notice) {
    ops::test_point("notice_submitting");
    const Deadline in_time = services_.clock.in(carry_budget);
    const providers::SendResult result =
        co_await services_.carry(program, job.lease.id, std::move(notice), in_time);
    ops::test_point("notice_sent");
    if (const auto* stopped = std::get_if<providers::AccountStopped>(&result)) {
        ops::log(ops::Level::error, "notice_way_is_wrong", {{"status", stopped->reason.status}});
    }
    redis::Settlement what = after(result, Lane::alert, job.attempts + 1, random());
    const redis::LeaseQueue queue = queue_of_notices(stores::Keyspace(program));
    co_await settle(queue, std::move(job.lease), std::move(what));
}

Awaitable<void> Courier::settle(const redis::LeaseQueue& queue, redis::Lease lease,
                                redis::Settlement settlement) {
    count(settlement);
    const Deadline in_time = services_.clock.in(store_budget);
    const Result<redis::Settled> settled =
        co_await redis::settle(services_.redis, queue, std::move(lease), std::move(settlement), in_time);
    if (!settled || *settled == redis::Settled::fenced) {
        ops::log(ops::Level::warn, "notice_settle_missed", {{"fenced", static_cast<bool>(settled)}});
    }
}

void Courier::count(const redis::Settlement& settlement) {
    using What = redis::Settlement::What;
    if (settlement.what == What::again) {
        again_.add();
    } else if (settlement.what == What::unknown) {
        unknown_.add();
    } else if (settlement.note.starts_with(name_of(Outcome::accepted))) {
        accepted_.add();
    } else {
        refused_.add();
    }
}

}  // namespace rightsline::outbox
