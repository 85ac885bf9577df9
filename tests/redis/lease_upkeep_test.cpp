// Leases that are over, clocks that disagree, memory that is full, and what a hand or a bug left in the queue.
#include "tests/redis/lease_fixture.hpp"

namespace rightsline::redis {
namespace {

using Outcome = Marked::Outcome;

class LeaseUpkeep : public WithQueue {};

TEST_F(LeaseUpkeep, EachPhaseGoesItsOwnWayWhenItsLeaseIsOver) {
    put("claimed", 2, now() - 5);
    take_one();
    bring_to(Phase::submitting, "submitting");
    bring_to(Phase::looking, "looking");
    bring_to(Phase::unknown, "unknown");
    bring_to(Phase::done, "done");
    put("queued", 1, now() + 600'000);
    advance(9'999);
    EXPECT_TRUE(end_leases().unknown.empty());
    advance(20'001);
    const Reaped reaped = end_leases();
    EXPECT_EQ(reaped.queued, Names{"claimed"});
    EXPECT_EQ(reaped.unknown, (Names{"submitting", "looking"}));
    EXPECT_EQ(reaped.aside, 0);
    EXPECT_FALSE(reaped.clock_suspect);
    EXPECT_EQ(wrong(), Names{});
    EXPECT_EQ(state("claimed")->owner, "");
    EXPECT_EQ(state("submitting")->doubts, 1);
    EXPECT_EQ(state("looking")->doubts, 1) << "the same doubt";
    const Leased again = take_one();
    EXPECT_EQ(again.lease.id, "claimed");
    EXPECT_EQ(again.lane, 2U);
    EXPECT_EQ(again.at_ms, start_ms - 5);
    EXPECT_EQ(again.attempts, 0) << "it was not begun";
    EXPECT_EQ(take_unknown(terms()).jobs.size(), 3U) << "to be looked at now";
}

TEST_F(LeaseUpkeep, ReapTakesNoMoreThanItMay) {
    for (int i = 0; i < 5; ++i) {
        put("job " + std::to_string(i));
    }
    take();
    advance(30'000);
    EXPECT_EQ(end_leases(2).queued.size(), 2U);
    EXPECT_EQ(end_leases(2).queued.size(), 2U);
    EXPECT_EQ(end_leases(2).queued.size(), 1U);
    EXPECT_EQ(end_leases(2).queued.size(), 0U);
    EXPECT_EQ(wrong(), Names{});
}

TEST_F(LeaseUpkeep, WhenTheClocksDisagreeNothingThatWasSubmittingIsTouched) {
    for (int i = 0; i < 3; ++i) {
        const Leased job = bring_to(Phase::submitting, "submitting " + std::to_string(i));
    }
    bring_to(Phase::looking, "looking");
    bring_to(Phase::claimed, "claimed");
    advance(40'000);
    for (const std::int64_t skew : {-30'001, 30'001}) {
        skew_ms = skew;
        const Reaped reaped = end_leases(1);  // those that stay must not hide the others
        EXPECT_TRUE(reaped.clock_suspect);
        EXPECT_EQ(reaped.queued.size() + reaped.unknown.size(), 1U);
        EXPECT_TRUE(take_unknown(terms()).clock_suspect);
        EXPECT_TRUE(take().clock_suspect);
    }
    advance(40'000);
    const Reaped rest = end_leases();
    EXPECT_EQ(rest.queued.size() + rest.unknown.size(), 2U);
    EXPECT_EQ(phase("submitting 1"), Phase::submitting);
    skew_ms = 30'000;
    const Reaped agreed = end_leases();
    EXPECT_FALSE(agreed.clock_suspect);
    EXPECT_EQ(agreed.unknown.size(), 3U);
    EXPECT_EQ(wrong(), Names{});
}

TEST_F(LeaseUpkeep, AClockThatWentBackHoldsNoLease) {
    const Leased submitting = bring_to(Phase::submitting, "submitting");
    const Leased claimed = bring_to(Phase::claimed, "claimed");
    advance(-3'600'000);
    EXPECT_EQ(outcome(claimed.lease), Outcome::fenced);
    const Reaped reaped = end_leases();
    EXPECT_EQ(reaped.queued, Names{"claimed"});
    EXPECT_EQ(reaped.unknown, Names{"submitting"});
    EXPECT_TRUE(settle(submitting.lease, What::done));
    EXPECT_EQ(wrong(), Names{});
}

TEST_F(LeaseUpkeep, SendingGoesOnWhenRedisIsOutOfMemory) {
    bring_to(Phase::done, "done");
    put("a");
    put("b");
    put("c");
    const Leased reaped = take(terms(1)).jobs.at(0);
    advance(20'000);
    ask({"CONFIG", "SET", "maxmemory", "1"});
    const Result<Committed> refused = try_put("d");
    EXPECT_FALSE(refused) << "new work is refused";
    const Claimed claimed = take();
    ASSERT_EQ(claimed.jobs.size(), 2U);
    Guards guards;
    guards.caps = {{"{p}:cap", 5, 1}};
    guards.cap_index = "{p}:ex";
    guards.rate = Rate{1, 5};
    EXPECT_EQ(outcome(claimed.jobs[0].lease, guards), Outcome::go);
    EXPECT_EQ(outcome(claimed.jobs[1].lease), Outcome::go);
    EXPECT_TRUE(settle(claimed.jobs[0].lease, What::done, 0, true, "accepted"));
    EXPECT_TRUE(settle(claimed.jobs[1].lease, What::unknown));
    EXPECT_TRUE(settle(look_at_one().lease, What::again, 60'000));
    ask({"CONFIG", "SET", "maxmemory", "0"});
    advance(10'000);
    ask({"CONFIG", "SET", "maxmemory", "1"});
    EXPECT_EQ(end_leases().queued, Names{reaped.lease.id});
    EXPECT_EQ(sweep(start_ms), 1);
    EXPECT_TRUE(state("b"));
    EXPECT_EQ(wrong(), Names{});
    ask({"CONFIG", "SET", "maxmemory", "0"});
}

TEST_F(LeaseUpkeep, SweepForgetsWhatWasSettledLongAgoWithWhatIsAttached) {
    for (const char* id : {"old", "older", "young"}) {
        const Leased job = bring_to(Phase::done, id);
        ask({"RPUSH", queue.attached + id, "receipt"});
    }
    ask({"ZADD", queue.settled, "1000", "older", "2000", "old"});
    skew_ms = 40'000;
    EXPECT_EQ(sweep(5000), 0) << "the clocks disagree";
    skew_ms = 0;
    EXPECT_EQ(sweep(now() + 1), 0) << "nothing settled in the future is old";
    EXPECT_EQ(number({"ZCARD", queue.settled}), 3);
    EXPECT_EQ(sweep(1999), 1);
    EXPECT_FALSE(state("older"));
    EXPECT_EQ(sweep(5000, 1), 1);
    EXPECT_FALSE(state("old"));
    EXPECT_EQ(number({"EXISTS", queue.attached + "old", queue.attached + "older"}), 0);
    EXPECT_EQ(number({"EXISTS", queue.attached + "young"}), 1);
    EXPECT_EQ(phase("young"), Phase::done);
    EXPECT_EQ(sweep(5000), 0);
    EXPECT_EQ(wrong(), Names{});
    put("old");  // forgotten is forgotten
    EXPECT_EQ(phase("old"), Phase::queued);
}

// Between the list and the deletion an id may be forgotten by another and enqueued and settled again.
TEST_F(LeaseUpkeep, TheDeletionItselfLooksAtTheTime) {
    bring_to(Phase::done, "young");
    Command command{"FCALL",
                    functions::lease_sweep,
                    "9",
                    queue.jobs,
                    queue.states,
                    queue.leased,
                    queue.unknown,
                    queue.settled,
                    queue.rate,
                    queue.lanes[0],
                    queue.lanes[1],
                    queue.lanes[2],
                    "3",
                    std::to_string(now()),
                    std::to_string(now() - 1),
                    "young"};
    EXPECT_EQ(number(std::move(command)), 0);
    EXPECT_EQ(phase("young"), Phase::done);
}

TEST_F(LeaseUpkeep, SweepForgetsNothingThatIsNotDone) {
    put("queued");
    ask({"ZADD", queue.settled, "1000", "queued", "1001", "of no state"});
    EXPECT_EQ(sweep(5000), 1);
    EXPECT_EQ(phase("queued"), Phase::queued);
    EXPECT_EQ(number({"ZCARD", queue.settled}), 0);
    EXPECT_EQ(wrong(), Names{});
}

}  // namespace
}  // namespace rightsline::redis
