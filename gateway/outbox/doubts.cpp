// What others left behind, and what nobody knows the fate of.
#include <algorithm>
#include <boost/asio/this_coro.hpp>
#include <utility>

#include "gateway/ops/log.hpp"
#include "gateway/ops/pause.hpp"
#include "gateway/ops/test_point.hpp"
#include "gateway/ops/wipe_stack.hpp"
#include "gateway/outbox/copies.hpp"
#include "gateway/outbox/reply.hpp"
#include "gateway/outbox/way.hpp"
#include "redis/transaction.hpp"

namespace rightsline::outbox {
namespace {

using namespace dispatch;

constexpr int reaped_at_once = 256;
constexpr std::size_t looked_into_at_once = 16;
constexpr int looks_a_round = 16;
constexpr std::int64_t look_lease_ms = 30'000;
constexpr std::chrono::milliseconds list_margin = 30s;  // the provider's clock is not ours
// The same words, said again to the same person, are another message. A provider takes an answer within its 15 s; what we
// sent ourselves may have waited there.
constexpr std::chrono::milliseconds answer_margin = 75s;
constexpr std::chrono::milliseconds send_margin = 15min;

bool is_given_up_unknown(const redis::Settlement& what) {
    return what.what == redis::Settlement::What::done && what.note == name_of(Outcome::unknown);
}

}  // namespace

Awaitable<void> Dispatcher::keep_tidy(std::string line) {
    Way& way = way_of(line);
    int rounds = 0;
    for (bool going = true; going;) {
        co_await reap_some(way);
        co_await look_into_doubts(way);
        if (rounds++ % 60 == 0 && !records_kept_) {
            co_await sweep_old(way);
        }
        going = co_await ops::pause(tidy_rest);
    }
}

Awaitable<void> Dispatcher::reap_some(Way& way) {
    const std::int64_t now = services_.clock.now().time_since_epoch().count();
    const Result<redis::Reaped> reaped = co_await redis::reap(services_.redis, way.out.queue, reaped_at_once,
                                                              now, services_.clock.in(store_budget));
    if (!reaped) {
        co_return;
    }
    counters_->aside.add(static_cast<std::uint64_t>(reaped->aside));
    counters_->clock_suspect.add(reaped->clock_suspect ? 1 : 0);
    if (!reaped->queued.empty() || !reaped->unknown.empty()) {
        ops::log(ops::Level::warn, "outbox_leases_over",
                 {{"queued", reaped->queued.size()}, {"unknown", reaped->unknown.size()}});
        way.rung = true;
        way.bell.cancel();
    }
}

Awaitable<void> Dispatcher::look_into_doubts(Way& way) {
    if (closed_ || way.looking >= looked_into_at_once) {
        co_return;
    }
    redis::Claim claim;
    claim.owner = services_.owner;
    claim.lease_ms = look_lease_ms;
    claim.most = std::min(looks_a_round, static_cast<int>(looked_into_at_once - way.looking));
    claim.now_ms = services_.clock.now().time_since_epoch().count();
    Result<redis::Claimed> doubtful = co_await redis::claim_unknown(
        services_.redis, way.out.queue, std::move(claim), services_.clock.in(store_budget));
    if (!doubtful) {
        co_return;
    }
    counters_->aside.add(static_cast<std::uint64_t>(doubtful->aside));
    for (redis::Leased& job :
         doubtful->jobs) {  // a provider whose list is slow must not hold up the leases of others
        ++way.looking;
        services_.spawn(look_into(way, std::move(job)));
    }
}

Awaitable<void> Dispatcher::look_into(Way& way, redis::Leased job) {
    struct Leaving {
        Way& way;
        ~Leaving() { --way.looking; }
    } const leaving{way};
    const Result<Message> message = co_await open(way, job);
    if (!message) {
        redis::Settlement what = unopened(message.error(), true);
        co_await settle(way, std::move(job), Lane::reply, std::move(what));
        co_return;
    }
    ops::wipe_stack_soon(co_await boost::asio::this_coro::executor);  // the number went over it
    const Evidence evidence = co_await evidence_of(way, job, *message);
    ops::wipe_stack_soon(co_await boost::asio::this_coro::executor);
    const std::int64_t looks = std::max<std::int64_t>(1, job.lease.number - job.attempts);
    redis::Settlement what = resolve(evidence, *message, job.doubts, looks, random());
    if (is_given_up_unknown(what)) {  // a receipt may have come while the list was read
        const Evidence last = co_await heard_of(way, job);
        what = last.receipt ? resolve(last, *message, job.doubts, looks, random()) : what;
    }
    ops::test_point("resolved");
    const bool again = what.what == redis::Settlement::What::again;
    if (is_given_up_unknown(what)) {
        co_await list_as_unknown(way, job.lease.id);
    }
    co_await settle(way, std::move(job), message->lane, std::move(what));
    if (again) {
        way.rung = true;
        way.bell.cancel();
    }
}

/// A receipt with our id says that the provider had it; else its list may.
Awaitable<Evidence> Dispatcher::evidence_of(Way& way, const redis::Leased& job, const Message& message) {
    Evidence evidence = co_await heard_of(way, job);
    evidence.restored = job.note == restored_note;
    const bool worth_asking = message.lane == Lane::reply || evidence.restored;
    if (!evidence.receipt && worth_asking) {
        co_await ask_list(way, job, message, evidence);
    }
    const bool erased = co_await asked_to_erase(way, job.lease.id, evidence.found);
    if (!erased) {  // it is found again with the next look
        evidence.found.clear();
        evidence.failed.reset();
        evidence.asked_in_vain = true;
    }
    co_return evidence;
}

Awaitable<Evidence> Dispatcher::heard_of(Way& way, const redis::Leased& job) {
    Evidence evidence;
    const stores::Keyspace keys(way.out.program);
    redis::Command command{"LLEN", keys.receipts(job.lease.id)};
    const Result<redis::Reply> kept =
        co_await services_.redis.execute(std::move(command), services_.clock.in(store_budget));
    const std::int64_t* receipts = kept ? kept->integer() : nullptr;
    evidence.receipt = receipts != nullptr && *receipts > 0;
    evidence.asked_in_vain = receipts == nullptr;
    co_return evidence;
}

Awaitable<void> Dispatcher::ask_list(Way& way, const redis::Leased& job, const Message& message,
                                     Evidence& evidence) {
    const providers::Outbound send = outbound_of(way, job, message);
    Result<http::Outgoing> question = way.out.sender->list_sent(send, *way.out.credentials);
    if (!question) {
        co_return;  // nothing to ask: the bound on copies alone decides
    }
    ops::wipe_stack_soon(co_await boost::asio::this_coro::executor);
    const http::Fate fate =
        co_await services_.outside.send(std::move(*question), services_.clock.in(send_budget));
    if (!fate.answer) {
        evidence.asked_in_vain = true;
        co_return;
    }
    const flows::Instant since(std::chrono::milliseconds(job.at_ms) - list_margin);
    const Result<providers::SentList> list = way.out.sender->read_list(*fate.answer, send, since);
    if (!list || !list->whole) {
        evidence.asked_in_vain = true;
        co_return;
    }
    // What came back with a backup may have left at any time after it was made.
    const bool any_time = job.note == restored_note;
    const auto margin = left_in_answer(job.lease.id) ? answer_margin : send_margin;
    const flows::Instant until =
        any_time ? flows::Instant::max() : flows::Instant(std::chrono::milliseconds(job.at_ms) + margin);
    const auto found =
        std::ranges::find_if(list->same, [&](const providers::SentCopy& copy) { return copy.made <= until; });
    if (found != list->same.end()) {
        evidence.found = found->id;
        evidence.status = found->status;
        const DeliveryState said = Delivery::of(found->status).state();
        if (said == DeliveryState::failed || said == DeliveryState::canceled) {
            evidence.failed = way.out.sender->explain(found->error);
        }
    }
}

/// Before it is settled: a crash between the two leaves a message in doubt, and the doubt leads here again.
Awaitable<bool> Dispatcher::asked_to_erase(const Way& way, const std::string& id, const std::string& theirs) {
    if (theirs.empty() || way.out.erased_at.empty() || !says_code(id)) {
        co_return true;
    }
    const ops::UtcMs now = services_.clock.now();
    redis::Commit commit;
    commit.now_ms = now.time_since_epoch().count();
    commit.writes.push_back(
        request_erasure(stores::Keyspace(way.out.program), way.out.erased_at, theirs, now + until_delivered));
    const Result<redis::Committed> kept =
        co_await redis::commit(services_.redis, commit, services_.clock.in(store_budget));
    co_return kept && kept->outcome == redis::Committed::Outcome::committed;
}

/// Before it is settled: who looks at the list believes only what the record says as well.
Awaitable<void> Dispatcher::list_as_unknown(Way& way, std::string id) {
    counters_->never_known.add();
    redis::Commit commit;
    commit.now_ms = services_.clock.now().time_since_epoch().count();
    commit.writes.push_back(
        {redis::Op::zadd, way.out.never_known, {std::to_string(commit.now_ms), std::move(id)}});
    const Result<redis::Committed> listed =
        co_await redis::commit(services_.redis, commit, services_.clock.in(store_budget));
    if (!listed) {
        ops::log(ops::Level::warn, "outbox_unknown_not_listed", {{"error", listed.error()}});
    }
}

Awaitable<void> Dispatcher::sweep_unknown(Way& way, std::int64_t before) {
    Result<std::vector<std::string>> old = co_await redis::due(
        services_.redis, way.out.never_known, before, reaped_at_once, services_.clock.in(store_budget));
    if (!old || old->empty()) {
        co_return;
    }
    redis::Commit commit;
    commit.writes.push_back({redis::Op::zrem, way.out.never_known, std::move(*old)});
    const Result<redis::Committed> gone =
        co_await redis::commit(services_.redis, commit, services_.clock.in(store_budget));
    static_cast<void>(gone);  // else with the next round
}

Awaitable<void> Dispatcher::sweep_old(Way& way) {
    const ops::UtcMs now = services_.clock.now();
    const std::int64_t before = (now - record_kept).time_since_epoch().count();
    co_await sweep_unknown(way, before);
    const Result<std::int64_t> swept =
        co_await redis::sweep_settled(services_.redis, way.out.queue, before, now.time_since_epoch().count(),
                                      reaped_at_once, services_.clock.in(store_budget));
    if (swept && *swept > 0) {
        ops::log(ops::Level::info, "outbox_swept", {{"count", *swept}});
    }
}

}  // namespace rightsline::outbox
