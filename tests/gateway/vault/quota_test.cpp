#include "gateway/vault/quota.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "gateway/vault/error.hpp"
#include "key_folder.hpp"
#include "tests/support/manual_clock.hpp"

namespace rightsline::vault {
namespace {

class QuotaOfADay : public testing::Test {
 protected:
    Quota quota(Counts most) {
        const Result<UsedOnDay> so_far = read_used(path);
        return {most, so_far.value(), clock, [this](const UsedOnDay& used) {
                    ++writes;
                    return fails ? Result<void>(errc::cannot_keep_count) : keep_used(path, used);
                }};
    }
    KeyFolder folder;
    std::string path = (folder.keys(), folder.path() + "/used");
    support::ManualClock clock;
    int writes = 0;
    bool fails = false;
};

TEST_F(QuotaOfADay, GivesSoManyAndNoMore) {
    Quota today = quota({10, 2, 3});
    EXPECT_TRUE(today.take(Counted::names, 8));
    EXPECT_FALSE(today.take(Counted::names, 3)) << "all of them or none";
    EXPECT_TRUE(today.take(Counted::names, 2));
    EXPECT_FALSE(today.take(Counted::names, 1));
    EXPECT_TRUE(today.take(Counted::numbers, 1)) << "each by itself";
    EXPECT_EQ(today.used_percent(), 100);
}

TEST_F(QuotaOfADay, BeginsAnewWithTheDayAndNeverGoesBack) {
    Quota quota = this->quota({10, 2, 3});
    EXPECT_TRUE(quota.take(Counted::numbers, 2));
    EXPECT_FALSE(quota.take(Counted::numbers, 1));
    clock.advance(std::chrono::days(1));
    EXPECT_TRUE(quota.take(Counted::numbers, 2));
    clock.advance(-std::chrono::days(1));
    EXPECT_FALSE(quota.take(Counted::numbers, 1)) << "a clock that is put back gives nothing";
}

TEST_F(QuotaOfADay, CountsOnAfterARestart) {
    {
        Quota before = quota({10'000, 20, 30});
        EXPECT_TRUE(before.take(Counted::numbers, 20));
        EXPECT_TRUE(before.take(Counted::names, 9'900));
    }
    Quota after = quota({10'000, 20, 30});
    EXPECT_FALSE(after.take(Counted::numbers, 1));
    EXPECT_FALSE(after.take(Counted::names, 101)) << "never more than the quota";
    EXPECT_EQ(after.used_percent(), 100);
}

TEST_F(QuotaOfADay, WritesAHundredTimesADayAndIsNeverBehind) {
    Quota today = quota({1'000'000, 1, 1});
    for (int i = 0; i < 50'000; ++i) {
        ASSERT_TRUE(today.take(Counted::names, 1));
        if (i % 9973 == 0) {
            EXPECT_GE(read_used(path)->used[0], static_cast<std::uint64_t>(i));
        }
    }
    EXPECT_LE(writes, 6);
    EXPECT_LE(read_used(path)->used[0], 60'001U) << "a hundredth ahead, no more";
}

TEST_F(QuotaOfADay, GoesOnWhereTheDiskTakesNothingAndSaysSo) {
    fails = true;
    Quota today = quota({10, 2, 3});
    EXPECT_TRUE(today.take(Counted::names, 1));
    EXPECT_FALSE(today.healthy());
    fails = false;
    EXPECT_TRUE(today.take(Counted::names, 1));
    EXPECT_TRUE(today.healthy());
    EXPECT_EQ(read_used(path)->used[0], 2U);
}

TEST_F(QuotaOfADay, TakesNoFileForOneThatIsNone) {
    EXPECT_EQ(read_used(path).value(), UsedOnDay{}) << "there is none yet";
    for (const char* spoilt : {"", "rightsline-vault-quota-1 1 2 3", "rightsline-vault-quota-1 1 2 3 4 5\n",
                               "rightsline-vault-quota-2 1 2 3 4\n", "rightsline-vault-quota-1 1 2 -3 4\n"}) {
        std::ofstream(path) << spoilt;
        EXPECT_EQ(read_used(path).error(), errc::bad_quota_file) << spoilt;
    }
    const UsedOnDay used{20'000, {1, 2, 3}};
    EXPECT_TRUE(keep_used(path, used));
    EXPECT_EQ(read_used(path).value(), used);
    EXPECT_EQ(keep_used(folder.path() + "/not/there", used).error(), errc::cannot_keep_count);
}

}  // namespace
}  // namespace rightsline::vault
