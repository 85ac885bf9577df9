// A first text of two or three words: it tells something and is kept, or it only greets, asks or answers.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "flows/engine.hpp"
#include "flows/engine/read.hpp"
#include "flows/limits.hpp"
#include "tests/flows/pack_builder.hpp"
#include "tests/flows/phone.hpp"

namespace rightsline::flows::testing {
namespace {

Phone opened_with(const std::string& text) {
    Phone phone(hotline().build());
    phone.text(text);
    return phone;
}

TEST(EngineShortStory, IsKeptAndEveryLanguageHearsSo) {
    for (const char* text : {"no me pagan", "boss hits me", "Hello, boss stole", "bad water", "老板不付钱"}) {
        const Phone phone = opened_with(text);
        EXPECT_THAT(phone.keys(), ::testing::ElementsAre("common.first_text", "common.first_text_short",
                                                         "common.first_text_short"))
            << text;
        ASSERT_EQ(phone.parts.size(), 1U) << text;
        EXPECT_EQ(phone.parts.front().text.reveal(), text);
    }
}

TEST(EngineShortStory, WhatTellsNothingIsGreetedAndNotKept) {
    for (const char* text : {"hello", "Hello!", "test", "?", "😀 😀", "1 2 3", "hello test please",
                             "Hola, who is this?", "hello hello hello hola test", "español", "kreyòl please",
                             "help me", "unpaid", "hola sick", "", "12345678 90"}) {
        const Phone phone = opened_with(text);
        EXPECT_TRUE(phone.parts.empty()) << text;
        EXPECT_FALSE(phone.heard("common.first_text")) << text;
        EXPECT_FALSE(phone.keys().empty()) << text;
    }
}

TEST(EngineShortStory, IsNoAnswerToAQuestionOfBefore) {
    PackBuilder builder = hotline();
    Phone phone(builder.build());
    for (const char* text : {"Report a problem", "learn your", "yes", "thank you", "option 2", "delete it"}) {
        phone.begun = false;
        phone.conversation = {};
        phone.text(text);
        EXPECT_TRUE(phone.parts.empty()) << text;
    }
}

TEST(EngineShortStory, AfterALongSilenceItIsKeptToo) {
    Phone phone(hotline().build());
    phone.text("hello").wait(std::chrono::minutes(31)).text("no me pagan");
    EXPECT_TRUE(phone.heard("common.first_text"));
    EXPECT_EQ(phone.parts.size(), 1U);
    phone.wait(std::chrono::hours(1)).text("hello");
    EXPECT_TRUE(phone.heard("common.opener"));
    EXPECT_EQ(phone.filings.size(), 1U);
}

TEST(EngineShortStory, WordsOfDangerLeadToHelpAsEver) {
    Phone phone(hotline().danger_word("hits me").build());
    phone.text("boss hits me");
    ASSERT_EQ(phone.filings.size(), 1U);
    EXPECT_EQ(phone.filings.front().reason, "danger");
    EXPECT_TRUE(phone.heard("hotline.danger.say"));
    EXPECT_FALSE(phone.heard("common.first_text"));
}

TEST(EngineShortStory, TellsCountsWhatIsLeftOfTheFirstWords) {
    const PackPtr pack = hotline().build();
    EXPECT_TRUE(tells(*pack, "hello test they stole", 2));
    EXPECT_FALSE(tells(*pack, "who is this hello they", 2));
    EXPECT_FALSE(tells(*pack, "helloes", 2));
    EXPECT_TRUE(tells(*pack, "who is that", 2));
    std::string endless;
    for (int i = 0; i < 20000; ++i) {
        endless += "hello ";
    }
    EXPECT_FALSE(tells(*pack, endless, 1));
    EXPECT_TRUE(tells(*pack, std::string(100000, 'a'), 1));
}

}  // namespace
}  // namespace rightsline::flows::testing
