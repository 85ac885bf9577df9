#include "gateway/ops/rare_line.hpp"

#include <gtest/gtest.h>

namespace rightsline::ops {
namespace {

using namespace std::chrono_literals;

TEST(RareLine, TellsTheFirstAndThenOnceAMinuteHowManyThereWere) {
    RareLine line;
    const auto begun = std::chrono::steady_clock::time_point(1h);
    EXPECT_EQ(line.due(begun), 1);
    for (int i = 1; i < 60; ++i) {
        EXPECT_EQ(line.due(begun + i * 1s), 0) << i;
    }
    EXPECT_EQ(line.due(begun + 60s), 60);
    EXPECT_EQ(line.due(begun + 119s), 0);
    EXPECT_EQ(line.due(begun + 10min), 2);
}

}  // namespace
}  // namespace rightsline::ops
