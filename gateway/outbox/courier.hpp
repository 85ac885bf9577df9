// Courier: carries notices (e-mails, webhooks) of alerts, beside the ladder of texts and calls, as durably as these.
//
// The same leases, the same persisted "submitting" mark and the same rules for retries as the dispatcher's; an alert's rule
// for what nobody knows: again, at most most_copies more. One queue for a program. A way that fails (a mail server that is
// down) holds up nothing but notices. Bounded: most_at_once under way. Every await has a deadline.
// Must never: log an address, a URL or a word; send without the persisted mark. Threading: the loop's.
// Owner: the composition root; its loops end with the supervisor.
#pragma once

#include <functional>
#include <random>
#include <string>
#include <vector>

#include "gateway/ops/awaitable.hpp"
#include "gateway/ops/clock.hpp"
#include "gateway/ops/metrics.hpp"
#include "gateway/outbox/notice.hpp"
#include "gateway/providers/outbound.hpp"
#include "gateway/vault/vault.hpp"
#include "redis/client.hpp"

namespace rightsline::outbox {

/// How a notice leaves; of a program that has no such way, nothing.
using Carry = std::function<Awaitable<providers::SendResult>(std::string program, std::string id,
                                                             Notice notice, Deadline deadline)>;

struct CourierServices {
    redis::Client& redis;
    vault::Vault& vault;
    ops::Clock& clock;
    ops::Metrics& metrics;
    std::function<void(Awaitable<void>)> spawn;  // starts one notice's way beside the others
    std::string owner;                           // of this process' leases
    Carry carry;
};

class Courier {
 public:
    explicit Courier(CourierServices services);
    /// The writes that enqueue `notice` under `id`, due at once. Errors: the vault's.
    Awaitable<Result<std::vector<redis::Write>>> post(std::string program, std::string id, Notice notice);
    /// Starts what is due in `program`, takes back what others left and settles what is in doubt; call every half second.
    Awaitable<void> work(std::string program);
    /// No further claims (drain).
    void close() { closed_ = true; }

 private:
    Awaitable<void> carry(std::string program, redis::Leased job);
    Awaitable<void> carry_marked(const std::string& program, redis::Leased job, Notice notice);
    Awaitable<void> take_back(const redis::LeaseQueue& queue);
    Awaitable<Result<Notice>> open(const redis::LeaseQueue& queue, const redis::Leased& job);
    Awaitable<void> settle(const redis::LeaseQueue& queue, redis::Lease lease, redis::Settlement settlement);
    redis::Claim claim_of(std::int64_t lease_ms) const;
    void count(const redis::Settlement& settlement);
    double random() { return std::uniform_real_distribution<double>(0.0, 1.0)(randomness_); }

    CourierServices services_;
    ops::Counter& accepted_;
    ops::Counter& refused_;
    ops::Counter& unknown_;
    ops::Counter& again_;
    std::minstd_rand randomness_;
    std::size_t under_way_ = 0;
    bool closed_ = false;
};

}  // namespace rightsline::outbox
