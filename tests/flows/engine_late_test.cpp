// A text that waited while the store was gone, from before the last turn: it answers nothing, and nothing of it is lost.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "flows/engine.hpp"
#include "tests/flows/pack_builder.hpp"
#include "tests/flows/phone.hpp"

namespace rightsline::flows::testing {
namespace {

using namespace std::chrono_literals;

/// The last turn is a minute ago; what comes now was said `before` that.
Phone& overtaken(Phone& phone, std::chrono::minutes before = 1min) {
    phone.context.said_at = phone.context.now - before;
    phone.context.now += 1min;
    return phone;
}

Phone at_story() {
    Phone phone(hotline().build());
    phone.text("hi").text("1").text("2").text("2").text("1").text("he did not pay us");
    return phone;
}

TEST(EngineLate, AnswersNoMenu) {
    Phone phone(hotline().build());
    phone.text("hi").text("1");
    const BlockIndex waits = phone.conversation.block;
    overtaken(phone).text("1");
    EXPECT_EQ(phone.conversation.block, waits);
    EXPECT_TRUE(phone.has_fact("late_text"));
    EXPECT_TRUE(phone.parts.empty()) << "a key alone tells nothing";
    EXPECT_TRUE(phone.heard("hotline.danger_now.menu")) << "the question comes again";
}

TEST(EngineLate, AWordThatOnlyLeadsSomewhereIsNoReportAndNoPartOfOne) {
    for (const char* word : {"X", "x", "menu", "MENU"}) {
        Phone phone(hotline().build());
        phone.text("hi").text("1");
        EXPECT_TRUE(overtaken(phone).text(word).parts.empty()) << word;
        EXPECT_FALSE(phone.conversation.files) << word;
        Phone telling = at_story();
        EXPECT_TRUE(overtaken(telling).text(word).parts.empty()) << word;
        EXPECT_TRUE(telling.filings.empty()) << word;
    }
}

TEST(EngineLate, DeletesNothing) {
    Phone phone = at_story();
    phone.text("1");  // done: keep it?
    overtaken(phone).text("3");
    EXPECT_FALSE(phone.last.discard_draft);
    overtaken(phone).text("delete it");
    EXPECT_FALSE(phone.last.discard_draft);
    EXPECT_EQ(phone.conversation.parts, 2) << "words are a part";
}

TEST(EngineLate, WordsBesideAStoryAreAPartOfIt) {
    Phone phone = at_story();
    overtaken(phone).text("North gate");
    ASSERT_EQ(phone.parts.size(), 1U);
    EXPECT_EQ(phone.parts.front().text.reveal(), "North gate");
    EXPECT_TRUE(phone.heard("common.words_kept"));
    EXPECT_TRUE(phone.filings.empty());
}

TEST(EngineLate, AStoryWhereNothingWasToldBeginsAReport) {
    Phone phone(hotline().build());
    phone.text("hi").text("1");
    overtaken(phone).text("the crew leader takes our pay");
    ASSERT_EQ(phone.parts.size(), 1U);
    EXPECT_TRUE(phone.conversation.files);
    phone.context.said_at.reset();
    phone.wait(31min).give(Elapsed{});
    EXPECT_EQ(phone.filings.size(), 1U) << "silence files it";
}

TEST(EngineLate, WordsOfDangerAreHeardAndAnswered) {
    Phone phone(hotline().build());
    phone.text("hi").text("1");
    overtaken(phone).text("he has a gun");
    EXPECT_EQ(phone.conversation.urgency, Urgency::p1);
    EXPECT_EQ(phone.parts.size(), 1U);
    EXPECT_TRUE(phone.heard("common.danger_call"));
}

TEST(EngineLate, StopIsObeyedHoweverOldItIs) {
    Phone phone = at_story();
    overtaken(phone, 60min).text("STOP");
    EXPECT_TRUE(has_stopped(phone.conversation));
    EXPECT_EQ(phone.filings.size(), 1U);
}

TEST(EngineLate, AStartFromBeforeStopLetsNobodyIn) {
    Phone phone = at_story();
    phone.text("STOP");
    overtaken(phone).text("START");
    EXPECT_TRUE(has_stopped(phone.conversation));
    EXPECT_TRUE(phone.last.silent);
    phone.context.said_at.reset();
    phone.text("START");
    EXPECT_FALSE(has_stopped(phone.conversation));
}

TEST(EngineLate, WhatWasSaidAfterTheLastTurnIsAnAnswerHoweverLateItComes) {
    Phone phone(hotline().build());
    phone.text("hi");
    phone.context.said_at = phone.context.now + 1min;
    phone.wait(120min).text("1");  // half an hour's silence is measured where it was
    EXPECT_TRUE(phone.heard("hotline.danger_now.menu"));
    EXPECT_FALSE(phone.has_fact("late_text"));
}

}  // namespace
}  // namespace rightsline::flows::testing
