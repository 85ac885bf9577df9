// Danger: who is in it does not wait for the end of a conversation, wherever it is said.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "flows/engine.hpp"
#include "flows/engine/read.hpp"
#include "flows/limits.hpp"
#include "tests/flows/pack_builder.hpp"
#include "tests/flows/phone.hpp"

namespace rightsline::flows::testing {
namespace {

Phone at_story() {
    Phone phone(hotline().build());
    phone.text("hi").text("1").text("2").text("2").text("1");
    return phone;
}

/// The only report, filed in this turn with these words, and the worker is helped.
void expect_a_report_of_danger(const Phone& phone, const std::string& words) {
    EXPECT_TRUE(phone.heard("hotline.danger.say")) << words;
    ASSERT_EQ(phone.parts.size(), 1U) << words;
    EXPECT_EQ(phone.parts.front().text.reveal(), words);
    ASSERT_EQ(phone.filings.size(), 1U) << words;
    EXPECT_EQ(phone.filings.back().reason, "danger");
    EXPECT_EQ(phone.filings.back().urgency, Urgency::p1);
}

TEST(EngineDanger, AStoryOfDangerIsFiledInItsOwnTurnAndGrowsAfterwards) {
    Phone phone = at_story();
    phone.text("he has a gun");
    ASSERT_EQ(phone.filings.size(), 1U);
    EXPECT_EQ(phone.filings.front().urgency, Urgency::p1);
    EXPECT_EQ(phone.filings.front().reason, "danger");
    const auto draft = phone.filings.front().draft;
    phone.text("he is outside");
    EXPECT_EQ(phone.parts.size(), 1U);
    EXPECT_EQ(phone.conversation.draft, draft);
    phone.text("1").text("1");
    EXPECT_EQ(phone.filings.size(), 1U);
    EXPECT_EQ(phone.requests.back().action, "report.file");  // for its number
    EXPECT_TRUE(phone.heard("hotline.safe_to_text.menu"));
    EXPECT_EQ(phone.conversation.draft, draft);
}

TEST(EngineDanger, ACryForHelpIsAYesWhereWeAskWhetherThereIsDanger) {
    Phone phone(hotline().build());
    phone.text("hi").text("1").text("Help me!");
    EXPECT_TRUE(phone.heard("hotline.danger.say"));
    EXPECT_FALSE(phone.heard("hotline.help.say"));
    EXPECT_EQ(phone.conversation.urgency, Urgency::p1);
    Phone carrier(hotline().build());
    carrier.text("hi").text("1").text("HELP");
    EXPECT_TRUE(carrier.heard("hotline.help.say"));
    EXPECT_EQ(carrier.conversation.urgency, Urgency::p3);
    Phone elsewhere(hotline().build());
    elsewhere.text("hi").text("1").text("2").text("help me");
    EXPECT_TRUE(elsewhere.heard("hotline.help.say"));
}

TEST(EngineDanger, AStoryWithoutDangerStillWaitsForItsEnd) {
    Phone phone = at_story();
    phone.text("he did not pay us");
    EXPECT_TRUE(phone.filings.empty());
    EXPECT_EQ(phone.last.timer.due, phone.context.now + limits::neutral_after);
}

TEST(EngineDanger, TwoDraftsOfOneTurnAreBothFiled) {
    Phone phone = at_story();
    phone.text("he did not pay us").wait(std::chrono::minutes{31}).text("now he has a gun and waits");
    ASSERT_EQ(phone.filings.size(), 1U);
    EXPECT_EQ(phone.filings.back().reason, "silence");
    EXPECT_EQ(phone.last.timer.due, phone.context.now + limits::urgent_after);
    phone.wait(limits::urgent_after).give(Elapsed{});
    ASSERT_EQ(phone.filings.size(), 2U);
    EXPECT_EQ(phone.filings.back().reason, "danger");
    EXPECT_EQ(phone.filings.back().urgency, Urgency::p1);
}

TEST(EngineDanger, AFiledReportIsRaisedOnceByWhatIsAddedToIt) {
    Phone phone = at_story();
    phone.text("he did not pay us").text("1").text("1").text("2");
    ASSERT_TRUE(phone.heard("hotline.where.prompt"));
    ASSERT_EQ(phone.filings.back().urgency, Urgency::p3);
    phone.text("at the gate, he has a gun");
    ASSERT_TRUE(phone.last.raise);
    EXPECT_EQ(phone.last.raise->urgency, Urgency::p1);
    EXPECT_EQ(phone.last.raise->draft, phone.filings.back().draft);
    phone.text("he has a gun");
    EXPECT_FALSE(phone.last.raise);
}

TEST(EngineDanger, ACaseThatWasOpenedIsRaisedByNewsAloneAndIsNotTheNextReport) {
    Phone phone(hotline().build());
    phone.text("hi").text("1").text("1").text("menu").text("123456789018");
    phone.text("menu").text("572400000000");
    ASSERT_TRUE(phone.heard("hotline.add.prompt"));
    EXPECT_FALSE(phone.last.raise);  // somebody who is in danger opened it; nothing new is known
    const auto opened = phone.conversation.draft;
    phone.text("menu").text("2").text("1").text("he has a gun");
    ASSERT_EQ(phone.filings.size(), 1U);
    EXPECT_NE(phone.filings.back().draft, opened);
}

TEST(EngineDanger, WordsThatNoMenuFitsLeadToHelpAndAChoiceIsAChoice) {
    Phone phone(hotline().build());
    phone.text("hi").text("1").text("He has a GUN!");
    EXPECT_EQ(phone.conversation.urgency, Urgency::p1);
    EXPECT_TRUE(phone.heard("hotline.danger.say"));
    EXPECT_TRUE(phone.has_fact("danger_words"));

    PackBuilder b({"en"});
    b.danger_word("danger");
    b.menu("m", "Well?").choice("safe", "No danger", "on").choice("other", "Other", "on");
    b.menu("on", "And?").choice("a", "A", "on");
    Phone chosen(b.build());
    chosen.text("hi").text("no danger");
    EXPECT_TRUE(chosen.heard("hotline.on.menu"));
    EXPECT_EQ(chosen.conversation.urgency, Urgency::p3);
}

TEST(EngineDanger, WhatRaisesAReportAtAMenuIsAPartOfIt) {
    Phone first(hotline().build());
    first.text("I was cut one hour").text("also my friend").text("he has a gun");
    ASSERT_EQ(first.parts.size(), 1U);
    EXPECT_EQ(first.parts.front().text.reveal(), "he has a gun");
    EXPECT_EQ(first.filings.back().reason, "danger");

    Phone kept = at_story();
    kept.text("he did not pay us").text("1").text("he has a gun");
    ASSERT_EQ(kept.parts.size(), 1U);
    EXPECT_EQ(kept.parts.front().name, "story");
    EXPECT_TRUE(kept.heard("common.marked_urgent"));
    EXPECT_EQ(kept.filings.back().urgency, Urgency::p1);
}

TEST(EngineDanger, WordsOfDangerWithNothingToldBeforeAreAReportAndLeadToHelp) {
    Phone phone(hotline().build());
    phone.text("hi").text("1").text("2").text("my boss says he has a gun");
    expect_a_report_of_danger(phone, "my boss says he has a gun");
}

TEST(EngineDanger, AFirstTextOfDangerIsKeptInItsLanguageHoweverShortAndTheEmergencyNumberOnlyLeadsToHelp) {
    PackBuilder b = hotline();
    b.danger_word("peligro", 1).danger_word("violaron", 1);
    for (const char* words : {"me violaron", "peligro"}) {
        Phone phone(b.build());
        phone.text(words);
        expect_a_report_of_danger(phone, words);
        EXPECT_EQ(phone.filings.back().language, 1);
    }
    auto pack = std::make_shared<Pack>(*b.build());
    pack->emergency_numbers[""] = "911";
    Phone number(pack);
    number.text("911");
    EXPECT_TRUE(number.heard("hotline.language.menu"));
    EXPECT_TRUE(number.filings.empty());
    EXPECT_TRUE(number.text("1").heard("hotline.danger.say"));
}

TEST(EngineDanger, WordsOfDangerAtThePromptForACodeAreAReport) {
    Phone phone(hotline().build());
    phone.text("hi").text("1").text("2").text("3").text("he has a gun");
    expect_a_report_of_danger(phone, "he has a gun");
}

TEST(EngineDanger, WhoSpeaksAtTheQuestionAboutDangerIsHeardAsUrgent) {
    Phone phone(hotline().build(), Mode::voice);
    phone.call().press("1").silence().silence().record(30);
    expect_a_report_of_danger(phone, "");  // a recording has no words
}

TEST(EngineDanger, AMenuWithoutAPlaceForHelpAsksAgain) {
    PackBuilder b({"en"});
    b.danger_word("gun");
    b.menu("m", "Well?").choice("a", "A", "m");
    Phone phone(b.build());
    phone.text("hi").text("a gun is here");
    EXPECT_TRUE(phone.heard("hotline.m.menu"));
    EXPECT_EQ(phone.conversation.urgency, Urgency::p1);
}

TEST(EngineDanger, PhrasesAreWholeWordsAndTellTheirLanguage) {
    Pack pack;
    pack.danger_words = {{"gun", "has a gun", "911 now"}, {"peligro", "gun"}};
    pack.emergency_numbers[""] = "911";
    index_danger(pack);
    EXPECT_TRUE(read_danger(pack, "he has a gun").named);
    EXPECT_EQ(read_danger(pack, "hay peligro aqui").languages, just(1));
    EXPECT_EQ(read_danger(pack, "a gun").languages, just(0) | just(1));
    EXPECT_FALSE(read_danger(pack, "the gunny sack").named);
    EXPECT_FALSE(read_danger(pack, "9").named);
    EXPECT_TRUE(read_danger(pack, "911").named);
    EXPECT_EQ(read_danger(pack, "911").languages, 0U);
    EXPECT_FALSE(read_danger(pack, "we worked 911 hours").named);
}

}  // namespace
}  // namespace rightsline::flows::testing
