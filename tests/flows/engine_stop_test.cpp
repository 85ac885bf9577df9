// STOP: who wants no more texts gets none until START, and what they told is not lost.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "flows/engine.hpp"
#include "tests/flows/pack_builder.hpp"
#include "tests/flows/phone.hpp"

namespace rightsline::flows::testing {
namespace {

using ::testing::ElementsAre;

Phone at_story() {
    Phone phone(hotline().build());
    phone.text("hi").text("1").text("2").text("2").text("1").text("he did not pay us");
    return phone;
}

void expect_silence(Phone& phone, const char* text) {
    phone.text(text);
    EXPECT_TRUE(phone.last.silent) << text;
    EXPECT_TRUE(phone.last.actions.empty()) << text;
}

TEST(EngineStop, WhatACarrierTakesForItIsSilentAndFilesTheDraftInAStoryToo) {
    for (const char* stop : {"STOP", " stop ", "END", "cancel"}) {
        Phone phone = at_story();
        expect_silence(phone, stop);
        EXPECT_TRUE(phone.has_fact("opt_out")) << stop;
        ASSERT_EQ(phone.filings.size(), 1U) << stop;
        EXPECT_EQ(phone.filings.front().reason, "opt_out");
    }
}

TEST(EngineStop, AWordOfALanguageInAStoryEndsTheStoryAndTheNextOneIsObeyed) {
    Phone phone = at_story();
    phone.text("alto");
    EXPECT_FALSE(phone.has_fact("opt_out"));
    EXPECT_TRUE(phone.heard("common.stop_hint"));
    EXPECT_TRUE(phone.heard("hotline.keep.menu"));
    EXPECT_TRUE(phone.parts.empty());
    phone.text("alto");
    EXPECT_THAT(phone.keys(), ElementsAre("common.stopped"));
    EXPECT_TRUE(phone.has_fact("opt_out"));
    EXPECT_EQ(phone.filings.size(), 1U);
}

TEST(EngineStop, AWishInPlainWordsIsObeyedInAStoryToo) {
    for (const char* wish : {"please stop texting me", "Stop. Thank you", "stop."}) {
        Phone phone = at_story();
        phone.text(wish);
        EXPECT_THAT(phone.keys(), ElementsAre("common.stopped")) << wish;  // no carrier has answered these
        EXPECT_TRUE(phone.has_fact("opt_out")) << wish;
    }
}

TEST(EngineStop, BeforeTheFirstWordOfAStoryAWordOfALanguageIsObeyed) {
    Phone phone(hotline().build());
    phone.text("hi").text("1").text("2").text("2").text("1").text("baja");
    EXPECT_THAT(phone.keys(), ElementsAre("common.stopped"));
}

TEST(EngineStop, UntilStartOnlyHelpIsAnsweredHoweverLongItTakes) {
    Phone phone(hotline().build());
    phone.text("STOP");
    EXPECT_EQ(phone.last.timer.op, TimerOp::clear);
    EXPECT_FALSE(phone.last.ended);
    for (const char* text : {"hello", "1", "9", "menu", "x", "STOP", "alto", "", "572400000000"}) {
        expect_silence(phone, text);
    }
    EXPECT_THAT(phone.text("HELP").keys(), ElementsAre("hotline.help.say"));
    phone.wait(std::chrono::minutes{60 * 24 * 400});
    expect_silence(phone, "hello");
    phone.give(Elapsed{});
    EXPECT_TRUE(phone.last.actions.empty());
    EXPECT_TRUE(phone.text("start").heard("hotline.language.menu"));
    EXPECT_TRUE(phone.text("1").heard("hotline.danger_now.menu"));
}

TEST(EngineStop, AStoryThatComesAfterItIsFiledAtOnceAndAnsweredWithSilence) {
    Phone phone(hotline().build());
    phone.text("STOP");
    expect_silence(phone, "they did not pay us again");
    ASSERT_EQ(phone.parts.size(), 1U);
    ASSERT_EQ(phone.filings.size(), 1U);
    EXPECT_EQ(phone.filings.back().reason, "after_stop");
    const auto draft = phone.conversation.draft;
    expect_silence(phone, "he has a gun");
    EXPECT_EQ(phone.parts.size(), 1U);
    EXPECT_EQ(phone.filings.size(), 1U);
    ASSERT_TRUE(phone.last.raise);
    EXPECT_EQ(phone.last.raise->draft, draft);
    phone.context.fresh_id = {7};
    phone.wait(std::chrono::minutes{31});
    expect_silence(phone, "another week without any pay");
    EXPECT_EQ(phone.filings.size(), 2U);
    EXPECT_NE(phone.filings.back().draft, draft);
}

TEST(EngineStop, ACaseDeletedElsewhereIsNotAddedTo) {
    Phone phone(hotline().build());
    phone.text("STOP").text("they did not pay us again");
    phone.context.case_gone = true;
    phone.context.fresh_id = {7};
    expect_silence(phone, "and they shout at us");
    EXPECT_EQ(phone.filings.size(), 2U);
}

TEST(EngineStop, ItOutlivesThePackThatItWasSentOn) {
    Phone phone(hotline().build());
    phone.text("STOP");
    ASSERT_TRUE(has_stopped(phone.conversation));
    PackBuilder b({"en"});
    b.menu("m", "Well?").choice("a", "A", "m");
    const PackPtr next = b.build();
    phone.conversation.language = 2;
    phone.conversation = stopped_on(*next, phone.conversation);
    phone.pack = next;
    expect_silence(phone, "hello");
    EXPECT_TRUE(phone.text("start").heard("hotline.m.menu"));
}

}  // namespace
}  // namespace rightsline::flows::testing
