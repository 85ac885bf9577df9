// To take an alert is to have its case; and whom a case keeps out is neither woken nor can take it.
#include "tests/gateway/alerts/alerting.hpp"

namespace rightsline::alerts {
namespace {

const char* const nothing_to_do = "There is nothing for you to do about this report. Thank you.";

TEST_F(Alerting, WhoTakesAnAlertHasItsCase) {
    file("c1", Urgency::p1);
    step();
    EXPECT_EQ(work("c1").assignee, "");
    EXPECT_EQ(text_back("+15005550101", "1"), "Thank you. Report 7K4-921 is yours now.");
    EXPECT_EQ(work("c1").assignee, "maria");
}

TEST_F(Alerting, WhatTheTeamMadeOfACaseStaysWhenItIsTaken) {
    file("c1", Urgency::p1);
    change("c1", cases::Assign{"jean"});
    change("c1", cases::Exclude{"ana"});
    step();
    EXPECT_EQ(*take("c1", "maria"), Answer::taken);
    EXPECT_EQ(work("c1").assignee, "maria");
    EXPECT_EQ(work("c1").excluded, std::vector<std::string>{"ana"});
}

TEST_F(Alerting, AStatusEndsTheAlertAndTakesTheCaseFromNobody) {
    file("c1", Urgency::p1);
    file("c2", Urgency::p1);
    step();
    change("c1", cases::Assign{"jean"});
    EXPECT_EQ(*tests::run(io, desk->take("fair-food", "c1", "maria", "status", far())), Answer::taken);
    EXPECT_EQ(work("c1").assignee, "jean");
    EXPECT_EQ(*tests::run(io, desk->take("fair-food", "c2", "maria", "status", far())), Answer::taken);
    EXPECT_EQ(work("c2").assignee, "maria");
}

TEST_F(Alerting, AUserWhoIsOnNoRosterHasWhatTheyTake) {
    file("c1", Urgency::p1);
    file("c2", Urgency::p1);
    step();
    EXPECT_EQ(*take("c1", "lucie"), Answer::taken);
    EXPECT_EQ(work("c1").assignee, "lucie");
    EXPECT_EQ(*tests::run(io, desk->take("fair-food", "c2", "lucie", "status", far())), Answer::taken);
    EXPECT_EQ(work("c2").assignee, "lucie");
}

TEST_F(Alerting, TheUserOfThisMachineIsGivenNothing) {
    file("c1", Urgency::p1);
    step();
    EXPECT_EQ(*tests::run(io, desk->take("fair-food", "c1", "uid:1000", "status", far())), Answer::taken);
    EXPECT_EQ(work("c1").assignee, "");
}

TEST_F(Alerting, WhomTheCaseKeepsOutIsNotWokenEvenByDanger) {
    file("c1", Urgency::p1);
    change("c1", cases::Exclude{"maria"});
    step();
    EXPECT_EQ(told("c1"), "jean:sms");
    clock.advance(60s);
    step();  // the end of the ladder: everybody else
    EXPECT_EQ(told("c1"), "jean:sms jean:sms ana:call");
}

TEST_F(Alerting, OfADangerThatKeepsEverybodyOutTheOperatorIsTold) {
    file("c1", Urgency::p1);
    change("c1", cases::Exclude{"maria"});
    change("c1", cases::Exclude{"jean"});
    step();
    EXPECT_EQ(unheard, 0) << "ana can be told";
    change("c1", cases::Exclude{"ana"});
    clock.advance(15min);  // everybody else was told: the next round
    step();
    EXPECT_GE(unheard, 1);
}

TEST_F(Alerting, AP3GoesToTheNextWhoMayHaveIt) {
    file("c1", Urgency::p3);
    change("c1", cases::Recuse{}, "maria");
    step();
    EXPECT_EQ(told("c1"), "jean:sms");
}

TEST_F(Alerting, WhoIsKeptOutInTheMiddleIsToldNoMoreAndCannotTakeIt) {
    file("c1", Urgency::p1);
    step();
    EXPECT_EQ(told("c1"), "maria:sms maria:call");
    change("c1", cases::Exclude{"maria"});
    EXPECT_EQ(text_back("+15005550101", "1"), nothing_to_do);
    EXPECT_EQ(text_back("+15005550101", "who is it about?"), nothing_to_do);
    EXPECT_EQ(*take("c1", "maria"), Answer::not_yours);
    EXPECT_FALSE(alert("c1").is_taken());
    EXPECT_EQ(work("c1").assignee, "");
    clock.advance(60s);
    step();
    EXPECT_EQ(told("c1"), "maria:sms maria:call jean:sms");
}

TEST_F(Alerting, TheListLeavesOutWhatKeepsOneOut) {
    file("c1", Urgency::p1);
    file("c2", Urgency::p2);
    step();
    change("c1", cases::Exclude{"maria"});
    ASSERT_EQ(open_for("maria").size(), 1U);
    EXPECT_EQ(open_for("maria").front().case_id, "c2");
    EXPECT_EQ(open_for("jean").size(), 2U);
    EXPECT_EQ(open_for("").size(), 2U);
}

TEST_F(Alerting, AnotherWhoHasItIsSaidToTheOneWhoIsKeptOut) {
    file("c1", Urgency::p1);
    step();
    change("c1", cases::Exclude{"maria"});
    EXPECT_EQ(*take("c1", "jean"), Answer::taken);
    EXPECT_EQ(text_back("+15005550101", "1"), "Somebody else has report 7K4-921 already. Thank you.");
}

TEST_F(Alerting, ACaseThatItsTakerLeavesBehindIsToldAgain) {
    people.supervisors.clear();  // so that it goes to nobody
    open_desk(roster_file, {});
    file("c1", Urgency::p1);
    step();
    EXPECT_EQ(*take("c1", "maria"), Answer::taken);
    change("c1", cases::Recuse{}, "maria");
    step();
    EXPECT_FALSE(alert("c1").is_taken());
    EXPECT_EQ(number({"HEXISTS", keys.case_facts("c1"), "taken"}), 0);  // its worker hears that nobody has it
    EXPECT_EQ(told("c1"), "maria:sms maria:call jean:sms");
}

TEST_F(Alerting, ACaseThatASupervisorGotIsNotToldAgain) {
    file("c1", Urgency::p1);
    step();
    EXPECT_EQ(*take("c1", "maria"), Answer::taken);
    change("c1", cases::Recuse{}, "maria");
    EXPECT_EQ(work("c1").assignee, "ana");
    step();
    EXPECT_TRUE(alert("c1").is_taken());
    EXPECT_EQ(number({"ZCARD", keys.alerts()}), 0);
}

TEST_F(Alerting, KeepingSomebodyOutOfWhatNobodyTookDoesNotHurryTheLadder) {
    file("c1", Urgency::p1);
    step();
    change("c1", cases::Exclude{"ana"});
    step();
    EXPECT_EQ(told("c1"), "maria:sms maria:call");
    clock.advance(60s);
    step();
    EXPECT_EQ(told("c1"), "maria:sms maria:call jean:sms");
}

TEST_F(Alerting, WhoStandsOnTheEmployersListOfItsSiteIsNotWokenEvenByDanger) {
    change_sites(cases::AddSite{"sol-farm"});
    change_sites(cases::AddSite{"rio-farm"});
    change_sites(cases::ListEmployer{"sol-farm", "maria"});
    file("c1", Urgency::p1);
    file("c2", Urgency::p1);
    change("c1", cases::SetSite{"sol-farm"});
    change("c2", cases::SetSite{"rio-farm"});
    step();
    EXPECT_EQ(told("c1"), "jean:sms");
    EXPECT_EQ(told("c2"), "maria:sms maria:call");
    EXPECT_EQ(*take("c1", "maria"), Answer::not_yours);
    EXPECT_EQ(work("c1").assignee, "");
    ASSERT_EQ(open_for("maria").size(), 1U);
    EXPECT_EQ(open_for("maria").front().case_id, "c2");
}

TEST_F(Alerting, WhileNobodyHasSaidItsSiteNobodyOfAnyEmployersListIsWoken) {
    change_sites(cases::AddSite{"sol-farm"});
    change_sites(cases::ListEmployer{"sol-farm", "maria"});
    file("c1", Urgency::p1);
    step();
    EXPECT_EQ(told("c1"), "jean:sms");
    EXPECT_EQ(*take("c1", "maria"), Answer::not_yours);
}

TEST_F(Alerting, WhoIsListedInTheMiddleIsToldNoMoreAndCannotTakeIt) {
    change_sites(cases::AddSite{"sol-farm"});
    file("c1", Urgency::p1);
    step();
    EXPECT_EQ(told("c1"), "maria:sms maria:call");
    change_sites(cases::ListEmployer{"sol-farm", "maria"});
    EXPECT_EQ(text_back("+15005550101", "1"), nothing_to_do);
    clock.advance(60s);
    step();
    EXPECT_EQ(told("c1"), "maria:sms maria:call jean:sms");
}

TEST_F(Alerting, OfWhatIsNoDangerWhoLooksAfterItsSiteIsToldAndASupervisorIfNobodyDoes) {
    change_sites(cases::AddSite{"sol-farm"});
    change_sites(cases::AddSite{"rio-farm"});
    change_sites(cases::SendTo{"maria", {"rio-farm"}});
    file("c1", Urgency::p3);
    file("c2", Urgency::p3);
    file("c3", Urgency::p1);
    for (const char* id : {"c1", "c3"}) {
        change(id, cases::SetSite{"sol-farm"});
    }
    step();
    EXPECT_EQ(told("c1"), "jean:sms");
    EXPECT_EQ(told("c2"), "maria:sms") << "nobody has said its site: it is everybody's";
    EXPECT_EQ(told("c3"), "maria:sms maria:call") << "a danger wakes whoever is on call";
}

TEST_F(Alerting, WhomADangerWokeFindsItAndTakesItByTextWhateverTheyLookAfter) {
    change_sites(cases::AddSite{"sol-farm"});
    change_sites(cases::AddSite{"rio-farm"});
    change_sites(cases::SendTo{"maria", {"rio-farm"}});
    file("c1", Urgency::p1);
    file("c2", Urgency::p2);
    for (const char* id : {"c1", "c2"}) {
        change(id, cases::SetSite{"sol-farm"});
    }
    step();
    EXPECT_EQ(told("c1"), "maria:sms maria:call");
    const auto hers = tests::run(io, desk->open_alerts("fair-food", {"maria", false}, 100, far())).value();
    ASSERT_EQ(hers.size(), 1U);
    EXPECT_EQ(hers.front().case_id, "c1");
    EXPECT_EQ(text_back("+15005550101", "1"), "Thank you. Report 7K4-921 is yours now.");
    EXPECT_EQ(work("c1").assignee, "maria");
}

TEST_F(Alerting, WhereTheCaseworkCannotBeReadEverybodyIsTold) {
    file("c1", Urgency::p1);
    ask({"SET", keys.casework("c1"), std::string("\0\0\0\0\0\0\0\1spoilt", 14)});
    step();
    EXPECT_EQ(told("c1"), "maria:sms maria:call");
    EXPECT_EQ(*take("c1", "maria"), Answer::taken);
}

TEST_F(Alerting, ADeletedCaseLeavesNoLineInTheIndex) {
    people.supervisors.clear();
    open_desk(roster_file, {});
    file("c1", Urgency::p1);
    change("c1", cases::Exclude{"maria"});
    apply(cases::deletion_writes(keys, "c1"));
    EXPECT_EQ(number({"ZCARD", keys.alerts()}), 0);
}

}  // namespace
}  // namespace rightsline::alerts
