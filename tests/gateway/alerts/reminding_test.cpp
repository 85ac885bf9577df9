// Whoever has a case is told that its worker wrote more, and that a clock presses: once each, without content.
#include "tests/gateway/alerts/alerting.hpp"
#include "tests/gateway/conversations/shipped_pack.hpp"

namespace rightsline::alerts {
namespace {

class Reminding : public Alerting {
 protected:
    void SetUp() override {
        Alerting::SetUp();
        start(conversations::shipped_bundle());  // whose clocks are wsr and p1
        open_desk(roster_file, {});
    }
    void tell_more(const std::string& id) {
        apply(cases::adding_writes(
            keys, id, std::chrono::floor<std::chrono::seconds>(clock.now()).time_since_epoch().count()));
    }
    void look() { tests::run(io, desk->watch_clocks("fair-food")); }
    /// Looks again and again, as the server does, for that long.
    void look_for(std::chrono::hours time) {
        for (std::chrono::minutes passed{0}; passed < time; passed += 10min) {
            clock.advance(10min);
            look();
        }
    }
    std::uint32_t reminders(const std::string& id) { return alert(id).reminders; }
    /// Who was told of what, as the audit has it: "maria:sms:news".
    std::string reminded() {
        std::string all;
        const redis::Reply entries = ask({"XRANGE", keys.audit(), "-", "+"});
        const auto read = audit::read_entries(entries);
        for (const audit::Entry& one : read.value()) {
            if (one.field("what") == "reminded") {
                all += (all.empty() ? "" : " ") + std::string(one.field("who")) + ":" +
                       std::string(one.field("how")) + ":" + std::string(one.field("why"));
            }
        }
        return all;
    }
    std::string set_task(const std::string& id, const std::string& who, std::chrono::hours from_now) {
        cases::Task task;
        task.who = who;
        task.due =
            std::chrono::floor<std::chrono::seconds>(clock.now() + from_now).time_since_epoch().count();
        const std::string sealed = cases::seal_task(public_key, "fair-food", id, "ask the clinic");
        const auto set =
            tests::run(io, cases_desk->set_task("fair-food", id, {"maria", "maria"}, task, sealed, far()));
        EXPECT_TRUE(set) << set.error().message();
        return set ? set->id : "";
    }
    void finish(const std::string& task) {
        EXPECT_TRUE(
            tests::run(io, cases_desk->finish_task("fair-food", "c1", {"jean", "jean"}, task, far())));
    }
    void file_and_take(const std::string& id, Urgency urgency = Urgency::p2) {
        file(id, urgency);
        step();
        ASSERT_EQ(*take(id, "maria"), Answer::taken);
    }
};

TEST_F(Reminding, WhoHasTheCaseIsToldOnceThatItsWorkerWroteMore) {
    file_and_take("c1");
    const std::int64_t before = waiting();
    tell_more("c1");
    step();
    EXPECT_EQ(waiting(), before);  // perhaps more is coming
    tell_more("c1");
    clock.advance(2min);
    step();
    EXPECT_EQ(waiting(), before + 1);
    step();
    clock.advance(1h);
    step();
    EXPECT_EQ(waiting(), before + 1);
    EXPECT_EQ(reminded(), "maria:sms:news");
    EXPECT_EQ(number({"ZCARD", keys.alerts()}), 0);
    tell_more("c1");
    clock.advance(2min);
    step();
    EXPECT_EQ(reminded(), "maria:sms:news maria:sms:news");
}

TEST_F(Reminding, WhoIsToDoATaskIsToldOnceWhenItIsDue) {
    file_and_take("c1");
    set_task("c1", "jean", 5h);
    look_for(4h);
    EXPECT_EQ(reminded(), "");
    look_for(30h);
    EXPECT_EQ(reminded(), "jean:sms:task");
    set_task("c1", "", 1h);
    look_for(2h);
    EXPECT_EQ(reminded(), "jean:sms:task maria:sms:task");  // who has the case
}

TEST_F(Reminding, OfATaskThatIsDoneOrWhoseDoerIsKeptOutNobodyWrongIsTold) {
    file_and_take("c1");
    finish(set_task("c1", "jean", 1h));
    look_for(2h);
    EXPECT_EQ(reminded(), "");
    set_task("c1", "jean", 1h);
    change("c1", cases::Exclude{"jean"});
    look_for(2h);
    EXPECT_EQ(reminded(), "maria:sms:task");
}

TEST_F(Reminding, NobodyIsWokenByATaskAlsoOfADanger) {
    open_desk(
        "people:\n  maria: {phone: \"+15005550101\", media: [sms], hours: [\"daily 06:00-22:00\"]}\norder: "
        "[maria]\n",
        {});
    file_and_take("c1", Urgency::p1);  // the clock of the test begins at midnight
    set_task("c1", "maria", 1h);
    look_for(3h);
    EXPECT_EQ(reminded(), "");
    look_for(5h);
    EXPECT_EQ(reminded(), "maria:sms:task");
}

TEST_F(Reminding, ATaskOfTheServerIsToldToWhoHasTheCase) {
    file_and_take("c1");
    const std::int64_t now = std::chrono::floor<std::chrono::seconds>(clock.now()).time_since_epoch().count();
    apply(cases::task_writes(keys, "c1", {"a1", std::string(cases::task_no_answer), "", "", now, now}, ""));
    look_for(1h);
    EXPECT_EQ(reminded(), "maria:sms:task");
}

TEST_F(Reminding, OfWhatNobodyHasTheLadderTells) {
    file("c1", Urgency::p2);
    step();
    tell_more("c1");
    clock.advance(2min);
    step();
    EXPECT_EQ(reminded(), "");
    EXPECT_EQ(told("c1"), "maria:sms");
}

TEST_F(Reminding, WhomTheCaseKeepsOutIsToldNothingOfIt) {
    file_and_take("c1");
    change("c1", cases::Assign{"jean"});
    change("c1", cases::Exclude{"jean"});  // it goes to ana, who can only be called
    tell_more("c1");
    clock.advance(2min);
    step();
    EXPECT_EQ(reminded(), "maria:sms:news");
}

TEST_F(Reminding, NobodyIsTextedOutsideTheirHoursAndTheNewsWaits) {
    open_desk(
        "people:\n  maria: {phone: \"+15005550101\", media: [sms], hours: [\"daily 06:00-22:00\"]}\norder: "
        "[maria]\n",
        {});
    file_and_take("c1", Urgency::p3);  // the clock of the test begins at midnight
    tell_more("c1");
    clock.advance(2min);
    step();
    EXPECT_EQ(reminded(), "");
    for (int i = 0; i < 26; ++i) {
        clock.advance(15min);
        step();
    }
    EXPECT_EQ(reminded(), "maria:sms:news");
}

TEST_F(Reminding, ADeletedCaseIsToldOfNoMore) {
    file_and_take("c1");
    tell_more("c1");
    apply(cases::deletion_writes(keys, "c1"));
    clock.advance(2min);
    step();
    look();
    EXPECT_EQ(reminded(), "");
    EXPECT_EQ(number({"ZCARD", keys.alerts()}), 0);
    EXPECT_EQ(number({"ZCARD", keys.clocks()}), 0);
}

TEST_F(Reminding, AClockIsToldAtThreeQuartersAndWhenItIsLateOnceEach) {
    file_and_take("c1");
    change("c1", cases::SetStatus{"reading"}, "maria");  // "update" begins: seven days
    look_for(std::chrono::hours(5 * 24));
    EXPECT_EQ(reminded(), "");
    look_for(std::chrono::hours(24));
    EXPECT_EQ(reminded(), "maria:sms:warned");
    look_for(std::chrono::hours(48));                          // it ends with the day there
    EXPECT_EQ(reminded(), "maria:sms:warned maria:sms:late");  // ana, above her, can only be called
    look_for(std::chrono::hours(24));
    EXPECT_EQ(reminded(), "maria:sms:warned maria:sms:late");
}

TEST_F(Reminding, WhatPassedWhileTheServerWasGoneIsSaidOnceAndTheWorstOnly) {
    file_and_take("c1");
    change("c1", cases::SetStatus{"reading"}, "maria");
    look();
    clock.advance(std::chrono::days(40));
    look();
    look();
    EXPECT_EQ(reminded(), "maria:sms:late");
}

TEST_F(Reminding, ASupervisorIsToldAtThreeQuartersAndOfWhatIsLateToo) {
    open_desk(
        "people:\n  maria: {phone: \"+15005550101\", media: [sms]}\n  ana: {phone: \"+15005550103\"}\norder: "
        "[maria]\nsupervisors: [ana]\n",
        {});
    file_and_take("c1");
    change("c1", cases::SetStatus{"reading"}, "maria");
    look_for(std::chrono::hours(5 * 24));
    EXPECT_EQ(reminded(), "");
    look_for(std::chrono::hours(24));
    EXPECT_EQ(reminded(), "maria:sms:warned ana:sms:warned");
    look_for(std::chrono::hours(48));
    EXPECT_EQ(reminded(), "maria:sms:warned ana:sms:warned maria:sms:late ana:sms:late");
    look_for(std::chrono::hours(24));
    EXPECT_EQ(reminded(), "maria:sms:warned ana:sms:warned maria:sms:late ana:sms:late");
}

TEST_F(Reminding, WhoSleepsIsToldInTheMorningWhatTheOtherWasToldAtNight) {
    open_desk(
        "people:\n  maria: {phone: \"+15005550101\", media: [sms], hours: [\"daily 06:00-22:00\"]}\n  ana: "
        "{phone: \"+15005550103\", media: [sms], hours: [\"daily 22:00-06:00\"]}\norder: [maria]\n"
        "supervisors: [ana]\n",
        {});
    file_and_take("c1");
    change("c1", cases::SetStatus{"reading"}, "maria");
    clock.advance(std::chrono::days(8));  // midnight, as the clock of the test begins
    look();
    EXPECT_EQ(reminded(), "ana:sms:late");
    look_for(5h);
    EXPECT_EQ(reminded(), "ana:sms:late");
    look_for(2h);
    EXPECT_EQ(reminded(), "ana:sms:late maria:sms:late");
    look_for(20h);
    EXPECT_EQ(reminded(), "ana:sms:late maria:sms:late");
}

TEST_F(Reminding, WhoHasACaseAsItsSupervisorIsToldOnce) {
    open_desk(
        "people:\n  maria: {phone: \"+15005550101\", media: [sms]}\norder: [maria]\nsupervisors: [maria]\n",
        {});
    file_and_take("c1");
    change("c1", cases::SetStatus{"reading"}, "maria");
    clock.advance(std::chrono::days(8));
    look();
    look();
    EXPECT_EQ(reminded(), "maria:sms:late");
}

TEST_F(Reminding, AClosedCaseIsLookedAtNoMoreUntilItChanges) {
    file_and_take("c1");
    change("c1", cases::SetStatus{"closed"}, "maria");
    look();
    EXPECT_EQ(number({"ZCARD", keys.clocks()}), 0);
    change("c1", cases::SetStatus{"reading"}, "maria");
    EXPECT_EQ(number({"ZCARD", keys.clocks()}), 1);
}

TEST_F(Reminding, ATextSaysNothingButTheNameOfTheReport) {
    const flows::PackPtr pack = packs->active("fair-food");
    for (const Reminder one :
         {Reminder::news, Reminder::clock_warned, Reminder::clock_late, Reminder::task_due}) {
        const std::string words = text_of(*pack, *locales::LanguageTag::parse("en"), one, "7K4-921");
        EXPECT_NE(words.find("7K4-921"), std::string::npos);
        EXPECT_LE(words.size(), 160U);
    }
}

}  // namespace
}  // namespace rightsline::alerts
