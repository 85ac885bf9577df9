// A key before anything else, while calls come in a flood: who presses it goes on, who does not still has the tone.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "flows/engine.hpp"
#include "tests/flows/pack_builder.hpp"
#include "tests/flows/phone.hpp"

namespace rightsline::flows::testing {
namespace {

using ::testing::Each;

Phone in_a_flood() {
    Phone phone(hotline().build(), Mode::voice);
    phone.context.key_first = true;
    phone.call();
    phone.context.key_first = false;  // the shell says so where a call begins
    return phone;
}

TEST(EngineProving, InAFloodAKeyComesBeforeTheMenuInEveryLanguage) {
    Phone phone = in_a_flood();
    EXPECT_THAT(phone.keys(), Each("common.call_prove"));
    EXPECT_EQ(phone.keys().size(), 3U);
    ASSERT_NE(phone.find<Gather>(), nullptr);
    EXPECT_GE(phone.find<Gather>()->timeout, Seconds{8}) << "there is time to find it";
    phone.press("7");
    EXPECT_TRUE(phone.heard("hotline.language.menu"));
    phone.press("1").press("2");
    EXPECT_TRUE(phone.heard("hotline.main.menu")) << "as on any other day";
}

TEST(EngineProving, WhoeverHasPressedItIsNotAskedAgainBeforePeopleAreWoken) {
    Phone phone = in_a_flood();
    phone.press("7").press("1").press("0");
    EXPECT_EQ(phone.requests.back().action, "handoff");
    EXPECT_EQ(phone.requests.back().with.at("proved"), "1");
    Phone other(hotline().build(), Mode::voice);
    other.call().press("1").press("0");
    EXPECT_FALSE(other.requests.back().with.contains("proved"));
}

TEST(EngineProving, WhoeverIsSilentIsLedToTheToneAndWhatTheySayIsAReport) {
    Phone phone = in_a_flood();
    phone.silence();
    ASSERT_NE(phone.find<Record>(), nullptr);
    EXPECT_THAT(phone.keys(), Each("common.record_tone"));
    EXPECT_EQ(phone.keys().size(), 3U);
    EXPECT_FALSE(phone.last.ended);
    phone.record(20);
    ASSERT_EQ(phone.filings.size(), 1U);
    EXPECT_EQ(phone.filings.front().urgency, Urgency::p2) << "nobody could ask whether there is danger";
    EXPECT_TRUE(phone.heard("common.message_kept"));
}

TEST(EngineProving, AMachineThatSaysNothingAfterTheToneHasTakenLittleTime) {
    Phone phone = in_a_flood();
    phone.silence().record(0);
    EXPECT_TRUE(phone.heard("common.goodbye"));
    EXPECT_TRUE(phone.last.ended);
    EXPECT_FALSE(phone.conversation.answered) << "it counts as silent";
    EXPECT_TRUE(phone.filings.empty());
}

TEST(EngineProving, WhoeverKeysAheadIsAskedOnceMoreAndThenHearsTheTone) {
    Phone phone = in_a_flood();
    phone.press("2");
    EXPECT_THAT(phone.keys(), Each("common.call_prove"));
    phone.press("7");
    EXPECT_TRUE(phone.heard("hotline.language.menu"));
    Phone never = in_a_flood();
    never.press("2").press("2");
    EXPECT_NE(never.find<Record>(), nullptr);
    EXPECT_FALSE(never.last.ended);
}

TEST(EngineProving, TheKeyForDangerLeadsToHelpWithoutIt) {
    Phone phone = in_a_flood();
    phone.press("9");
    EXPECT_TRUE(phone.heard("hotline.language.menu")) << "a language, and then help";
    phone.press("1");
    EXPECT_TRUE(phone.heard("hotline.danger.say"));
}

TEST(EngineProving, AProviderThatLostItsPlaceAsksTheSameAgain) {
    Phone phone = in_a_flood();
    phone.come_back();
    EXPECT_THAT(phone.keys(), Each("common.call_prove"));
}

TEST(EngineProving, NobodyIsAskedByTextOrOnAnyOtherDay) {
    Phone text(hotline().build(), Mode::sms);
    text.context.key_first = true;
    text.text("hi");
    EXPECT_FALSE(text.heard("common.call_prove"));
    Phone calm(hotline().build(), Mode::voice);
    calm.call();
    EXPECT_FALSE(calm.heard("common.call_prove"));
}

}  // namespace
}  // namespace rightsline::flows::testing
