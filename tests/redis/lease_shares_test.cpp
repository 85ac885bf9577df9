// Which lane a place goes to, and how much one claim takes.
#include "tests/redis/lease_fixture.hpp"

namespace rightsline::redis {
namespace {

class LeaseQueueShares : public WithQueue {
 protected:
    void fill(int each) {
        for (int i = 0; i < each; ++i) {
            for (const std::size_t lane : {0U, 1U, 2U}) {
                put(std::to_string(lane) + ":" + std::to_string(1000 + i), lane);
            }
        }
    }
    // How many of each lane `calls` claims of `most` places get.
    std::vector<int> shares(int calls, int most, int below_every) {
        std::vector<int> got(3);
        Claim claim = terms(most);
        claim.below_every = below_every;
        for (int i = 0; i < calls; ++i) {
            for (const Leased& job : take(claim).jobs) {
                ++got[job.lane];
            }
        }
        return got;
    }
};

TEST_F(LeaseQueueShares, PausedLanesKeepTheirJobs) {
    put("alert", 0);
    put("reply", 1);
    put("blast", 2);
    Claim claim = terms();
    claim.skipped = {0, 2};
    const Claimed first = take(claim);
    EXPECT_EQ(names(first), Names{"reply"});
    EXPECT_FALSE(first.wait_ms) << "what is paused is not waited for";
    claim.skipped = {0, 1, 2, 9};
    EXPECT_TRUE(take(claim).jobs.empty());
    EXPECT_EQ(names(take()), (Names{"alert", "blast"}));
}

TEST_F(LeaseQueueShares, ALooksWorthOfPayloadsLeavesTheRestWhereItIs) {
    for (int i = 10; i < 50; ++i) {
        put("job " + std::to_string(i), 1, now(), std::string(65536, 'x'));
    }
    const Claimed first = take(terms(100));
    EXPECT_EQ(first.jobs.size(), 16U);
    EXPECT_EQ(first.jobs[15].lease.id, "job 25");
    EXPECT_EQ(first.wait_ms, 0);
    EXPECT_EQ(wrong(), Names{});
    EXPECT_EQ(take(terms(100)).jobs.at(0).lease.id, "job 26");
}

TEST_F(LeaseQueueShares, WithoutAShareTheMostUrgentLaneComesFirst) {
    fill(20);
    EXPECT_EQ(shares(2, 10, 0), (std::vector<int>{20, 0, 0}));
    EXPECT_EQ(shares(1, 25, 0), (std::vector<int>{0, 20, 5}));
}

TEST_F(LeaseQueueShares, EveryNthPlaceIsForTheLanesBelow) {
    fill(60);
    EXPECT_EQ(shares(1, 50, 5), (std::vector<int>{40, 8, 2}));
}

TEST_F(LeaseQueueShares, TheShareHoldsWhenOnlyOnePlaceIsToBeHad) {
    fill(60);
    EXPECT_EQ(shares(50, 1, 5), (std::vector<int>{40, 8, 2}));
}

TEST_F(LeaseQueueShares, PlacesThatTheLowerLanesDoNotNeedGoToTheUrgentOne) {
    fill(3);
    for (int i = 0; i < 30; ++i) {
        put("more " + std::to_string(100 + i), 0);
    }
    EXPECT_EQ(shares(1, 20, 4), (std::vector<int>{15, 3, 2}));
    EXPECT_EQ(shares(2, 10, 4), (std::vector<int>{18, 0, 1})) << "both below run out";
}

TEST_F(LeaseQueueShares, LowerLanesGetAllWhenNothingIsAbove) {
    put("b", 2);
    EXPECT_EQ(shares(1, 10, 5), (std::vector<int>{0, 0, 1}));
}

}  // namespace
}  // namespace rightsline::redis
