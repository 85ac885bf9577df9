// A call that does not end: warned by a voice, then led out with what it is owed, then ended. Silence leads on before that.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "flows/engine.hpp"
#include "flows/limits.hpp"
#include "tests/flows/pack_builder.hpp"
#include "tests/flows/phone.hpp"

namespace rightsline::flows::testing {
namespace {

using namespace std::chrono_literals;
using ::testing::ElementsAre;

/// A way out that files what was told and gives its number, as the shipped scripts have it.
PackPtr line_with_a_way_out() {
    PackBuilder b = hotline();
    b.keyword("x", "file");
    return b.build();
}

Phone at_the_main_menu(PackPtr pack = hotline().build()) {
    Phone phone(std::move(pack), Mode::voice);
    phone.call().press("1").press("2");
    return phone;
}

TEST(EngineLongCall, IsWarnedByAVoiceInGoodTimeAndOnce) {
    Phone phone = at_the_main_menu();
    phone.wait(24min).press("*");
    EXPECT_FALSE(phone.heard("common.call_ends_soon"));
    phone.wait(1min).press("*");
    EXPECT_EQ(phone.keys().front(), "common.call_ends_soon") << "before all other words";
    EXPECT_TRUE(phone.heard("hotline.main.menu")) << "and the call goes on";
    phone.wait(1min).press("*");
    EXPECT_FALSE(phone.heard("common.call_ends_soon"));
    EXPECT_FALSE(phone.last.ended);
}

TEST(EngineLongCall, IsThenEndedAndSaidSo) {
    Phone phone = at_the_main_menu();
    phone.wait(30min).press("*");
    EXPECT_EQ(phone.keys().front(), "common.call_over");
    EXPECT_TRUE(phone.last.ended);
    EXPECT_NE(phone.find<Hangup>(), nullptr);
    EXPECT_TRUE(phone.has_fact("call_too_long"));
    EXPECT_TRUE(phone.filings.empty());
}

TEST(EngineLongCall, FilesWhatWasToldAndGivesItsNumberOnTheWayOut) {
    Phone phone = at_the_main_menu(line_with_a_way_out());
    phone.press("2").press("1").record(12);
    ASSERT_TRUE(phone.heard("hotline.keep.menu"));
    phone.wait(31min).press("*");
    EXPECT_THAT(phone.keys(), ::testing::IsSupersetOf({"common.call_over", "hotline.receipt.say"}));
    EXPECT_EQ(phone.keys().front(), "common.call_over");
    ASSERT_EQ(phone.filings.size(), 1U);
    EXPECT_TRUE(phone.conversation.code_said);
    EXPECT_FALSE(phone.last.ended) << "there is time to key it back";
    phone.record(0);
    EXPECT_FALSE(phone.heard("common.call_over")) << "said once";
}

TEST(EngineLongCall, WhoeverIsStillThereAfterThatIsSaidGoodbyeToAndNothingIsLost) {
    Phone phone = at_the_main_menu(line_with_a_way_out());
    phone.press("2").press("1").record(12).wait(31min).press("*").wait(3min).press("9");
    EXPECT_TRUE(phone.heard("common.goodbye"));
    EXPECT_TRUE(phone.last.ended);
    EXPECT_EQ(phone.filings.size(), 1U);
    Phone without = at_the_main_menu();  // no way out, and so late that there would be no time for it
    without.press("2").press("1").record(12).wait(34min).press("1");
    EXPECT_TRUE(without.last.ended);
    ASSERT_EQ(without.filings.size(), 1U);
    EXPECT_EQ(without.filings.front().reason, "time");
}

TEST(EngineLongCall, WordsBeforeATimeThatIsUpAreKeptFirst) {
    Phone phone = at_the_main_menu(line_with_a_way_out());
    phone.press("2").press("1").wait(31min).record(60);
    ASSERT_EQ(phone.parts.size(), 1U);
    EXPECT_TRUE(phone.heard("hotline.keep.menu"));
    phone.press("1");
    EXPECT_TRUE(phone.heard("hotline.receipt.say"));
}

TEST(EngineLongCall, AKeyThatDeletesDeletesAlsoWhenTheTimeIsUp) {
    Phone phone = at_the_main_menu(line_with_a_way_out());
    phone.press("2").press("1").record(12).wait(31min).press("3");
    EXPECT_TRUE(phone.last.discard_draft || phone.heard("hotline.deleted.say"));
    EXPECT_TRUE(phone.filings.empty());
    Phone foreign(hotline().build(), Mode::voice);
    foreign.call().silence().record(20).wait(31min).press("2");
    EXPECT_TRUE(foreign.heard("common.deleted"));
}

TEST(EngineLongCall, TheTimeWithAPersonDoesNotCount) {
    Phone phone(hotline().build(), Mode::voice);
    phone.handoff_result = {"ring", {{"handoff", "one"}}};
    phone.call().press("1").press("0");
    phone.handoff_result = {"talk", {{"room", "f00d"}}};
    phone.silence();
    phone.handoff_result = {"else", {}};
    phone.wait(29min).come_back();
    EXPECT_NE(phone.find<Record>(), nullptr);
    EXPECT_THAT(phone.keys(), ElementsAre("hotline.leave_message.prompt"));
    phone.wait(3min).record(0);
    EXPECT_FALSE(phone.heard("common.call_over"));
}

TEST(EngineLongCall, TextsHaveNoSuchLimit) {
    Phone phone(hotline().build(), Mode::sms);
    phone.text("hi").text("1").wait(29min).text("2");
    EXPECT_EQ(phone.conversation.begun, Instant{});
    phone.wait(29min).text("2");
    EXPECT_FALSE(phone.heard("common.call_over"));
}

TEST(EngineLongCall, ACallFromBeforeThisBuildIsNotCutShort) {
    Phone phone = at_the_main_menu();
    phone.conversation.begun = Instant{};
    phone.wait(40min).press("*");
    EXPECT_TRUE(phone.heard("hotline.main.menu"));
    EXPECT_FALSE(phone.last.ended);
}

}  // namespace
}  // namespace rightsline::flows::testing
