// A text of the roster that its provider tells of again: the very same answer, and nothing more is taken.
#include "tests/gateway/alerts/alerting.hpp"

namespace rightsline::alerts {
namespace {

constexpr const char* maria = "+15005550101";

class Repeats : public Alerting {
 protected:
    int taken() {
        int all = 0;
        for (const char* id : {"c1", "c2", "c3"}) {
            all += alert(id).is_taken() ? 1 : 0;
        }
        return all;
    }
    void three_dangers() {
        for (const char* id : {"c1", "c2", "c3"}) {
            file(id, Urgency::p1);
        }
        step();
    }
};

TEST_F(Repeats, ATextTakesOneDangerHoweverOftenItIsToldOf) {
    three_dangers();
    const std::string first = text_back(maria, "1", "SM1");
    EXPECT_EQ(first, "Thank you. Report 7K4-921 is yours now.");
    EXPECT_EQ(text_back(maria, "1", "SM1"), first);
    EXPECT_EQ(text_back(maria, "1", "SM1"), first);
    EXPECT_EQ(taken(), 1);
    EXPECT_EQ(number({"ZCARD", keys.alerts()}), 2) << "the others are told on";
    EXPECT_EQ(text_back(maria, "1", "SM2"), "Thank you. Report 7K4-922 is yours now.");
}

TEST_F(Repeats, CopiesThatArriveTogetherTakeOneDanger) {
    three_dangers();
    std::vector<std::string> heard;
    for (int i = 0; i < 3; ++i) {
        boost::asio::co_spawn(
            io, desk->answer_text("fair-food", {maria, "1", "SM1"}),
            [&](const std::exception_ptr&, std::optional<std::string> words) { heard.push_back(*words); });
    }
    tests::run_until(io, [&] { return heard.size() == 3; });
    EXPECT_EQ(heard, std::vector<std::string>(3, "Thank you. Report 7K4-921 is yours now."));
    EXPECT_EQ(taken(), 1);
}

TEST_F(Repeats, WhatFoundNothingToTakeTakesNothingLater) {
    const std::string nowhere = text_back(maria, "1", "SM1");
    file("c1", Urgency::p1);
    step();
    EXPECT_EQ(text_back(maria, "1", "SM1"), nowhere) << "it was said before anybody was told";
    EXPECT_FALSE(alert("c1").is_taken());
    const std::string too_late = "Somebody else has report 7K4-921 already. Thank you.";
    ASSERT_EQ(*take("c1", "jean"), Answer::taken);
    EXPECT_EQ(text_back(maria, "1", "SM2"), too_late);
    file("c2", Urgency::p1);
    step();
    EXPECT_EQ(text_back(maria, "1", "SM2"), too_late);
    EXPECT_FALSE(alert("c2").is_taken());
}

TEST_F(Repeats, TheMemoryOfATextIsSweptWithTheOthersAndSaysNothingInClear) {
    file("c1", Urgency::p1);
    step();
    (void)text_back(maria, "1", "SM-of-a-provider");
    const std::vector<std::string> kept = keys_like("{fair-food}:e:alert:*");
    ASSERT_EQ(kept.size(), 1U);
    EXPECT_EQ(text({"ZSCORE", keys.guards(), kept.front()}).empty(), false);
    EXPECT_EQ(kept.front().find("SM-of-a-provider"), std::string::npos);
    EXPECT_EQ(text({"GET", kept.front()}).find("7K4"), std::string::npos);
}

TEST_F(Repeats, AStoreThatWasGoneHasAnsweredNothing) {
    three_dangers();
    redis::shared_server().kill();
    const std::string not_now = text_back(maria, "1", "SM1");
    redis::shared_server().start();
    EXPECT_NE(not_now.find("answer 1 again"), std::string::npos) << not_now;
    EXPECT_EQ(text_back(maria, "1", "SM1"), "Thank you. Report 7K4-921 is yours now.");
    EXPECT_EQ(taken(), 1);
}

}  // namespace
}  // namespace rightsline::alerts
