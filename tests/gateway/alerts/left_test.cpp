// A case that is nobody's again: its alert begins again, whoever had it and by whatever they have it no more.
#include "tests/gateway/alerts/alerting.hpp"

namespace rightsline::alerts {
namespace {

TEST_F(Alerting, WhatGoesBackToThePoolIsToldAgainByWhateverItDoes) {
    for (const Urgency urgency : {Urgency::p1, Urgency::p3}) {
        const std::string id = urgency == Urgency::p1 ? "c1" : "c3";
        file(id, urgency);
        step();
        EXPECT_EQ(*take(id, "maria"), Answer::taken);
        change(id, cases::Assign{"", "maria"});  // as when she is shut out
        EXPECT_EQ(number({"HEXISTS", keys.case_facts(id), "taken"}), 0) << "with the same commit";
        EXPECT_FALSE(alert(id).is_taken());
        EXPECT_EQ(open_for("").size(), 1U) << "also before the desk has come to it";
        step();
        EXPECT_EQ(told(id), urgency == Urgency::p1 ? "maria:sms maria:call maria:sms maria:call"
                                                   : "maria:sms maria:sms");
        EXPECT_EQ(open_for("").size(), 1U);
        EXPECT_EQ(*take(id, "jean"), Answer::taken) << "and not: maria has it";
        EXPECT_EQ(work(id).assignee, "jean");
        EXPECT_EQ(work(id).left, 0);
        EXPECT_EQ(number({"HEXISTS", keys.case_facts(id), "taken"}), 1);
        step();
        EXPECT_EQ(number({"ZCARD", keys.alerts()}), 0);
    }
}

TEST_F(Alerting, ThatItGoesBackToThePoolDoesNotHoldUpItsLadder) {
    file("c1", Urgency::p1);
    step();
    EXPECT_EQ(*take("c1", "ana"), Answer::taken);
    change("c1", cases::Assign{""});
    step();
    clock.advance(60s);
    step();
    EXPECT_EQ(told("c1"), "maria:sms maria:call maria:sms maria:call jean:sms") << "it climbs as at first";
}

TEST_F(Alerting, WhatTheSecondWhoHadItLeavesToNobodyIsToldAgain) {
    people.supervisors.clear();
    open_desk(roster_file, {});
    file("c1", Urgency::p3);
    step();
    EXPECT_EQ(*take("c1", "maria"), Answer::taken);
    change("c1", cases::Assign{"ana"});
    change("c1", cases::Recuse{}, "ana");
    step();
    EXPECT_EQ(told("c1"), "maria:sms maria:sms");
    EXPECT_EQ(open_for("").size(), 1U);
}

TEST_F(Alerting, WhoTakesItBeforeItIsToldAgainHasIt) {
    file("c1", Urgency::p1);
    step();
    EXPECT_EQ(*take("c1", "maria"), Answer::taken);
    change("c1", cases::Assign{""});
    EXPECT_EQ(*take("c1", "jean"), Answer::taken);
    step();
    EXPECT_EQ(told("c1"), "maria:sms maria:call");
    EXPECT_EQ(alert("c1").taken_by, "jean");
    EXPECT_EQ(number({"ZCARD", keys.alerts()}), 0);
}

TEST_F(Alerting, WhatIsGivenToTheNextIsNotToldAgain) {
    file("c1", Urgency::p1);
    step();
    EXPECT_EQ(*take("c1", "maria"), Answer::taken);
    change("c1", cases::Assign{"jean"});
    step();
    EXPECT_TRUE(alert("c1").is_taken());
    EXPECT_EQ(number({"ZCARD", keys.alerts()}), 0);
}

}  // namespace
}  // namespace rightsline::alerts
