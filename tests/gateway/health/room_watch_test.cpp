#include "gateway/health/room_watch.hpp"

#include <gtest/gtest.h>

#include <filesystem>

namespace rightsline::health {
namespace {

TEST(RoomWatch, StepsUpAtOnceAndDownFivePointsBelow) {
    struct Row {
        int percent;
        Fullness after;
        bool worse;
    };
    RoomWatch watch({80, 90});
    for (const Row& row : std::initializer_list<Row>{{79, Fullness::room, false},
                                                     {80, Fullness::filling, true},
                                                     {79, Fullness::filling, false},
                                                     {81, Fullness::filling, false},
                                                     {75, Fullness::filling, false},
                                                     {74, Fullness::room, false},
                                                     {95, Fullness::full, true},
                                                     {86, Fullness::full, false},
                                                     {84, Fullness::filling, false},
                                                     {90, Fullness::full, true},
                                                     {10, Fullness::room, false}}) {
        EXPECT_EQ(watch.look(row.percent), row.worse) << row.percent;
        EXPECT_EQ(watch.fullness(), row.after) << row.percent;
    }
}

TEST(RoomWatch, ReadsARealDiskAndAFullOne) {
    const std::optional<int> here = disk_percent(std::filesystem::temp_directory_path().string());
    ASSERT_TRUE(here);
    EXPECT_GE(*here, 0);
    EXPECT_LE(*here, 100);
    EXPECT_FALSE(disk_percent("/no/such/folder"));
}

}  // namespace
}  // namespace rightsline::health
