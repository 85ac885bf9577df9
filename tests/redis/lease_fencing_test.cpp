// Whose word counts on a job: the lease that holds it, as long as it does, and nobody once it is done.
#include "tests/redis/lease_fixture.hpp"

namespace rightsline::redis {
namespace {

using Outcome = Marked::Outcome;

class LeaseFencing : public WithQueue {};

TEST_F(LeaseFencing, NothingLeadsOutOfDone) {
    const Leased job = bring_to(Phase::done, "a");
    const auto before = everything();
    EXPECT_TRUE(settle(job.lease, What::done, 0, true, "again")) << "a repeat by the same lease";
    for (const What what : {What::again, What::unknown, What::release}) {
        EXPECT_FALSE(settle(job.lease, what));
    }
    EXPECT_FALSE(settle({"a", "gw-1", 2}, What::done));
    EXPECT_EQ(outcome(job.lease), Outcome::fenced);
    advance(600'000);
    EXPECT_TRUE(end_leases().queued.empty());
    EXPECT_TRUE(take().jobs.empty());
    EXPECT_TRUE(take_unknown(terms()).jobs.empty());
    set_clock(start_ms * 1000);
    EXPECT_EQ(everything(), before);
}

TEST_F(LeaseFencing, AnIdThatIsThereOrWasSettledIsNotEnqueuedAgain) {
    for (const Phase there :
         {Phase::queued, Phase::claimed, Phase::submitting, Phase::unknown, Phase::looking, Phase::done}) {
        const std::string id = "in phase " + std::to_string(static_cast<int>(there));
        bring_to(there, id);
        const auto before = everything();
        const Result<Committed> again = try_put(id, 2, 0, "another");
        ASSERT_TRUE(again);
        EXPECT_EQ(again->outcome, Committed::Outcome::unmet) << id;
        EXPECT_EQ(everything(), before) << id;
        take();
        take_unknown(terms());
    }
    Commit twice;
    twice.now_ms = now();
    twice.writes = enqueue(queue, 0, "new", "one", 0).value();
    for (Write& write : enqueue(queue, 1, "new", "two", 0).value()) {
        twice.writes.push_back(std::move(write));
    }
    EXPECT_EQ(tests::run(io, commit(*client, twice, in(soon)))->outcome, Committed::Outcome::unmet);
    EXPECT_FALSE(state("new"));
}

TEST_F(LeaseFencing, OnlyTheLeaseThatIsNamedCounts) {
    const Leased job = bring_to(Phase::claimed, "a");
    const std::vector<Lease> strangers = {
        {"a", "gw-2", 1}, {"a", "gw-1", 2}, {"b", "gw-1", 1}, {"a", "gw-1x", 1}};
    const auto before = everything();
    for (const Lease& stranger : strangers) {
        EXPECT_EQ(outcome(stranger), Outcome::fenced) << stranger.owner;
        for (const What what : {What::done, What::again, What::unknown, What::release}) {
            EXPECT_FALSE(settle(stranger, what)) << stranger.owner;
        }
    }
    EXPECT_EQ(everything(), before);
    EXPECT_EQ(outcome(job.lease), Outcome::go);
}

TEST_F(LeaseFencing, AZombieIsFencedEvenUnderItsOwnName) {
    put("a");
    const Leased zombie = take_one("gw-1");
    advance(30'000);
    EXPECT_EQ(end_leases().queued, Names{"a"});
    EXPECT_EQ(outcome(zombie.lease), Outcome::fenced);
    EXPECT_FALSE(settle(zombie.lease, What::done));
    const Leased job = take_one("gw-1");  // the same process, another lease
    EXPECT_EQ(outcome(zombie.lease), Outcome::fenced);
    EXPECT_FALSE(settle(zombie.lease, What::done));
    EXPECT_EQ(outcome(job.lease), Outcome::go);
    EXPECT_EQ(outcome(zombie.lease), Outcome::fenced);
    EXPECT_FALSE(settle(zombie.lease, What::again)) << "it would be sent again while it is on its way";
    EXPECT_TRUE(settle(job.lease, What::done));
    EXPECT_FALSE(settle(zombie.lease, What::done));
}

TEST_F(LeaseFencing, ALeaseThatIsOverMarksNothingEvenBeforeItIsReaped) {
    const Leased job = bring_to(Phase::claimed, "a");
    advance(29'999);
    EXPECT_EQ(outcome(bring_to(Phase::claimed, "b").lease), Outcome::go);
    advance(1);
    const auto before = everything();
    EXPECT_EQ(outcome(job.lease), Outcome::fenced);
    EXPECT_EQ(everything(), before);
    EXPECT_TRUE(settle(job.lease, What::release)) << "it may still give it back";
    EXPECT_EQ(phase("a"), Phase::queued);
}

TEST_F(LeaseFencing, TheMarkRenewsTheLease) {
    const Leased job = bring_to(Phase::claimed, "a");
    advance(29'000);
    EXPECT_EQ(outcome(job.lease), Outcome::go);
    advance(9'999);
    EXPECT_TRUE(end_leases().unknown.empty());
    advance(1);
    EXPECT_EQ(end_leases().unknown, Names{"a"});
}

TEST_F(LeaseFencing, ARepeatedMarkChangesNothing) {
    Guards guards;
    guards.caps = {{"{p}:cap", 1, 1}};
    guards.rate = Rate{1'000'000, 1};
    put("a");
    const Leased job = take_one();
    EXPECT_EQ(outcome(job.lease, guards), Outcome::go);
    const auto before = everything();
    EXPECT_EQ(outcome(job.lease, guards), Outcome::go);
    EXPECT_EQ(everything(), before);
}

TEST_F(LeaseFencing, TheTruthThatComesLateCountsUntilSomebodyLooked) {
    for (const What truth : {What::done, What::again, What::unknown}) {
        const std::string id = "late " + std::to_string(static_cast<int>(truth));
        const Leased job = bring_to(Phase::submitting, id);
        advance(10'000);
        EXPECT_EQ(end_leases().unknown, Names{id});
        EXPECT_TRUE(settle(job.lease, truth, 100'000)) << id;
        EXPECT_EQ(state(id)->doubts, 1);
        EXPECT_EQ(wrong(), Names{});
    }
    EXPECT_EQ(phase("late 0"), Phase::done);
    EXPECT_EQ(phase("late 1"), Phase::queued);
    EXPECT_EQ(phase("late 2"), Phase::unknown);
    const Leased job = bring_to(Phase::submitting, "a");
    advance(10'000);
    end_leases();
    EXPECT_FALSE(settle(job.lease, What::release)) << "it was begun";
    const Leased look = look_at_one();
    EXPECT_FALSE(settle(job.lease, What::done));
    EXPECT_TRUE(settle(look.lease, What::again));
    EXPECT_FALSE(settle(job.lease, What::done));
}

TEST_F(LeaseFencing, WaysThatDoNotExistAreRefused) {
    const Leased claimed = bring_to(Phase::claimed, "a");
    EXPECT_EQ(try_settle(claimed.lease, What::unknown).error(), errc::server_error) << "it was not begun";
    EXPECT_EQ(phase("a"), Phase::claimed);
    EXPECT_TRUE(settle(claimed.lease, What::done)) << "refused before it began";
    const Leased submitting = bring_to(Phase::submitting, "b");
    EXPECT_EQ(try_settle(submitting.lease, What::release).error(), errc::server_error) << "it was begun";
    EXPECT_EQ(phase("b"), Phase::submitting);
    EXPECT_EQ(wrong(), Names{});
}

}  // namespace
}  // namespace rightsline::redis
