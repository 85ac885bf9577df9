// The loop of a line: claim what is due, and start each message on its way.
#include "gateway/outbox/dispatcher.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

#include "gateway/ops/fresh_bytes.hpp"
#include "gateway/ops/test_point.hpp"
#include "gateway/outbox/way.hpp"

namespace rightsline::outbox {
namespace {

using namespace dispatch;

}  // namespace

Dispatcher::Dispatcher(DispatchServices services, Outbox& outbox, boost::asio::any_io_executor executor)
    : services_(std::move(services)), outbox_(outbox), randomness_(ops::fresh_seed()) {
    ops::Metrics& metrics = services_.metrics;
    const auto sends = [&](ops::Label lane, ops::Label outcome) -> ops::Counter& {
        return metrics.counter("rightsline_outbox_sends_total", "Messages and calls by what became of them",
                               {{ops::Dimension::lane, lane}, {ops::Dimension::outcome, outcome}});
    };
    const auto lane = [&](ops::Label name) {
        return Counters::Lane{sends(name, "accepted"), sends(name, "refused"), sends(name, "unknown"),
                              sends(name, "tried_again")};
    };
    counters_ = std::make_shared<Counters>(Counters{
        {lane("alert"), lane("reply"), lane("blast")},
        metrics.counter(
            "rightsline_outbox_never_known_total",
            "Messages of which nobody will know whether they went; rightsline outbox counts them"),
        metrics.counter("rightsline_outbox_aside_total", "Messages whose records could not be read"),
        metrics.counter("rightsline_outbox_account_stopped_total", "Answers that say an account is stopped"),
        metrics.counter("rightsline_outbox_clock_suspect_total",
                        "Rounds in which our clock and Redis' disagreed"),
        metrics.counter("rightsline_outbox_waits_for_vault_total",
                        "Times that a message was put off because the vault could not open it"),
        metrics.gauge("rightsline_outbox_under_way", "Sends under way in this process"),
        metrics.histogram("rightsline_outbox_send_seconds", "From a request to its provider's answer",
                          ops::latency_bounds())});
    for (const auto& [number, line] : outbox_.lines()) {
        ways_.emplace(number, std::make_unique<Way>(line, executor));
    }
}

Dispatcher::~Dispatcher() = default;

Dispatcher::Way& Dispatcher::way_of(const std::string& line) { return *ways_.at(line); }

void Dispatcher::wake() {
    for (auto& [number, way] : ways_) {
        way->rung = true;
        way->bell.cancel();
    }
}

Awaitable<void> Dispatcher::keep_sending(std::string line) {
    Way& way = way_of(line);
    for (;;) {
        const std::chrono::milliseconds rest = co_await claim_some(way);
        if (!std::exchange(way.rung, false)) {
            way.bell.expires_after(rest);
            boost::system::error_code rung;
            co_await way.bell.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, rung));
        }
    }
}

/// How long to rest before the next look.
Awaitable<std::chrono::milliseconds> Dispatcher::claim_some(Way& way) {
    const std::size_t free = most_at_once - std::min(most_at_once, way.under_way);
    const std::size_t wanted = way.breaker.allows(services_.clock.steady(), free);
    if (closed_ || wanted == 0) {
        co_return longest_rest;
    }
    redis::Claim claim;
    claim.owner = services_.owner;
    claim.lease_ms = lease_ms;
    claim.most = static_cast<int>(std::min<std::size_t>(wanted, most_claimed));
    claim.below_every = below_every;
    const bool only_alerts = services_.only_alerts && services_.only_alerts();
    if (only_alerts) {
        claim.skipped.push_back(static_cast<std::size_t>(Lane::reply));
    }
    if (only_alerts || blasts_paused_) {
        claim.skipped.push_back(static_cast<std::size_t>(Lane::blast));
    }
    claim.rate = way.out.rate;
    claim.now_ms = services_.clock.now().time_since_epoch().count();
    Result<redis::Claimed> claimed = co_await redis::claim(services_.redis, way.out.queue, std::move(claim),
                                                           services_.clock.in(store_budget));
    if (!claimed) {
        co_return longest_rest;  // the store is gone, which others tell of
    }
    ops::test_point("claimed");
    counters_->aside.add(static_cast<std::uint64_t>(claimed->aside));
    counters_->clock_suspect.add(claimed->clock_suspect ? 1 : 0);
    for (redis::Leased& job : claimed->jobs) {
        ++way.under_way;
        ++under_way_;
        way.breaker.begun();
        services_.spawn(carry(way, std::move(job)));
    }
    counters_->under_way.set(static_cast<std::int64_t>(under_way_));
    if (!claimed->jobs.empty()) {
        co_return std::chrono::milliseconds(0);
    }
    co_return std::chrono::milliseconds(
        std::clamp<std::int64_t>(claimed->wait_ms.value_or(longest_rest.count()), 1, longest_rest.count()));
}

}  // namespace rightsline::outbox
