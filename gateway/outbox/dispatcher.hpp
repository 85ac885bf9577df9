// Dispatcher: carries messages from the outbox to their providers, each in one pair of hands at a time.
//
// Of every line: claim what is due -> mark "submitting" (STOP, caps and rate are checked there, with the mark) -> send
// -> settle. A crash before the mark sends again; after it the message is in doubt, and only resolve() of retry.hpp leads
// out: its receipts and the provider's list are asked first. Leaseholders are fenced, so any number of servers may run.
// A line whose provider does not answer is left alone (breaker) and holds up no other. Bounded: most_at_once sends per
// line. Every await has a deadline.
// Must never: log a number, a text or an address; send without the persisted mark.
// Threading: the loop's. Owner: the composition root; its loops end with the supervisor.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <map>
#include <memory>
#include <random>
#include <string>

#include "gateway/http/pool.hpp"
#include "gateway/ops/metrics.hpp"
#include "gateway/outbox/breaker.hpp"
#include "gateway/outbox/outbox.hpp"
#include "gateway/outbox/retry.hpp"

namespace rightsline::outbox {

struct DispatchServices {
    redis::Client& redis;
    vault::Vault& vault;
    ops::Clock& clock;
    ops::Metrics& metrics;
    http::Pool& outside;
    std::function<void(Awaitable<void>)> spawn;  // starts one message's way beside the others
    std::string owner;                           // of this process' leases
    std::function<bool()>
        only_alerts{};  // what workers said comes first, STOP above all: nothing else leaves yet
};

class Dispatcher {
 public:
    Dispatcher(DispatchServices services, Outbox& outbox, boost::asio::any_io_executor executor);
    ~Dispatcher();

    /// Sends what one line has, until the task is ended.
    Awaitable<void> keep_sending(std::string line);
    /// Takes back what others left, and looks into what is in doubt, until the task is ended.
    Awaitable<void> keep_tidy(std::string line);
    /// Something was posted: look at once.
    void wake();
    /// No further claims (drain); what is marked goes on, what is only claimed is given back.
    void close() { closed_ = true; }
    /// Blasts wait while this says so; what is under way goes on.
    void pause_blasts(bool paused) { blasts_paused_ = paused; }
    /// Nothing is forgotten for its age while this says so: the time is doubtful.
    void keep_records(bool kept) { records_kept_ = kept; }
    std::size_t under_way() const { return under_way_; }

 private:
    struct Way;
    struct Counters;
    struct Errand;

    Awaitable<std::chrono::milliseconds> claim_some(Way& way);
    Awaitable<void> carry(Way& way, redis::Leased job);
    Awaitable<Result<Message>> open(const Way& way, const redis::Leased& job);
    redis::Settlement unopened(const boost::system::error_code& why, bool doubtful);
    Awaitable<bool> marked(Way& way, const redis::Leased& job, const Message& message);
    Awaitable<providers::SendResult> send(Way& way, Lane lane, http::Outgoing request);
    /// The carrier blocks texts to them: so do we.
    Awaitable<void> note_stop(const Way& way, const Message& message, const providers::SendResult& result);
    Awaitable<void> settle(Way& way, redis::Leased job, Lane lane, redis::Settlement settlement);
    Awaitable<redis::Settlement> settlement_of(const Way& way, const redis::Leased& job, Lane lane,
                                               const providers::SendResult& result);
    /// The provider's copy of what says a code goes there later, whether a receipt comes or not. False: not kept.
    Awaitable<bool> asked_to_erase(const Way& way, const std::string& id, const std::string& theirs);
    // ---- doubts.cpp
    Awaitable<void> reap_some(Way& way);
    Awaitable<void> look_into_doubts(Way& way);
    Awaitable<void> look_into(Way& way, redis::Leased job);
    Awaitable<Evidence> heard_of(Way& way, const redis::Leased& job);
    Awaitable<Evidence> evidence_of(Way& way, const redis::Leased& job, const Message& message);
    Awaitable<void> ask_list(Way& way, const redis::Leased& job, const Message& message, Evidence& evidence);
    Awaitable<void> list_as_unknown(Way& way, std::string id);
    Awaitable<void> sweep_unknown(Way& way, std::int64_t before);
    Awaitable<void> sweep_old(Way& way);

    redis::Guards guards_of(const Way& way, const Message& message) const;
    providers::Outbound outbound_of(const Way& way, const redis::Leased& job, const Message& message) const;
    void count(Lane lane, const redis::Settlement& settlement);
    void judge(Way& way, const providers::SendResult& result);
    double random() { return std::uniform_real_distribution<double>(0.0, 1.0)(randomness_); }
    Way& way_of(const std::string& line);

    DispatchServices services_;
    Outbox& outbox_;
    std::shared_ptr<Counters> counters_;
    std::map<std::string, std::unique_ptr<Way>> ways_;
    std::minstd_rand randomness_;
    std::size_t under_way_ = 0;
    bool closed_ = false;
    bool blasts_paused_ = false;
    bool records_kept_ = false;
};

}  // namespace rightsline::outbox
