// The way of a job through the queue, and whose word counts on it.
#include "redis/lease_queue.hpp"

#include "tests/redis/lease_fixture.hpp"

namespace rightsline::redis {
namespace {

using namespace std::string_literals;
using Outcome = Marked::Outcome;
class LeaseQueueWay : public WithQueue {};

TEST_F(LeaseQueueWay, FromTheTurnToDone) {
    put("a", 0, now(), "sealed\0bytes\r\n"s);
    EXPECT_EQ(wrong(), Names{});
    const Leased job = take_one();
    EXPECT_EQ(job.lease.id, "a");
    EXPECT_EQ(job.lease.owner, "gw-1");
    EXPECT_EQ(job.lease.number, 1);
    EXPECT_EQ(job.payload, "sealed\0bytes\r\n"s);
    EXPECT_EQ(job.lane, 0U);
    EXPECT_EQ(job.attempts, 0);
    EXPECT_EQ(job.doubts, 0);
    EXPECT_EQ(job.at_ms, now());
    EXPECT_EQ(phase("a"), Phase::claimed);
    EXPECT_EQ(wrong(), Names{});
    advance(7);
    EXPECT_EQ(outcome(job.lease), Outcome::go);
    EXPECT_EQ(phase("a"), Phase::submitting);
    EXPECT_EQ(state("a")->attempts, 1);
    EXPECT_EQ(state("a")->at_ms, now());
    EXPECT_EQ(wrong(), Names{});
    advance(5);
    EXPECT_TRUE(settle(job.lease, What::done, 0, true, "note\0 of two words"s));
    const JobState final = state("a").value();
    EXPECT_EQ(final.phase, Phase::done);
    EXPECT_EQ(final.note, "note\0 of two words"s);
    EXPECT_EQ(final.at_ms, now());
    EXPECT_EQ(number({"HLEN", queue.jobs}), 0);
    EXPECT_EQ(text({"ZSCORE", queue.settled, "a"}), std::to_string(now()));
    EXPECT_EQ(wrong(), Names{});
}

TEST_F(LeaseQueueWay, NothingIsClaimedTwiceOrBeforeItIsDue) {
    put("later", 1, now() + 1);
    put("b", 1, now());
    put("a", 1, now() - 1);
    const Claimed first = take();
    EXPECT_EQ(names(first), (Names{"a", "b"}));
    EXPECT_EQ(first.wait_ms, 1);
    EXPECT_TRUE(take().jobs.empty());
    advance(1);
    const Claimed second = take();
    EXPECT_EQ(names(second), Names{"later"});
    EXPECT_FALSE(second.wait_ms) << "nothing is queued";
}

TEST_F(LeaseQueueWay, ReleaseGivesTheJobItsPlaceBack) {
    put("a", 1, now() - 20);
    put("b", 1, now() - 10);
    const Leased first = take(terms(1)).jobs.at(0);
    EXPECT_TRUE(settle(first.lease, What::release));
    EXPECT_EQ(state("a")->attempts, 0);
    EXPECT_EQ(wrong(), Names{});
    const Claimed again = take();
    EXPECT_EQ(names(again), (Names{"a", "b"}));
    EXPECT_EQ(again.jobs[0].lease.number, 2);
    EXPECT_EQ(again.jobs[0].at_ms, now() - 20);
}

TEST_F(LeaseQueueWay, AgainComesBackAfterItsDelayAndCountsOrNot) {
    put("a");
    Leased job = take_one();
    EXPECT_TRUE(settle(job.lease, What::again, 50, false));  // only claimed, does not count
    EXPECT_TRUE(take().jobs.empty());
    advance(50);
    job = take_one();
    EXPECT_EQ(job.attempts, 0);
    EXPECT_TRUE(settle(job.lease, What::again, 0, true));  // only claimed, counts
    job = take_one();
    EXPECT_EQ(job.attempts, 1);
    EXPECT_EQ(outcome(job.lease), Outcome::go);
    EXPECT_TRUE(settle(job.lease, What::again, 0, false));  // submitted, does not count
    job = take_one();
    EXPECT_EQ(job.attempts, 1);
    EXPECT_EQ(outcome(job.lease), Outcome::go);
    EXPECT_TRUE(settle(job.lease, What::again, 0, true, "429"));
    job = take_one();
    EXPECT_EQ(job.attempts, 2);
    EXPECT_EQ(job.note, "429");
    EXPECT_EQ(job.doubts, 0);
    EXPECT_EQ(wrong(), Names{});
}

TEST_F(LeaseQueueWay, UnknownIsLookedAtInItsTimeAndNeverClaimed) {
    const Leased job = bring_to(Phase::submitting, "a");
    advance(9);
    EXPECT_TRUE(settle(job.lease, What::unknown, 60'000, true, "timed out"));
    EXPECT_EQ(wrong(), Names{});
    EXPECT_TRUE(take().jobs.empty());
    const Claimed early = take_unknown(terms());
    EXPECT_TRUE(early.jobs.empty());
    EXPECT_EQ(early.wait_ms, 60'000);
    advance(60'000);
    EXPECT_TRUE(take().jobs.empty());
    const Leased look = look_at_one("gw-2");
    EXPECT_EQ(look.lease.number, 2);
    EXPECT_EQ(look.payload, "payload of a");
    EXPECT_EQ(look.attempts, 1);
    EXPECT_EQ(look.doubts, 1);
    EXPECT_EQ(look.at_ms, start_ms) << "when it was submitted";
    EXPECT_EQ(look.note, "timed out");
    EXPECT_EQ(phase("a"), Phase::looking);
    EXPECT_EQ(wrong(), Names{});
    EXPECT_TRUE(take_unknown(terms()).jobs.empty());
}

TEST_F(LeaseQueueWay, ALookEndsInDoneOrQueuedOrUnknown) {
    Leased look = bring_to(Phase::looking, "a");
    EXPECT_EQ(outcome(look.lease), Outcome::fenced) << "a look submits nothing";
    EXPECT_TRUE(settle(look.lease, What::unknown, 1000));
    EXPECT_EQ(state("a")->doubts, 1) << "the same doubt";
    advance(1000);
    look = look_at_one();
    EXPECT_TRUE(settle(look.lease, What::release));
    EXPECT_EQ(phase("a"), Phase::unknown);
    look = look_at_one();
    EXPECT_TRUE(settle(look.lease, What::again, 0, true));
    EXPECT_EQ(phase("a"), Phase::queued);
    const Leased job = take_one();
    EXPECT_EQ(job.attempts, 1);
    EXPECT_EQ(job.doubts, 1);
    EXPECT_EQ(wrong(), Names{});
    EXPECT_EQ(outcome(job.lease), Outcome::go);
    EXPECT_TRUE(settle(job.lease, What::unknown));
    look = look_at_one();
    EXPECT_EQ(look.doubts, 2);
    EXPECT_TRUE(settle(look.lease, What::again, 0, false));
    EXPECT_EQ(state("a")->attempts, 1) << "known to be void";
    EXPECT_EQ(wrong(), Names{});
}

TEST_F(LeaseQueueWay, ArgumentsOutOfBoundsSendNothing) {
    const auto until = in(soon);
    const Lease lease{"a", "gw-1", 1};
    LeaseQueue none = queue;
    none.lanes.clear();
    const std::uint64_t before = client->traffic().commands;
    EXPECT_EQ(enqueue(queue, 3, "a", "", 0).error(), errc::out_of_bounds);
    EXPECT_EQ(enqueue(none, 0, "a", "", 0).error(), errc::out_of_bounds);
    EXPECT_EQ(enqueue(queue, 0, "", "", 0).error(), errc::out_of_bounds);
    EXPECT_EQ(enqueue(queue, 0, std::string(129, 'a'), "", 0).error(), errc::out_of_bounds);
    EXPECT_EQ(enqueue(queue, 0, "a", std::string(65537, 'a'), 0).error(), errc::out_of_bounds);
    EXPECT_EQ(enqueue(queue, 0, "a", "", -1).error(), errc::out_of_bounds);
    std::vector<Claim> claims(8, terms());
    claims[0].owner = "";
    claims[1].owner = "gw 1";
    claims[2].owner = std::string(65, 'g');
    claims[3].lease_ms = 600'001;
    claims[4].most = 257;
    claims[5].most = 0;
    claims[6].below_every = 1;
    claims[7].rate = Rate{0, 1};
    for (const Claim& claim : claims) {
        EXPECT_EQ(tests::run(io, redis::claim(*client, queue, claim, until)).error(), errc::out_of_bounds);
        EXPECT_EQ(tests::run(io, claim_unknown(*client, queue, claim, until)).error(), errc::out_of_bounds);
    }
    Guards guards;
    guards.caps = std::vector<Guards::Cap>(9, {"{p}:cap", 1, 1});
    EXPECT_EQ(try_mark(lease, guards).error(), errc::out_of_bounds);
    guards.caps = {{"{p}:cap", 1, -1}};
    EXPECT_EQ(try_mark(lease, guards).error(), errc::out_of_bounds);
    EXPECT_EQ(try_settle(lease, What::again, -1).error(), errc::out_of_bounds);
    EXPECT_EQ(try_settle(lease, What::done, 0, true, std::string(257, 'n')).error(), errc::out_of_bounds);
    EXPECT_EQ(tests::run(io, reap(*client, queue, 0, now(), until)).error(), errc::out_of_bounds);
    EXPECT_EQ(tests::run(io, sweep_settled(*client, none, 1, now(), 1, until)).error(), errc::out_of_bounds);
    for (const char* page : {"6:0", "10:0", "2", "2:", "2:x", ":0", "x:0", "0:0"}) {
        EXPECT_EQ(tests::run(io, survey(*client, queue, page, until)).error(), errc::out_of_bounds) << page;
    }
    EXPECT_EQ(client->traffic().commands, before);
}

}  // namespace
}  // namespace rightsline::redis
