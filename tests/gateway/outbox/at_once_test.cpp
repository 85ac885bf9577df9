#include "gateway/outbox/at_once.hpp"

#include <gtest/gtest.h>

namespace rightsline::outbox {
namespace {

using namespace std::chrono_literals;

constexpr ops::UtcMs now{std::chrono::milliseconds(1'795'384'405'000)};

TEST(AtOnce, IsDueHoweverFarAheadTheClockOfWhoeverPostsIs) {
    for (const int rank : {0, 1, last_rank, 1000}) {
        EXPECT_LT(at_once(rank, now + std::chrono::years(1000)), now - std::chrono::years(20)) << rank;
    }
}

TEST(AtOnce, ALowerRankGoesFirstWhoeverCame) {
    EXPECT_LT(at_once(0, now + std::chrono::years(10)), at_once(1, now));
    EXPECT_LT(at_once(last_rank - 1, now), at_once(last_rank, ops::UtcMs{}));
}

TEST(AtOnce, OfOneRankWhoCameFirstGoesFirst) {
    EXPECT_LT(at_once(3, now), at_once(3, now + 1s));
    EXPECT_EQ(at_once(3, now), at_once(3, now + 999ms));
}

TEST(AtOnce, AClockFromBeforeTheWorldIsNoTrouble) {
    EXPECT_EQ(at_once(0, ops::UtcMs(-5h)), ops::UtcMs{});
    EXPECT_EQ(at_once(-1, now), at_once(0, now));
}

}  // namespace
}  // namespace rightsline::outbox
