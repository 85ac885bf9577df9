// The questions of a report that was left early: which one is kept for whoever comes back, and the way on from there.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "flows/engine.hpp"
#include "tests/flows/pack_builder.hpp"
#include "tests/flows/phone.hpp"

namespace rightsline::flows::testing {
namespace {

using ::testing::Contains;

constexpr const char* code = "572400000000";
const std::string mailbox(32, 'm');

/// A story, three questions about it, and the way back; MENU leads away from all of them.
PackBuilder line() {
    PackBuilder b({"en", "es"});
    b.ask("story", "What happened?", AskKind::story)
        .seal()
        .files()
        .next("file")
        .no_match("bye")
        .no_input("bye");
    b.work("file", "report.file").exit("ok", "where").exit("pending", "where").exit("else", "bye");
    b.ask("where", "Where?").seal().skip().resumes().next("who").no_match("main").no_input("main");
    b.ask("who", "Who?").seal().skip().resumes().next("contact").no_match("main").no_input("main");
    b.call("contact", "contact").resumes().next("bye");
    b.menu("main", "What now?").choice("code", "My code", "enter").choice("reach", "Reach me", "reach_me");
    b.call("reach_me", "contact").next("main");
    b.ask("enter", "Your number?", AskKind::code).next("open").no_match("main").no_input("main");
    b.work("open", "report.open").exit("ok", "questions").exit("wrong", "main").exit("else", "main");
    b.work("questions", "questions.check").exit("ok", "offer").exit("else", "main");
    b.menu("offer", "Go on?").choice("yes", "Yes", "go_on").choice("no", "No", "main");
    b.work("go_on", "questions.ask").exit("else", "main");
    b.say("bye", "Thank you.").end();
    b.flow("contact");
    b.menu("reach", "May we text you?").choice("no", "No", "noted").choice("yes", "Yes", "noted");
    b.work("noted", "contact").with("mode", "none").exit("ok", "said").exit("else", "said");
    b.say("said", "Noted.").returns();
    b.flow("apart");
    b.ask("more", "What changed?", AskKind::story)
        .seal()
        .files()
        .next("code")
        .no_match("code")
        .no_input("code");
    b.work("code", "report.file")
        .exit("ok", "hotline.bye")
        .exit("pending", "hotline.bye")
        .exit("else", "hotline.bye");
    b.keyword("menu", "main");
    b.keyword("apart", "apart.more");
    return b;
}

Phone on(PackPtr pack, Mode mode = Mode::sms) {
    Phone phone(std::move(pack), mode);
    phone.file_result = {"ok", {{"code", code}, {"mailbox", mailbox}}};
    return phone;
}

Phone filed() {
    Phone phone = on(line().build());
    phone.text("hi").text("They did not pay us last week").text("1");
    return phone;
}

/// Another phone, which gives the code of a report that was left at `question`.
Phone back_at(const std::string& question, PackPtr pack = line().build(), Mode mode = Mode::sms) {
    Phone phone = on(std::move(pack), mode);
    phone.open_result.values["question"] = question;
    phone.open_result.values["mailbox"] = mailbox;
    phone.text(code);
    return phone;
}

std::string kept(const Phone& phone) {
    return phone.last.unanswered ? phone.last.unanswered->question : "nothing new";
}

TEST(EngineQuestions, EachAnswerAndEachSkipIsKeptWithTheCase) {
    Phone phone = filed();
    EXPECT_EQ(kept(phone), "hotline.where");
    EXPECT_EQ(phone.last.unanswered->draft, phone.conversation.draft);
    EXPECT_EQ(std::string(phone.last.unanswered->mailbox.begin(), phone.last.unanswered->mailbox.end()),
              mailbox);
    EXPECT_EQ(kept(phone.text("Sol Farm")), "hotline.who");
    EXPECT_EQ(kept(phone.text("0")), "hotline.contact");
    phone.text("1");
    EXPECT_TRUE(phone.heard("hotline.bye.say"));
}

TEST(EngineQuestions, WhereNothingIsLeftThatIsKeptToo) {
    Phone phone = filed();
    EXPECT_EQ(kept(phone.text("0").text("0").text("1")), "");
    EXPECT_TRUE(phone.last.ended);
}

TEST(EngineQuestions, AFlowThatFilesByItselfLeavesNone) {
    Phone phone = on(line().build());
    phone.text("hi").text("APART").text("They fired me for it").text("1");
    ASSERT_TRUE(phone.heard("hotline.bye.say"));
    EXPECT_EQ(kept(phone), "");
}

TEST(EngineQuestions, AWordThatLeadsAwayChangesNothing) {
    Phone phone = filed();
    phone.text("Sol Farm");
    EXPECT_EQ(kept(phone.text("MENU")), "nothing new");
    EXPECT_EQ(phone.pack->block_key(phone.conversation.question), "hotline.who");
}

TEST(EngineQuestions, NothingIsKeptOfAReportWithoutACode) {
    Phone phone = on(line().build());
    phone.file_result = {"else", {}};
    phone.text("hi").text("They did not pay us last week").text("1");
    EXPECT_EQ(phone.filings.size(), 1U);
    EXPECT_FALSE(phone.last.unanswered);
}

TEST(EngineQuestions, WhoeverComesBackGoesOnAtTheFirstThatWasLeft) {
    Phone phone = back_at("hotline.who");
    EXPECT_TRUE(phone.heard("hotline.offer.menu"));
    EXPECT_EQ(kept(phone), "nothing new");  // that they looked is no answer
    EXPECT_TRUE(phone.text("1").heard("hotline.who.prompt"));
    phone.text("the foreman");
    ASSERT_EQ(phone.parts.size(), 1U);
    EXPECT_EQ(phone.parts.front().name, "who");
    EXPECT_TRUE(phone.filings.empty());
    EXPECT_EQ(kept(phone), "hotline.contact");
    EXPECT_THAT(phone.keys(), Contains("contact.reach.menu"));
    EXPECT_EQ(phone.last.unanswered->draft[1], 1);  // of the case that the code opened
}

TEST(EngineQuestions, NothingIsAskedTwiceOfWhoeverLeavesAgain) {
    Phone phone = back_at("hotline.where");
    phone.text("1").text("Sol Farm").text("MENU");
    phone.open_result.values["question"] = "hotline.who";  // as it was kept
    EXPECT_TRUE(phone.text(code).heard("hotline.offer.menu"));
    EXPECT_TRUE(phone.text("1").heard("hotline.who.prompt"));
}

TEST(EngineQuestions, WhatWasAnsweredElsewhereIsNotAskedAgain) {
    Phone phone = back_at("hotline.contact");
    phone.text("2");
    ASSERT_TRUE(phone.heard("hotline.main.menu"));
    phone.text("2").text("1");
    EXPECT_TRUE(phone.heard("hotline.main.menu"));
    EXPECT_EQ(phone.conversation.question, no_block);
}

TEST(EngineQuestions, AQuestionThatTheScriptDoesNotHaveIsNone) {
    for (const char* question :
         {"hotline.weather", "hotline.story", "contact.reach", "", "who", ".", "hotline."}) {
        Phone phone = back_at(question);
        EXPECT_TRUE(phone.heard("hotline.main.menu")) << question;
        EXPECT_FALSE(phone.heard("hotline.offer.menu")) << question;
    }
}

TEST(EngineQuestions, OneCaseIsNotTakenForAnother) {
    Phone phone = filed();
    phone.text("MENU");
    phone.open_result.values.erase("question");  // of another report, of which nothing is left
    phone.text(code);
    EXPECT_TRUE(phone.heard("hotline.main.menu"));
    EXPECT_FALSE(phone.last.unanswered);
    EXPECT_EQ(phone.conversation.question, no_block);
    EXPECT_EQ((phone.conversation.mailbox), (std::array<std::uint8_t, 32>{}));
}

TEST(EngineQuestions, TheKeyOfTheMailboxIsNoWordForAnybody) {
    const Phone phone = filed();
    EXPECT_EQ(phone.conversation.values.find(mailbox), std::string::npos);
}

TEST(EngineQuestions, TheSameEventGivesTheSameBytes) {
    Phone phone = back_at("hotline.who");
    phone.text("1");
    const Step once =
        step(*phone.pack, phone.conversation, Texted{PrivateText("the foreman")}, phone.context);
    const Step twice =
        step(*phone.pack, phone.conversation, Texted{PrivateText("the foreman")}, phone.context);
    EXPECT_EQ(pack(once.conversation), pack(twice.conversation));
    EXPECT_EQ(once.unanswered->question, twice.unanswered->question);
}

}  // namespace
}  // namespace rightsline::flows::testing
