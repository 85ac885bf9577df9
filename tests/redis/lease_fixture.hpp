// What the tests of the lease queue share: a queue of three lanes, and a Redis whose functions read a clock that stands
// still until the test moves it (the library as it is, but for the one place where it asks for the time).
#pragma once

#include <cstdlib>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "redis/functions.hpp"
#include "redis/lease_queue.hpp"
#include "tests/redis/fixture.hpp"

namespace rightsline::redis {

using What = Settlement::What;
using Phase = JobState::Phase;
using Names = std::vector<std::string>;

inline Names names(const Claimed& claimed) {
    Names all;
    for (const Leased& job : claimed.jobs) {
        all.push_back(job.lease.id);
    }
    return all;
}

inline LeaseQueue test_queue() {
    return {"{p}:oj",
            "{p}:os",
            "{p}:oi",
            "{p}:ou",
            "{p}:oz",
            "{p}:ol:1",
            {"{p}:oq:1:0", "{p}:oq:1:1", "{p}:oq:1:2"},
            "{p}:or:"};
}

inline std::string library_with_clock() {
    const std::string asks = "redis.call('TIME')";
    std::string source = functions::source;
    const std::size_t at = source.find(asks);
    EXPECT_NE(at, std::string::npos);
    EXPECT_EQ(source.find(asks, at + 1), std::string::npos) << "one place asks for the time";
    return source.replace(at, asks.size(), "redis.call('HMGET', '{p}:clock', 's', 'u')");
}

// The same numbers in every run; LEASE_SEED in the environment asks for others.
inline std::uint64_t seed() {
    const char* wanted = std::getenv("LEASE_SEED");
    const std::uint64_t seed = wanted != nullptr ? std::strtoull(wanted, nullptr, 10) : 20'261'122;
    std::cout << "    LEASE_SEED=" << seed << '\n';
    return seed;
}

class WithQueue : public WithServer {
 protected:
    static constexpr std::int64_t start_ms = 1'763'800'000'000;

    void SetUp() override {
        WithServer::SetUp();
        ASSERT_EQ(text({"FUNCTION", "LOAD", "REPLACE", library_with_clock()}), functions::library);
        set_clock(start_ms * 1000);
        ask({"CONFIG", "SET", "appendfsync",
             "no"});  // these tests are of rules; that commits are durable others show
    }
    void TearDown() override {
        ask({"CONFIG", "SET", "appendfsync", "always"});
        EXPECT_TRUE(tests::run(io, load_functions(*client, in(soon))));
        WithServer::TearDown();
    }

    // Redis' clock; the caller's follows it unless `skew_ms` says otherwise.
    void set_clock(std::int64_t us) {
        clock_us = us;
        const Reply set = ask(
            {"HSET", "{p}:clock", "s", std::to_string(us / 1'000'000), "u", std::to_string(us % 1'000'000)});
        EXPECT_NE(set.integer(), nullptr) << "the test's clock could not be moved";
    }
    void advance(std::int64_t ms) { set_clock(clock_us + ms * 1000); }
    std::int64_t now() const { return clock_us / 1000; }
    std::int64_t caller_now() const { return now() + skew_ms; }

    Result<Committed> try_put(const std::string& id, std::size_t lane = 1, std::int64_t due_ms = 0,
                              const std::string& payload = "") {
        Commit turn;
        turn.now_ms = now();
        turn.writes =
            enqueue(queue, lane, id, payload.empty() ? "payload of " + id : payload, due_ms).value();
        return tests::run(io, commit(*client, std::move(turn), in(soon)));
    }
    void put(const std::string& id, std::size_t lane = 1, std::int64_t due_ms = 0,
             const std::string& payload = "") {
        const Result<Committed> done = try_put(id, lane, due_ms, payload);
        ASSERT_TRUE(done) << done.error().message();
        ASSERT_EQ(done->outcome, Committed::Outcome::committed) << id;
    }

