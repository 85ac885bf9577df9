#include "gateway/vault/prepared_codes.hpp"

#include <gtest/gtest.h>

#include <deque>
#include <set>
#include <thread>

#include "gateway/vault/error.hpp"
#include "key_folder.hpp"

namespace rightsline::vault {
namespace {

// A pool that runs a job when the test says so.
struct Pool {
    std::deque<std::function<void()>> jobs;
    bool full = false;

    PostJob post() {
        return [this](std::function<void()> job) -> Result<void> {
            if (full) {
                return errc::out_of_memory;
            }
            jobs.push_back(std::move(job));
            return {};
        };
    }
    bool run_one() {
        if (jobs.empty()) {
            return false;
        }
        const std::function<void()> job = std::move(jobs.front());
        jobs.pop_front();
        job();
        return true;
    }
};

class PreparedCodesTest : public testing::Test {
 protected:
    KeyFolder folder_;
    ReceiptDeriver deriver_{folder_.keys()};
    Pool pool_;
};

TEST_F(PreparedCodesTest, FillsUpOneJobAtATimeAndStops) {
    PreparedCodes codes(deriver_, pool_.post(), 3);
    EXPECT_EQ(codes.ready(), 0U);
    codes.fill();
    codes.fill();
    EXPECT_EQ(pool_.jobs.size(), 1U);
    while (pool_.run_one()) {
        EXPECT_LE(pool_.jobs.size(), 1U);
    }
    EXPECT_EQ(codes.ready(), 3U);
}

TEST_F(PreparedCodesTest, GivesEveryCodeOnceWithItsIndexAndMailbox) {
    PreparedCodes codes(deriver_, pool_.post(), 2);
    codes.fill();
    while (pool_.run_one()) {
    }
    std::set<std::string> seen;
    for (int i = 0; i < 2; ++i) {
        const PreparedCode code = codes.take().value();
        EXPECT_TRUE(seen.insert(code.code.reveal()).second);
        const Receipt receipt = deriver_.derive(code.code).value();
        EXPECT_EQ(code.index, receipt.index);
        EXPECT_EQ(code.mailbox, receipt.mailbox);
    }
    EXPECT_EQ(codes.take().error(), errc::no_code_ready);
}

TEST_F(PreparedCodesTest, TakingRefills) {
    PreparedCodes codes(deriver_, pool_.post(), 1);
    codes.fill();
    ASSERT_TRUE(pool_.run_one());
    EXPECT_TRUE(pool_.jobs.empty());
    EXPECT_TRUE(codes.take());
    ASSERT_TRUE(pool_.run_one());
    EXPECT_EQ(codes.ready(), 1U);
}

TEST_F(PreparedCodesTest, AFullPoolIsAskedAgainAtTheNextTake) {
    PreparedCodes codes(deriver_, pool_.post(), 1);
    pool_.full = true;
    codes.fill();
    EXPECT_TRUE(pool_.jobs.empty());
    pool_.full = false;
    EXPECT_EQ(codes.take().error(), errc::no_code_ready);
    ASSERT_TRUE(pool_.run_one());
    EXPECT_EQ(codes.ready(), 1U);
}

TEST_F(PreparedCodesTest, AJobMayOutliveTheStock) {
    {
        PreparedCodes codes(deriver_, pool_.post(), 5);
        codes.fill();
    }
    EXPECT_TRUE(pool_.run_one());
    EXPECT_TRUE(pool_.jobs.empty());
}

TEST_F(PreparedCodesTest, WorksAcrossThreads) {
    std::jthread worker;
    PreparedCodes codes(
        deriver_,
        [&worker](std::function<void()> job) -> Result<void> {
            worker = std::jthread(std::move(job));
            return {};
        },
        1);
    codes.fill();
    worker.join();
    EXPECT_EQ(codes.ready(), 1U);
}

}  // namespace
}  // namespace rightsline::vault
