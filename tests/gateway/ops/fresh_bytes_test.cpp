#include "gateway/ops/fresh_bytes.hpp"

#include <gtest/gtest.h>

#include <array>
#include <set>
#include <vector>

namespace rightsline::ops {
namespace {

TEST(FreshBytes, NeverComeTwice) {
    std::set<std::array<std::uint8_t, 24>> seen;
    for (int i = 0; i < 1000; ++i) {  // more than one draw from the system
        std::array<std::uint8_t, 24> one{};
        draw_fresh_bytes(one);
        EXPECT_TRUE(seen.insert(one).second);
    }
    EXPECT_FALSE(seen.contains({}));
}

TEST(FreshBytes, FillWhatIsLongerThanOneDraw) {
    std::vector<std::uint8_t> many(10000);
    draw_fresh_bytes(many);
    const std::set<std::uint8_t> values(many.begin() + 9000, many.end());
    EXPECT_GT(values.size(), 100U);
}

TEST(FreshBytes, OfNothingAreNone) { draw_fresh_bytes({}); }

}  // namespace
}  // namespace rightsline::ops
