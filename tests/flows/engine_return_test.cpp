// A receipt code in a text: read among a few words, and a wrong one gets the words of an unknown one.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "flows/engine.hpp"
#include "flows/engine/read.hpp"
#include "tests/flows/pack_builder.hpp"
#include "tests/flows/phone.hpp"

namespace rightsline::flows::testing {
namespace {

constexpr const char* code = "572400000000";

TEST(EngineReturn, ACodeAmongAFewWordsOpensItsReportFromTheFirstTextAMenuAndTheQuestionForIt) {
    for (const char* text :
         {code, "5724 0000-0000", "my code is 5724 0000 0000", "5724 0000 0000 is my number",
          "Hello, it is me again: 5724-0000-0000.", "5724 0o00 OO00", "my code is 57240000000O"}) {
        Phone first(hotline().build());
        first.text(text);
        ASSERT_EQ(first.requests.size(), 1U) << text;
        EXPECT_EQ(first.requests.back().secret.reveal(), code) << text;
        Phone menu(hotline().build());
        menu.text("hi").text("1").text("2").text(text);
        EXPECT_EQ(menu.requests.size(), 1U) << text;
        Phone asked(hotline().build());
        asked.text("hi").text("1").text("2").text("3").text(text);
        EXPECT_EQ(asked.requests.size(), 1U) << text;
    }
}

TEST(EngineReturn, AStoryWithANumberInItIsAStory) {
    for (const char* text : {"he has a gun 5724 0000 0000", "call me at 572400000000 or at 3055550112 please",
                             "they wrote 123456789012 on my pay slip"}) {
        Phone phone(hotline().build());
        phone.text(text);
        EXPECT_TRUE(phone.requests.empty()) << text;
        EXPECT_EQ(phone.parts.size(), 1U) << text;
    }
}

TEST(EngineReturn, AMistypedAndAnUnknownFirstTextGetTheSameWordsInEveryLanguage) {
    Phone mistyped(hotline().build());
    mistyped.text("5724 0000 0001");
    EXPECT_TRUE(mistyped.requests.empty());
    Phone unknown(hotline().build());
    unknown.open_result = {"wrong", {}};
    unknown.text(code);
    EXPECT_EQ(unknown.requests.size(), 1U);
    EXPECT_EQ(mistyped.body(), unknown.body());
    const std::vector<std::string> keys = mistyped.keys();
    ASSERT_GE(keys.size(), 4U);
    EXPECT_EQ((std::vector<std::string>(keys.begin(), keys.begin() + 4)),
              (std::vector<std::string>{"common.wrong_code", "common.wrong_code", "common.wrong_code",
                                        "hotline.language.menu"}));
}

TEST(EngineReturn, AStarOrAPoundOrHelpAtTheQuestionForACodeIsNoWrongNumber) {
    Phone phone(hotline().build());
    phone.text("hi").text("1").text("2").text("3").text("*");
    EXPECT_TRUE(phone.heard("hotline.enter_code.prompt"));
    EXPECT_EQ(phone.conversation.attempt, 0);
    EXPECT_FALSE(phone.has_fact("no_match"));
    EXPECT_TRUE(phone.text("#").heard("hotline.main.menu"));
    EXPECT_TRUE(phone.text("3").text("9").heard("hotline.danger.say"));
}

}  // namespace
}  // namespace rightsline::flows::testing
