// Way: what the dispatcher knows of one line while it runs. Private to the dispatcher's files.
//
// Threading: the loop's. Owner: the Dispatcher.
#pragma once

#include "gateway/outbox/dispatcher.hpp"

namespace rightsline::outbox {

struct Dispatcher::Way {
    Way(const LineOut& line, boost::asio::any_io_executor executor) : out(line), bell(std::move(executor)) {}

    const LineOut& out;
    boost::asio::steady_timer bell;  // rung by wake()
    Breaker breaker;
    std::size_t under_way = 0;
    std::size_t looking = 0;  // into messages in doubt
    bool rung = false;
};

struct Dispatcher::Counters {
    struct Lane {
        ops::Counter& accepted;
        ops::Counter& refused;
        ops::Counter& unknown;
        ops::Counter& tried_again;
    };
    std::vector<Lane> lanes;
    ops::Counter& never_known;
    ops::Counter& aside;
    ops::Counter& stopped_accounts;
    ops::Counter& clock_suspect;
    ops::Counter& waits_for_vault;
    ops::Gauge& under_way;
    ops::Histogram& seconds;
};

namespace dispatch {
using namespace std::chrono_literals;
inline constexpr auto store_budget = 2s;
inline constexpr auto send_budget = 10s;
// Of an alert, which goes again where nobody knows whether it went: who waits on a way that swallows it, or for the lease
// of a server that died, waits with somebody's cry in hand.
inline constexpr auto send_budget_of_alert = 5s;
inline constexpr std::int64_t lease_ms =
    5'000;  // from the claim to the mark, which looks whether it still holds
// Longer than the budget and the settling, so that no live send is reaped.
inline constexpr std::int64_t submit_lease_ms = 20'000;
inline constexpr std::int64_t submit_lease_of_alert_ms = 10'000;
inline constexpr std::size_t most_at_once = 64;  // sends under way, of one line
inline constexpr int most_claimed = 16;
inline constexpr int below_every = 8;        // the less urgent lanes' share
inline constexpr auto longest_rest = 250ms;  // another server may have posted
inline constexpr auto tidy_rest = 1s;
inline constexpr auto vault_rest = 1s;    // its process was restarted, most likely
inline constexpr auto quota_rest = 5min;  // somebody must look, or the day end
inline constexpr auto record_kept = std::chrono::days(14);
}  // namespace dispatch

}  // namespace rightsline::outbox
