#include "gateway/outbox/copies.hpp"

#include <algorithm>
#include <utility>

#include "gateway/audit/entry.hpp"
#include "gateway/ops/fresh_bytes.hpp"
#include "gateway/ops/log.hpp"

namespace rightsline::outbox {
namespace {

using namespace std::chrono_literals;

constexpr auto store_budget = 2s;
constexpr auto ask_budget = 10s;
constexpr auto claim_rest = 60s;  // nobody else takes it up meanwhile; longer than one try lasts
constexpr int due_at_once = 32;
constexpr std::size_t most_at_once = 8;
constexpr auto late_after = 24h;

std::string ms(ops::UtcMs at) { return std::to_string(at.time_since_epoch().count()); }

}  // namespace

Copies::Copies(CopyServices services, std::map<std::string, CopyAccount> accounts)
    : services_(std::move(services)),
      accounts_(std::move(accounts)),
      confirmed_(services_.metrics.counter("rightsline_provider_copies_erased_total",
                                           "Copies at providers that were erased or were not there")),
      failed_(services_.metrics.counter("rightsline_provider_copies_failed_total",
                                        "Tries to erase a copy at a provider that did not succeed")),
      waiting_(services_.metrics.gauge("rightsline_provider_copies_waiting",
                                       "Copies at providers that are still to be erased")),
      late_(services_.metrics.gauge("rightsline_provider_copies_late",
                                    "Of these, for more than a day: an alarm")),
      given_up_(services_.metrics.gauge("rightsline_provider_copies_given_up",
                                        "Copies at providers that a person must erase there")),
      randomness_(ops::fresh_seed()) {}

Awaitable<void> Copies::work(std::string program) {
    for (const auto& [name, account] : accounts_) {
        if (account.policy != CopyPolicy::keep) {
            co_await work_on(program, name, account);
        }
    }
}

Awaitable<void> Copies::work_on(const std::string& program, const std::string& name, const CopyAccount&) {
    const stores::Keyspace keys(program);
    const ops::UtcMs now = services_.clock.now();
    if (under_way_ >= most_at_once) {
        co_return;
    }
    const int most = std::min(due_at_once, static_cast<int>(most_at_once - under_way_));
    Result<std::vector<std::string>> due =
        co_await redis::due(services_.redis, keys.copies(name), now.time_since_epoch().count(), most,
                            services_.clock.in(store_budget));
    if (!due || due->empty()) {
        co_return;
    }
    redis::Commit claim;
    claim.now_ms = now.time_since_epoch().count();
    for (const std::string& message : *due) {
        claim.writes.push_back(request_erasure(keys, name, message, now + claim_rest));
    }
    const Result<redis::Committed> claimed =
        co_await redis::commit(services_.redis, claim, services_.clock.in(store_budget));
    for (std::size_t i = 0; claimed && i < due->size(); ++i) {
        ++under_way_;
        services_.spawn(erase(program, name, std::move((*due)[i])));
    }
}

Awaitable<void> Copies::erase(std::string program, std::string name, std::string message) {
    struct Leaving {
        std::size_t& under_way;
        ~Leaving() { --under_way; }
    } const leaving{under_way_};
    const providers::Erased answer = co_await ask(accounts_.at(name), message);
    if (answer.state == providers::Erasure::done) {
        co_await confirm(std::move(program), std::move(name), std::move(message));
        co_return;
    }
    failed_.add();
    co_await put_off(std::move(program), std::move(name), std::move(message), answer);
}

Awaitable<providers::Erased> Copies::ask(const CopyAccount& account, const std::string& message) {
    Result<http::Outgoing> request = account.policy == CopyPolicy::erase
                                         ? account.sender->delete_message(message, *account.credentials)
                                         : account.sender->redact_message(message, *account.credentials);
    if (!request) {
        providers::Reason reason;
        reason.what = "the request could not be made: look at the account in the configuration";
        co_return providers::Erased{providers::Erasure::refused, reason};
    }
    const http::Fate fate =
        co_await services_.outside.send(std::move(*request), services_.clock.in(ask_budget));
    if (!fate.answer) {
        providers::Reason reason;
        reason.what = "the provider did not answer";
        co_return providers::Erased{providers::Erasure::later, reason};
    }
    co_return account.sender->read_erased(*fate.answer);
}

Awaitable<void> Copies::confirm(std::string program, std::string name, std::string message) {
    const stores::Keyspace keys(program);
    redis::Commit commit;
    commit.now_ms = services_.clock.now().time_since_epoch().count();
    commit.writes.push_back({redis::Op::zrem, keys.copies(name), {message}});
    commit.writes.push_back({redis::Op::zrem, keys.copies_failing(name), {message}});
    commit.writes.push_back({redis::Op::hdel, keys.copies_trouble(name), {std::move(message)}});
    const Result<redis::Committed> done =
        co_await redis::commit(services_.redis, commit, services_.clock.in(store_budget));
    if (!done) {  // it is asked for once more, which changes nothing there
        ops::log(ops::Level::warn, "provider_copy_not_confirmed", {{"error", done.error()}});
        co_return;
    }
    confirmed_.add();
}

Awaitable<void> Copies::put_off(std::string program, std::string name, std::string message,
                                providers::Erased answer) {
    const stores::Keyspace keys(program);
    const ops::UtcMs now = services_.clock.now();
    redis::Command command{"HGET", keys.copies_trouble(name), message};
    const Result<redis::Reply> before =
        co_await services_.redis.execute(std::move(command), services_.clock.in(store_budget));
    if (!before) {
        co_return;  // the claim ends by itself
    }
    CopyTrouble trouble = parse_trouble(before->string() == nullptr ? "" : *before->string());
    ++trouble.attempts;
    trouble.since_ms = trouble.since_ms == 0 ? now.time_since_epoch().count() : trouble.since_ms;
    trouble.why = answer.reason.what;
    const bool refused = answer.state == providers::Erasure::refused && !answer.reason.account;
    const auto rest = next_erasure(trouble, refused, random());
    redis::Commit commit;
    commit.now_ms = now.time_since_epoch().count();
    commit.writes.push_back({redis::Op::hset, keys.copies_trouble(name), {message, to_bytes(trouble)}});
    if (rest) {
        commit.writes.push_back(
            {redis::Op::zadd, keys.copies_failing(name), {std::to_string(trouble.since_ms), message}});
        commit.writes.push_back(request_erasure(keys, name, message, now + *rest));
    } else {
        ops::log(ops::Level::error, "provider_copy_given_up", {{"attempts", trouble.attempts}});
        commit.writes.push_back({redis::Op::zrem, keys.copies(name), {message}});
        commit.writes.push_back({redis::Op::zrem, keys.copies_failing(name), {message}});
        audit::add_entry(commit.writes, keys, {audit::What::copy_not_erased, "", "", "", trouble.why});
    }
    const Result<redis::Committed> kept =
        co_await redis::commit(services_.redis, commit, services_.clock.in(store_budget));
    static_cast<void>(kept);  // else the claim ends by itself, and it is tried again
}

/// `until`: only what is not above it; "" = all. -1: the store does not answer.
Awaitable<std::int64_t> Copies::count(std::string how, std::string key, std::string until,
                                      Deadline deadline) {
    redis::Command command{std::move(how), std::move(key)};
    if (!until.empty()) {
        command.insert(command.end(), {"-inf", std::move(until)});
    }
    const Result<redis::Reply> reply = co_await services_.redis.execute(std::move(command), deadline);
    co_return reply && reply->integer() != nullptr ? *reply->integer() : -1;
}

Awaitable<Result<CopyTally>> Copies::tally(std::string program, std::string account, Deadline deadline) {
    const stores::Keyspace keys(program);
    const std::string yesterday = ms(services_.clock.now() - late_after);
    const std::string failing_key = keys.copies_failing(account);
    const std::int64_t waiting = co_await count("ZCARD", keys.copies(account), "", deadline);
    const std::int64_t unasked = co_await count("ZCOUNT", keys.copies(account), yesterday, deadline);
    const std::int64_t failing = co_await count("ZCARD", failing_key, "", deadline);
    const std::int64_t late = co_await count("ZCOUNT", failing_key, yesterday, deadline);
    const std::int64_t known = co_await count("HLEN", keys.copies_trouble(account), "", deadline);
    if (waiting < 0 || unasked < 0 || failing < 0 || late < 0 || known < 0) {
        co_return make_error_code(boost::system::errc::io_error);
    }
    co_return CopyTally{waiting, unasked + late, std::max<std::int64_t>(0, known - failing)};
}

Awaitable<void> Copies::measure(std::vector<std::string> programs) {
    CopyTally all;
    for (const std::string& program : programs) {
        for (const auto& [name, account] : accounts_) {
            const Result<CopyTally> one = co_await tally(program, name, services_.clock.in(store_budget));
            if (!one) {
                co_return;  // the store is gone: the figures of the last round stay
            }
            all.waiting += one->waiting;
            all.late += one->late;
            all.given_up += one->given_up;
        }
    }
    waiting_.set(all.waiting);
    late_.set(all.late);
    given_up_.set(all.given_up);
    if (all.late > 0 && !was_late_) {
        ops::log(ops::Level::error, "provider_copies_late", {{"count", all.late}});
    }
    was_late_ = all.late > 0;
}

}  // namespace rightsline::outbox
