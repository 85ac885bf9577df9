// Turns when every seat is taken: each worker is answered in time, and with the truth.
#include <gmock/gmock.h>

#include "tests/gateway/conversations/house.hpp"

namespace rightsline::conversations {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

class Crowded : public WithTurns {
 protected:
    void SetUp() override {
        WithTurns::SetUp();
        turns = std::make_unique<Turns>(
            TurnServices{*client,
                         *vault,
                         *packs,
                         *deeds,
                         *desk,
                         clock,
                         metrics,
                         [](const std::string&) {},
                         {},
                         nullptr,
                         {},
                         nullptr,
                         &seats},
            std::map<std::string, ProgramContext>{{"fair-food", {public_key, [](ops::UtcMs) { return 0; }}}});
    }
    health::Admission seats{metrics, {2, 100}};
};

TEST_F(Crowded, WhoFindsNoSeatInTimeIsToldThatNothingWasKept) {
    const health::Admission::Seat one = seats.try_enter();
    const health::Admission::Seat two = seats.try_enter();
    const Deadline begun = redis::in(0ms);
    const std::string answer = say("hello");
    EXPECT_LT(redis::in(0ms) - begun, 4s) << "within the budget of a text";
    EXPECT_NE(answer, "");
    EXPECT_THAT(metrics.render(), HasSubstr("rightsline_turns_total{outcome=\"crowded\"} 1"));
    EXPECT_EQ(count_of("{fair-food}:c:*"), 0U);
}

TEST_F(Crowded, WhoFindsOneLeavesItForTheNext) {
    const health::Admission::Seat one = seats.try_enter();
    for (int i = 0; i < 5; ++i) {
        say(text("SM" + std::to_string(i), "hello", "+1500555000" + std::to_string(i)));
    }
    EXPECT_THAT(metrics.render(), HasSubstr("rightsline_turns_total{outcome=\"crowded\"} 0"));
    EXPECT_EQ(count_of("{fair-food}:c:*"), 5U);
    EXPECT_EQ(seats.taken(), 1U);
}

}  // namespace
}  // namespace rightsline::conversations
