// Copies: what a provider still holds of what it carried: a worker's text, once we hold it; our answer that says a receipt
// code, once its fate is known. Asked for in the very commit that holds ours, and asked for again until it is confirmed.
//
//   requested (in the commit) --redacted, deleted, or never there--> confirmed: nothing of it is left here
//                             --later, no answer--> again, with full jitter between 30 s and an hour
//                             --refused, or tried too often--> given up: a person reads why, and the name at the provider
//
// Erasing is the same however often it is done, so any number of servers may; a claim only saves them the work. What is not
// confirmed after a day is an alarm: the gauge rightsline_provider_copies_late and `rightsline outbox`.
// The provider's name of a message is no secret, and all that is kept. Recordings have a desk of their own.
// Must never: erase before ours is committed; log or keep a word or a number. Threading: the loop's.
// Owner: the composition root; its tasks end with the supervisor.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "gateway/http/pool.hpp"
#include "gateway/ops/awaitable.hpp"
#include "gateway/ops/clock.hpp"
#include "gateway/ops/metrics.hpp"
#include "gateway/providers/outbound.hpp"
#include "gateway/stores/keyspace.hpp"
#include "redis/client.hpp"
#include "redis/transaction.hpp"

namespace rightsline::outbox {

enum class CopyPolicy : std::uint8_t {
    keep,    // the provider's own retention decides
    redact,  // the words go; that there was a message stays in its list
    erase,   // the message goes
};

/// The write that asks for it; `due`: not sooner. Of the same message again: only the time is another.
redis::Write request_erasure(const stores::Keyspace& keys, const std::string& account, std::string message,
                             ops::UtcMs due);

/// A text that says a code may not go there before its fate is known; if nobody ever tells it, it goes after this long.
inline constexpr std::chrono::minutes until_delivered{30};

struct CopyAccount {
    const providers::Sender* sender = nullptr;
    const providers::Credentials* credentials = nullptr;
    CopyPolicy policy = CopyPolicy::keep;
};

struct CopyServices {
    redis::Client& redis;
    ops::Clock& clock;
    ops::Metrics& metrics;
    http::Pool& outside;
    std::function<void(Awaitable<void>)> spawn;  // starts one request beside the others
};

struct CopyTally {
    std::int64_t waiting = 0;   // asked for, not confirmed
    std::int64_t late = 0;      // of these, for more than a day
    std::int64_t given_up = 0;  // a person must look
};

/// What is kept of one that failed; pure.
struct CopyTrouble {
    std::int64_t attempts = 0;
    std::int64_t since_ms = 0;
    std::string why;
};
std::string to_bytes(const CopyTrouble& trouble);
CopyTrouble parse_trouble(std::string_view bytes);
inline constexpr std::int64_t most_erasures = 60;         // tries; an hour apart in the end
inline constexpr std::int64_t most_refused_erasures = 5;  // the same word five times is meant
/// Nothing: it is given up.
std::optional<std::chrono::milliseconds> next_erasure(const CopyTrouble& trouble, bool refused,
                                                      double random);

class Copies {
 public:
    Copies(CopyServices services, std::map<std::string, CopyAccount> accounts);

    /// Starts what is due in `program`, some at a time; call every second.
    Awaitable<void> work(std::string program);
    /// Errors: the store's.
    Awaitable<Result<CopyTally>> tally(std::string program, std::string account, Deadline deadline);
    /// For the gauges.
    Awaitable<void> measure(std::vector<std::string> programs);
    const std::map<std::string, CopyAccount>& accounts() const { return accounts_; }

 private:
    Awaitable<void> work_on(const std::string& program, const std::string& name, const CopyAccount& account);
    Awaitable<void> erase(std::string program, std::string name, std::string message);
    Awaitable<providers::Erased> ask(const CopyAccount& account, const std::string& message);
    Awaitable<void> confirm(std::string program, std::string name, std::string message);
    Awaitable<void> put_off(std::string program, std::string name, std::string message,
                            providers::Erased answer);
    Awaitable<std::int64_t> count(std::string how, std::string key, std::string until, Deadline deadline);
    double random() { return std::uniform_real_distribution<double>(0.0, 1.0)(randomness_); }

    CopyServices services_;
    std::map<std::string, CopyAccount> accounts_;
    ops::Counter& confirmed_;
    ops::Counter& failed_;
    ops::Gauge& waiting_;
    ops::Gauge& late_;
    ops::Gauge& given_up_;
    std::minstd_rand randomness_;
    std::size_t under_way_ = 0;
    bool was_late_ = false;
};

}  // namespace rightsline::outbox
