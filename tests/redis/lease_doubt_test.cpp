// A queue whose records are older than the world: what may have been done since is in doubt, the rest is as it was.
#include "redis/lease_doubt.hpp"

#include <gmock/gmock.h>

#include "tests/redis/lease_fixture.hpp"

namespace rightsline::redis {
namespace {

using testing::IsEmpty;

class LeaseDoubt : public WithQueue {
 protected:
    static constexpr std::int64_t cut_ms = start_ms - 60'000;

    Doubted doubt_some() {
        const Result<Doubted> done = tests::run(io, doubt(*client, queue, cut_ms, "restored", in(soon)));
        EXPECT_TRUE(done) << done.error().message();
        return done ? *done : Doubted{};
    }
};

TEST_F(LeaseDoubt, TakesWhatWasDueOrInSomebodysHandsAndLeavesTheRest) {
    bring_to(Phase::claimed, "claimed");
    bring_to(Phase::submitting, "submitting");
    bring_to(Phase::unknown, "unknown");
    bring_to(Phase::done, "done");
    put("due", 0);
    put("later", 1, now() + 60'000);
    EXPECT_EQ(doubt_some().jobs, 3);
    EXPECT_EQ(doubt_some().jobs, 0);
    for (const char* id : {"due", "claimed", "submitting", "unknown"}) {
        EXPECT_EQ(phase(id), Phase::unknown) << id;
    }
    EXPECT_EQ(phase("later"), Phase::queued);
    EXPECT_EQ(phase("done"), Phase::done);
    EXPECT_THAT(wrong(), IsEmpty());
    EXPECT_THAT(take().jobs, IsEmpty());
}

TEST_F(LeaseDoubt, SaysSinceWhenAndWhy) {
    bring_to(Phase::submitting, "submitting");
    const std::int64_t submitted = state("submitting")->at_ms;
    put("due");
    doubt_some();
    EXPECT_EQ(state("due")->at_ms, cut_ms);
    EXPECT_EQ(state("due")->doubts, 1);
    EXPECT_EQ(state("due")->note, "restored");
    EXPECT_EQ(state("submitting")->at_ms, submitted) << "it was sent before the cut, if at all";
}

TEST_F(LeaseDoubt, ALookLeadsOutOfIt) {
    put("due");
    doubt_some();
    const Leased job = look_at_one();
    EXPECT_EQ(job.note, "restored");
    EXPECT_EQ(job.payload, "payload of due");
    EXPECT_TRUE(settle(job.lease, What::again));
    EXPECT_EQ(take_one().lease.id, "due");
}

TEST_F(LeaseDoubt, TakesAllOfManyAndPutsAsideWhatItCannotRead) {
    for (int i = 0; i < 300; ++i) {
        put("m" + std::to_string(i), static_cast<std::size_t>(i % 3));
    }
    ask({"HSET", queue.states, "m7", "junk"});
    std::int64_t all = 0;
    std::int64_t aside = 0;
    for (Doubted some = doubt_some(); some.jobs != 0; some = doubt_some()) {
        all += some.jobs;
        aside += some.aside;
    }
    EXPECT_EQ(all, 300);
    EXPECT_EQ(aside, 1);
    EXPECT_THAT(take().jobs, IsEmpty());
}

}  // namespace
}  // namespace rightsline::redis
