#include "gateway/health/builds.hpp"

#include <gtest/gtest.h>

namespace rightsline::health {
namespace {

using namespace std::chrono_literals;
using Names = std::vector<std::string>;

class OldBuilds : public testing::Test {
 protected:
    Names look(std::chrono::hours later, const Names& loaded, const Names& used) {
        now += later;
        std::vector<Instance> living;
        for (const std::string& one : used) {
            living.push_back({"gw-" + one, one, {}});
        }
        return builds.to_forget(loaded, living, now);
    }
    Builds builds;
    Deadline now{};
};

TEST_F(OldBuilds, StayAsLongAsSomebodyCallsThem) {
    for (int day = 0; day < 30; ++day) {
        EXPECT_EQ(look(24h, {"rl_old"}, {"rl_old"}), Names());
    }
}

TEST_F(OldBuilds, GoAfterADayThatNobodyCalledThem) {
    EXPECT_EQ(look(0h, {"rl_old"}, {}), Names());
    EXPECT_EQ(look(23h, {"rl_old"}, {}), Names());
    EXPECT_EQ(look(1h, {"rl_old"}, {}), Names{"rl_old"});
}

TEST_F(OldBuilds, ABuildThatWasPutBackBeginsItsDayAnew) {
    look(0h, {"rl_old"}, {});
    look(23h, {"rl_old"}, {"rl_old"});
    EXPECT_EQ(look(2h, {"rl_old"}, {}), Names());
    EXPECT_EQ(look(23h, {"rl_old"}, {}), Names());
    EXPECT_EQ(look(1h, {"rl_old"}, {}), Names{"rl_old"});
}

TEST_F(OldBuilds, GoAFewAtATime) {
    const Names many{"rl_1", "rl_2", "rl_3", "rl_4", "rl_5", "rl_6"};
    look(0h, many, {});
    EXPECT_EQ(look(24h, many, {}).size(), 4U);
}

}  // namespace
}  // namespace rightsline::health
