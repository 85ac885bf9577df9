#include "gateway/health/clock_watch.hpp"

#include <gtest/gtest.h>

namespace rightsline::health {
namespace {

using namespace std::chrono_literals;

class Clocks : public testing::Test {
 protected:
    bool pass(std::chrono::seconds time, std::chrono::seconds jump = 0s) {
        steady += time;
        wall += time + jump;
        return watch.look(wall, steady);
    }
    ClockWatch watch;
    ops::UtcMs wall{std::chrono::days(20'000)};
    Deadline steady{5h};
};

TEST_F(Clocks, DisagreementHoldsDeletionsAndEndsWithIt) {
    EXPECT_TRUE(watch.may_delete(steady));
    watch.heard(true);
    EXPECT_FALSE(watch.may_delete(steady));
    EXPECT_TRUE(watch.disagrees());
    watch.heard(false);
    EXPECT_TRUE(watch.may_delete(steady));
}

TEST_F(Clocks, AJumpIsOnTrialForTenMinutes) {
    EXPECT_FALSE(pass(1s));
    EXPECT_FALSE(pass(1s, 30s)) << "a correction";
    EXPECT_TRUE(pass(1s, 31s));
    EXPECT_FALSE(watch.may_delete(steady));
    EXPECT_FALSE(watch.disagrees()) << "Redis' clock jumped as well";
    EXPECT_FALSE(pass(599s));
    EXPECT_FALSE(watch.may_delete(steady));
    EXPECT_FALSE(pass(1s));
    EXPECT_TRUE(watch.may_delete(steady));
}

TEST_F(Clocks, AfterAJumpNoPauseIsAnEndUntilRedisHasSpoken) {
    EXPECT_FALSE(pass(1s));
    EXPECT_TRUE(watch.may_time());
    EXPECT_TRUE(pass(1s, 48h));
    EXPECT_FALSE(watch.may_time());
    watch.heard(false);
    EXPECT_TRUE(watch.may_time()) << "both have jumped";
    EXPECT_TRUE(pass(1s, -48h));
    watch.heard(true);
    EXPECT_FALSE(watch.may_time());
    EXPECT_FALSE(watch.unheard());
}

TEST_F(Clocks, SlowDriftIsNoJumpAndAJumpBackIsOne) {
    for (int i = 0; i < 100; ++i) {
        EXPECT_FALSE(pass(60s, 20s));
    }
    EXPECT_TRUE(pass(1s, -31s));
}

}  // namespace
}  // namespace rightsline::health