    Claim terms(int most = 16) const {
        Claim claim;
        claim.owner = "gw-1";
        claim.lease_ms = 30'000;
        claim.most = most;
        claim.now_ms = caller_now();
        return claim;
    }
    Claimed take(const Claim& claim) {
        Result<Claimed> claimed = tests::run(io, redis::claim(*client, queue, claim, in(soon)));
        EXPECT_TRUE(claimed) << claimed.error().message();
        return claimed ? std::move(*claimed) : Claimed{};
    }
    Claimed take() { return take(terms()); }
    Claimed take_unknown(const Claim& claim) {
        Result<Claimed> claimed = tests::run(io, claim_unknown(*client, queue, claim, in(soon)));
        EXPECT_TRUE(claimed) << claimed.error().message();
        return claimed ? std::move(*claimed) : Claimed{};
    }
    // The only job there is to be had.
    Leased one(Claimed claimed) {
        EXPECT_EQ(claimed.jobs.size(), 1U);
        return claimed.jobs.empty() ? Leased{} : claimed.jobs.front();
    }
    Leased take_one(const std::string& owner = "gw-1") {
        Claim claim = terms();
        claim.owner = owner;
        return one(take(claim));
    }
    Leased look_at_one(const std::string& owner = "gw-1") {
        Claim claim = terms();
        claim.owner = owner;
        return one(take_unknown(claim));
    }
    Result<Marked> try_mark(const Lease& lease, Guards guards = {}) {
        return tests::run(io, mark_submitting(*client, queue, lease, 10'000, std::move(guards), in(soon)));
    }
    Marked mark(const Lease& lease, Guards guards = {}) {
        Result<Marked> marked = try_mark(lease, std::move(guards));
        EXPECT_TRUE(marked) << marked.error().message();
        return marked ? *marked : Marked{};
    }
    Marked::Outcome outcome(const Lease& lease, Guards guards = {}) {
        return mark(lease, std::move(guards)).outcome;
    }
    Result<Settled> try_settle(const Lease& lease, What what, std::int64_t delay_ms = 0, bool counts = true,
                               const std::string& note = "") {
        return tests::run(
            io, redis::settle(*client, queue, lease, Settlement{what, delay_ms, counts, note}, in(soon)));
    }
    bool settle(const Lease& lease, What what, std::int64_t delay_ms = 0, bool counts = true,
                const std::string& note = "") {
        const Result<Settled> settled = try_settle(lease, what, delay_ms, counts, note);
        EXPECT_TRUE(settled) << settled.error().message();
        return settled && *settled == Settled::settled;
    }
    Reaped end_leases(int most = 100) {
        Result<Reaped> reaped = tests::run(io, reap(*client, queue, most, caller_now(), in(soon)));
        EXPECT_TRUE(reaped) << reaped.error().message();
        return reaped ? std::move(*reaped) : Reaped{};
    }
    std::optional<JobState> state(const std::string& id) {
        Result<std::optional<JobState>> found = tests::run(io, look(*client, queue, id, in(soon)));
        EXPECT_TRUE(found) << found.error().message();
        return found ? *found : std::nullopt;
    }
    Phase phase(const std::string& id) { return state(id).value_or(JobState{}).phase; }
    std::int64_t sweep(std::int64_t before_ms, int most = 100) {
        const Result<std::int64_t> swept =
            tests::run(io, sweep_settled(*client, queue, before_ms, caller_now(), most, in(soon)));
        EXPECT_TRUE(swept) << swept.error().message();
        return swept ? *swept : -1;
    }

    // A job in a given phase, by the ways that lead there.
    Leased bring_to(Phase wanted, const std::string& id) {
        put(id);
        if (wanted == Phase::queued) {
            return {};
        }
        Leased job = take_one();
        if (wanted == Phase::claimed) {
            return job;
        }
        EXPECT_EQ(outcome(job.lease), Marked::Outcome::go);
        if (wanted == Phase::done) {
            EXPECT_TRUE(settle(job.lease, What::done));
        } else if (wanted != Phase::submitting) {
            EXPECT_TRUE(settle(job.lease, What::unknown));
            if (wanted == Phase::looking) {
                job = look_at_one();
            }
        }
        return job;
    }

    // What survey() has to say, "id: sentence", all pages.
    Names wrong() {
        Names findings;
        std::string page;
        do {
            Result<Survey> found = tests::run(io, survey(*client, queue, page, in(soon)));
            EXPECT_TRUE(found) << found.error().message();
            if (!found) {
                break;
            }
            for (const Survey::Finding& finding : found->findings) {
                findings.push_back(finding.id + ": " + finding.what);
            }
            page = found->next;
        } while (!page.empty());
        return findings;
    }
    // What the database holds but for the clock, to show that a refusal left no trace.
    std::map<std::string, std::string> everything() {
        std::map<std::string, std::string> all;
        const Reply keys = ask({"KEYS", "*"});
        for (const Reply& key : *keys.array()) {
            if (*key.string() != "{p}:clock") {
                all[*key.string()] = text({"DUMP", *key.string()});
            }
        }
        return all;
    }

    // Back to what everything() told.
    void restore(const std::map<std::string, std::string>& all) {
        for (const auto& [name, dump] : everything()) {
            if (!all.contains(name)) {
                ask({"DEL", name});
            }
        }
        for (const auto& [name, dump] : all) {
            EXPECT_EQ(text({"RESTORE", name, "0", dump, "REPLACE"}), "OK");
        }
    }

    static constexpr std::chrono::seconds soon{5};
    LeaseQueue queue = test_queue();
    std::int64_t clock_us = 0;
    std::int64_t skew_ms = 0;
};

}  // namespace rightsline::redis
