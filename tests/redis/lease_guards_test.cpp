// The guards of the submitting mark: all or nothing, and the rate against a model of it.
#include <algorithm>
#include <random>

#include "tests/redis/lease_fixture.hpp"

namespace rightsline::redis {
namespace {

using Outcome = Marked::Outcome;

class LeaseGuards : public WithQueue {
 protected:
    // The order and the places of a job are none of the guards' business: this is what they may write.
    Leased fresh() {
        const std::string id = "job " + std::to_string(++made);
        put(id, 0);
        return take_one();
    }
    int made = 0;
};

TEST_F(LeaseGuards, AllLetItGoAndTheCountersAreCharged) {
    Guards guards;
    guards.not_after_ms = now() + 1;
    guards.not_in = {{"{p}:so", "phone"}, {"{p}:so2", "phone"}};
    guards.holds = {{"{p}:h", "number", "sealed"}, {"{p}:h", "mode", "relay"}};
    guards.caps = {{"{p}:day", 3, 1}, {"{p}:spend", 100, 30}};
    guards.cap_index = "{p}:ex";
    guards.rate = Rate{1'000'000, 2};
    ask({"HSET", "{p}:h", "number", "sealed", "mode", "relay"});
    ask({"SADD", "{p}:so", "another phone"});
    ask({"SET", "{p}:day", "2"});
    EXPECT_EQ(outcome(fresh().lease, guards), Outcome::go);
    EXPECT_EQ(text({"GET", "{p}:day"}), "3");
    EXPECT_EQ(text({"GET", "{p}:spend"}), "30");
    EXPECT_EQ(text({"ZSCORE", "{p}:ex", "{p}:spend"}), std::to_string(now()));
    EXPECT_EQ(ask({"ZSCORE", "{p}:ex", "{p}:day"}).string(), nullptr) << "begun by somebody else";
    EXPECT_EQ(text({"HGET", queue.rate, "tat"}), std::to_string(clock_us + 1'000'000));
    const Marked second = mark(fresh().lease, guards);
    EXPECT_EQ(second.outcome, Outcome::over_limit);
    EXPECT_EQ(second.guard, 0U);
}

TEST_F(LeaseGuards, ACounterIsIndexedByWhenItWasBegun) {
    Guards guards;
    guards.caps = {{"{p}:day", 3, 1}};
    guards.cap_index = "{p}:ex";
    const std::string begun = std::to_string(now());
    EXPECT_EQ(outcome(fresh().lease, guards), Outcome::go);
    advance(1000);
    EXPECT_EQ(outcome(fresh().lease, guards), Outcome::go);
    EXPECT_EQ(text({"GET", "{p}:day"}), "2");
    EXPECT_EQ(text({"ZSCORE", "{p}:ex", "{p}:day"}), begun);
}

struct Stopped {
    const char* label;
    Outcome outcome;
    std::size_t guard;
};
void PrintTo(const Stopped& one, std::ostream* out) { *out << one.label; }
class LeaseGuardsStop : public LeaseGuards, public testing::WithParamInterface<Stopped> {};

// Everything but the guard of the row lets the job go; what comes after it in the order would stop it too.
TEST_P(LeaseGuardsStop, AndWriteNothing) {
    Guards guards;
    guards.not_after_ms = now() + 1;
    guards.not_in = {{"{p}:so", "a"}, {"{p}:so", "b"}};
    guards.caps = {{"{p}:day", 1, 1}, {"{p}:spend", 100, 60}};
    guards.cap_index = "{p}:ex";
    guards.rate = Rate{10'000'000, 1};
    ask({"HSET", queue.rate, "tat", std::to_string(clock_us + 7'000'500)});
    const Outcome wanted = GetParam().outcome;
    if (wanted != Outcome::later) {
        ask({"SET", "{p}:spend", "41"});
        if (GetParam().guard == 0) {
            ask({"SET", "{p}:day", "1"});
        }
    }
    if (wanted == Outcome::in_set || wanted == Outcome::too_late) {
        ask({"SADD", "{p}:so", "b"});
        if (GetParam().guard == 0) {
            ask({"SADD", "{p}:so", "a"});
        }
    }
    const Leased job = fresh();
    if (wanted == Outcome::too_late) {
        advance(1);
    }
    const auto before = everything();
    const Marked marked = mark(job.lease, guards);
    EXPECT_EQ(marked.outcome, wanted);
    EXPECT_EQ(marked.guard, GetParam().guard);
    EXPECT_EQ(marked.wait_ms, wanted == Outcome::later ? 7'001 : 0);
    EXPECT_EQ(everything(), before);
    EXPECT_EQ(phase(job.lease.id), Phase::claimed) << "still the caller's, to settle";
    EXPECT_TRUE(settle(job.lease, What::done, 0, true, "refused"));
}

INSTANTIATE_TEST_SUITE_P(Table, LeaseGuardsStop,
                         testing::Values(Stopped{"too_late", Outcome::too_late, 0},
                                         Stopped{"first_set", Outcome::in_set, 0},
                                         Stopped{"second_set", Outcome::in_set, 1},
                                         Stopped{"first_counter", Outcome::over_limit, 0},
                                         Stopped{"second_counter", Outcome::over_limit, 1},
                                         Stopped{"rate", Outcome::later, 0}),
                         [](const auto& one) { return std::string(one.param.label); });

TEST_F(LeaseGuards, WhatMustStillStandStandsOrNothingGoesAndNothingIsCharged) {
    Guards guards;
    guards.holds = {{"{p}:h", "mode", "relay"}, {"{p}:h", "number", std::string("\x01\0z", 3)}};
    guards.caps = {{"{p}:day", 3, 1}};
    guards.cap_index = "{p}:ex";
    ask({"HSET", "{p}:h", "mode", "relay", "number", std::string("\x01\0z", 3)});
    EXPECT_EQ(outcome(fresh().lease, guards), Outcome::go);
    ask({"HSET", "{p}:h", "number", std::string("\x01\0y", 3)});
    const Marked other = mark(fresh().lease, guards);
    EXPECT_EQ(other.outcome, Outcome::differs);
    EXPECT_EQ(other.guard, 1U);
    ask({"HDEL", "{p}:h", "mode"});
    const Marked none = mark(fresh().lease, guards);
    EXPECT_EQ(none.outcome, Outcome::differs);
    EXPECT_EQ(none.guard, 0U);
    EXPECT_EQ(text({"GET", "{p}:day"}), "1");
}

TEST_F(LeaseGuards, CountersThatAreNamedTwiceAddUp) {
    Guards guards;
    guards.caps = {{"{p}:day", 3, 2}, {"{p}:day", 3, 2}};
    EXPECT_EQ(outcome(fresh().lease, guards), Outcome::over_limit);
    guards.caps[1].limit = 4;
    EXPECT_EQ(outcome(fresh().lease, guards), Outcome::go);
    EXPECT_EQ(text({"GET", "{p}:day"}), "4");
}

TEST_F(LeaseGuards, CapsAreChargedOncePerDoubt) {
    Guards guards;
    guards.caps = {{"{p}:day", 2, 1}};
    put("a");
    const Leased without = take_one();
    ASSERT_EQ(outcome(without.lease), Outcome::go) << "without a cap nothing is charged";
    EXPECT_TRUE(settle(without.lease, What::again));
    for (int i = 0; i < 5; ++i) {
        const Leased job = take_one();
        ASSERT_EQ(outcome(job.lease, guards), Outcome::go) << "a storm of 429 must not use up the day";
        EXPECT_TRUE(settle(job.lease, What::again, 0, i % 2 == 0));
        EXPECT_EQ(text({"GET", "{p}:day"}), "1");
    }
    const auto become_unknown = [&] {
        const Leased job = take_one();
        ASSERT_EQ(outcome(job.lease, guards), Outcome::go);
        EXPECT_TRUE(settle(job.lease, What::unknown));
    };
    become_unknown();
    EXPECT_TRUE(settle(look_at_one().lease, What::again, 0, false));  // known to be void
    become_unknown();
    EXPECT_EQ(text({"GET", "{p}:day"}), "1");
    EXPECT_TRUE(settle(look_at_one().lease, What::again, 0, true));  // it may have been sent
    become_unknown();
    EXPECT_EQ(text({"GET", "{p}:day"}), "2");
    EXPECT_TRUE(settle(look_at_one().lease, What::again, 0, true));
    EXPECT_EQ(outcome(take_one().lease, guards), Outcome::over_limit);
}

TEST_F(LeaseGuards, ClaimTakesNoMoreThanTheRateLetsOutAndUsesUpNothing) {
    for (int i = 0; i < 9; ++i) {
        put("job " + std::to_string(i));
    }
    Claim claim = terms();
    claim.rate = Rate{1'000'000, 3};
    const Claimed first = take(claim);
    EXPECT_EQ(first.jobs.size(), 3U);
    EXPECT_EQ(first.wait_ms, 1000);
    EXPECT_EQ(number({"EXISTS", queue.rate}), 0);
    Guards guards;
    guards.rate = claim.rate;
    for (const Leased& job : first.jobs) {
        EXPECT_EQ(outcome(job.lease, guards), Outcome::go);
    }
    const Claimed none = take(claim);
    EXPECT_TRUE(none.jobs.empty());
    EXPECT_EQ(none.wait_ms, 1000);
    advance(1500);
    EXPECT_EQ(take(claim).jobs.size(), 1U);
    EXPECT_EQ(take().jobs.size(), 5U) << "without a rate there is no limit";
}

TEST_F(LeaseGuards, ARateThatCannotBeReadOrLiesTooFarAheadIsABurstJustUsed) {
    Guards guards;
    guards.rate = Rate{1'000'000, 4};
    const Leased job = fresh();
    for (const std::string& bad : {std::to_string(clock_us + 3'600'000'000), std::string("garbage"),
                                   std::string("9223372036854775807"), std::string("")}) {
        ask({"HSET", queue.rate, "tat", bad});
        const Marked marked = mark(job.lease, guards);
        EXPECT_EQ(marked.outcome, Outcome::later) << bad;
        EXPECT_EQ(marked.wait_ms, 1000) << bad;
    }
    ask({"HSET", queue.rate, "tat", "-5"});
    EXPECT_EQ(outcome(job.lease, guards), Outcome::go);
}

TEST_F(LeaseGuards, ARateOfAClockThatWentBackHoldsTheLineUpForOneBurstAndNoLonger) {
    Guards guards;
    guards.rate = Rate{1'000'000, 4};
    for (const std::string& bad : {std::to_string(clock_us + 259'200'000'000), std::string("garbage")}) {
        ask({"HSET", queue.rate, "tat", bad});
        put("claimed " + bad);
        Claim claim = terms();
        claim.rate = guards.rate;
        EXPECT_TRUE(take(claim).jobs.empty()) << bad;
        advance(1000);
        const Claimed some = take(claim);
        ASSERT_EQ(some.jobs.size(), 1U) << bad;
        EXPECT_EQ(outcome(some.jobs.front().lease, guards), Outcome::go) << bad;
    }
}

// What GCRA promises, by another way: the last `burst` passages decide nothing but a bucket of tokens does.
class Bucket {
 public:
    explicit Bucket(Rate rate) : rate_(rate), level_(rate.interval_us * rate.burst) {}
    std::int64_t wait_us(std::int64_t at) {
        level_ = std::min(level_ + at - last_, rate_.interval_us * rate_.burst);
        last_ = at;
        return std::max<std::int64_t>(0, rate_.interval_us - level_);
    }
    void take() { level_ -= rate_.interval_us; }

 private:
    Rate rate_;
    std::int64_t level_;
    std::int64_t last_ = 0;
};

TEST_F(LeaseGuards, TheRateIsNeverAboveItsLimitInAnyWindow) {
    std::mt19937_64 random(seed());
    constexpr std::int64_t day_us = 86'400'000'000;
    const auto roll = [&](std::int64_t sides) {
        return static_cast<std::int64_t>(random() % static_cast<std::uint64_t>(sides));
    };
    for (const Rate rate : {Rate{1'000'000, 1}, Rate{333'333, 3}, Rate{7, 10'000},
                            Rate{86'400'000'000, 10'000}, Rate{1, 1}, Rate{12'345, 5}}) {
        ask({"DEL", queue.rate});
        set_clock(start_ms * 1000);
        Bucket bucket(rate);
        std::vector<std::int64_t> passed;
        Guards guards;
        guards.rate = rate;
        Leased job = fresh();
        for (int i = 0; i < 120; ++i) {
            const std::int64_t steps[] = {0, roll(rate.interval_us + 1), roll(rate.interval_us * 2),
                                          roll(std::min(rate.interval_us * rate.burst, 10 * day_us) + 2)};
            set_clock(clock_us + (roll(10) == 0 ? steps[3] : steps[roll(3)]));
            ask({"ZADD", queue.leased, std::to_string(now() + 30'000),
                 job.lease.id});  // this is not about leases
            const std::int64_t wait = bucket.wait_us(clock_us);
            const Marked marked = mark(job.lease, guards);
            ASSERT_EQ(marked.outcome, wait == 0 ? Outcome::go : Outcome::later);
            ASSERT_EQ(marked.wait_ms, (wait + 999) / 1000);
            if (wait == 0) {
                bucket.take();
                passed.push_back(clock_us);
                ASSERT_TRUE(settle(job.lease, What::done));
                job = fresh();
            }
        }
        for (std::size_t from = 0; from < passed.size(); ++from) {
            for (std::size_t to = from; to < passed.size(); ++to) {
                const auto pieces = static_cast<std::int64_t>(to - from + 1);
                const std::int64_t window = passed[to] - passed[from];
                ASSERT_LE(pieces, rate.burst + window / rate.interval_us);
            }
        }
        EXPECT_GT(passed.size(), 10U);
        EXPECT_TRUE(settle(job.lease, What::done));
    }
}

}  // namespace
}  // namespace rightsline::redis
