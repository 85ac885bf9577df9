#include "gateway/ops/disk_room.hpp"

#include <gtest/gtest.h>

#include <filesystem>

namespace rightsline::ops {
namespace {

// What the kernel shows of itself takes nothing: a disk that is full for everybody, everywhere.
TEST(DiskRoom, SaysOnceThatADiskIsFull) {
    ASSERT_EQ(free_bytes("/proc").value_or(1), 0U);
    DiskRoom full("/proc");
    EXPECT_TRUE(full.newly_full());
    EXPECT_FALSE(full.newly_full());
    EXPECT_TRUE(full.full());
}

TEST(DiskRoom, HasNothingToSayOfOneWithRoomOrOfNone) {
    const std::string here = std::filesystem::temp_directory_path();
    ASSERT_GT(free_bytes(here).value_or(0), 16U << 20U) << "this test wants room itself";
    DiskRoom room(here);
    EXPECT_FALSE(room.newly_full());
    EXPECT_FALSE(free_bytes(here + "/no/such/folder"));
    EXPECT_FALSE(DiskRoom(here + "/no/such/folder").full());
}

}  // namespace
}  // namespace rightsline::ops
