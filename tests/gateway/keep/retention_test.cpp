// Which backups stay.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/keep/backup.hpp"

namespace rightsline::keep {
namespace {

using namespace std::chrono_literals;

constexpr std::chrono::sys_seconds now{std::chrono::sys_days(std::chrono::year(2026) / 11 / 22) + 11h +
                                       30min};

std::vector<std::string> every(std::chrono::seconds step, std::chrono::seconds for_how_long) {
    std::vector<std::string> names;
    for (std::chrono::seconds age{0}; age < for_how_long; age += step) {
        names.push_back(backup_name(now - age));
    }
    return names;
}

TEST(Retention, NamesSortAsTimeGoes) {
    EXPECT_EQ(backup_name(now), "rightsline-20261122T113000Z.backup");
    EXPECT_LT(backup_name(now - 1s), backup_name(now));
}

TEST(Retention, OneAnHourThenOneADayThenNone) {
    const std::vector<std::string> all = every(10min, 24h * 60);
    const std::vector<std::string> gone = superseded(all, now, {48, 30});
    std::vector<std::string> left;
    for (const std::string& name : all) {
        if (std::ranges::find(gone, name) == gone.end()) {
            left.push_back(name);
        }
    }
    EXPECT_EQ(left.front(), backup_name(now));
    EXPECT_GT(left.back(), backup_name(now - 24h * 30));
    EXPECT_EQ(left.size(),
              48U + 30 - 1);  // the newest of an hour of today and yesterday is the newest of its day too
}

TEST(Retention, NothingOlderThanTheDaysStays) {
    const std::string old = backup_name(now - 24h * 30);
    EXPECT_THAT(superseded({old, backup_name(now)}, now, {48, 30}), testing::ElementsAre(old));
}

TEST(Retention, TheNewestStaysHoweverOldItIs) {
    EXPECT_THAT(superseded({backup_name(now - 24h * 400)}, now, {48, 30}), testing::IsEmpty());
}

TEST(Retention, WhatIsNotOursIsNeverNamed) {
    EXPECT_THAT(superseded({"rightsline-20200101T000000Z.backup.txt", "rightsline-20201301T000000Z.backup",
                            "letters", "rightsline-20200101T000000Z.backup.part", backup_name(now)},
                           now, {1, 1}),
                testing::IsEmpty());
}

}  // namespace
}  // namespace rightsline::keep
