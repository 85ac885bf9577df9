// A case that a monitor sorts into a category of a greater urgency: what a danger does is done, in the same commit.
#include "tests/gateway/alerts/alerting.hpp"

namespace rightsline::alerts {
namespace {

TEST_F(Alerting, WhatIsSortedIntoADangerIsToldAgainFromTheBeginningThoughSomebodyHadIt) {
    file("c1", Urgency::p3);
    step();
    ASSERT_EQ(told("c1"), "maria:sms");
    ASSERT_EQ(*take("c1", "maria"), Answer::taken);
    clock.advance(1h);
    change("c1", cases::SetCategory{"child_labour"}, "maria");
    EXPECT_EQ(text({"HGET", keys.case_facts("c1"), "urgency"}), "P1");
    step();
    EXPECT_EQ(alert("c1").urgency, Urgency::p1);
    EXPECT_FALSE(alert("c1").is_taken());
    EXPECT_EQ(told("c1"), "maria:sms maria:sms maria:call");
    clock.advance(60s);
    step();
    EXPECT_EQ(told("c1"), "maria:sms maria:sms maria:call jean:sms") << "the ladder goes on";
    EXPECT_EQ(*take("c1", "jean"), Answer::taken);
}

TEST_F(Alerting, WhatIsSortedWithoutAGreaterUrgencyIsToldToNobody) {
    file("c1", Urgency::p1);
    step();
    ASSERT_EQ(*take("c1", "maria"), Answer::taken);
    const std::int64_t before = waiting();
    for (const char* category : {"heat", "child_labour", "unpaid", ""}) {
        change("c1", cases::SetCategory{category}, "maria");
        EXPECT_EQ(text({"HGET", keys.case_facts("c1"), "urgency"}), "P1") << category;
    }
    clock.advance(60s);
    step();
    EXPECT_EQ(waiting(), before);
    EXPECT_TRUE(alert("c1").is_taken());
}

// Its alert may be gone, as after a restore: the age that counts is that of the danger.
TEST_F(Alerting, AnOldCaseThatIsSortedIntoADangerIsToldThoughNothingIsLeftOfItsAlert) {
    file("c1", Urgency::p3);
    step();
    ask({"DEL", keys.alert("c1"), keys.alerts()});
    clock.advance(std::chrono::days(60));
    change("c1", cases::SetCategory{"child_labour"});
    step();
    EXPECT_EQ(told("c1"), "maria:sms maria:call");
}

}  // namespace
}  // namespace rightsline::alerts
