// A caller who asks for a person, as far as the engine goes: the wait, the key, the room.
#include <gtest/gtest.h>

#include <algorithm>

#include "flows/engine.hpp"
#include "tests/flows/pack_builder.hpp"
#include "tests/flows/phone.hpp"

namespace rightsline::flows::testing {
namespace {

/// Waits for a person: the shell has begun to call.
Phone asks_for_a_person() {
    Phone phone(hotline().build(), Mode::voice);
    phone.handoff_result = {"ring", {{"handoff", "one"}}};
    phone.call().press("1").press("0");
    return phone;
}

TEST(EnginePerson, WhoAsksForAPersonHearsSomethingAtOnceAndAgainAndMayPressAKey) {
    Phone phone = asks_for_a_person();
    EXPECT_TRUE(phone.heard("common.handoff_ring"));
    ASSERT_NE(phone.find<Gather>(), nullptr);
    EXPECT_EQ(phone.find<Gather>()->most_digits, 1U);
    EXPECT_LE(phone.find<Gather>()->timeout, Seconds{5}) << "with its words less than ten";
    EXPECT_TRUE(phone.requests.back().with.at("key").empty());
    phone.handoff_result = {"wait", {}};
    const std::uint32_t turn = phone.conversation.turn;
    phone.silence();
    EXPECT_TRUE(phone.heard("common.handoff_wait"));
    EXPECT_EQ(phone.conversation.turn, turn + 1) << "each wait is a turn of its own";
    EXPECT_EQ(phone.requests.back().with.at("handoff"), "one");
    phone.handoff_result = {"else", {}};
    phone.press("1");
    EXPECT_EQ(phone.requests.back().with.at("key"), "1");
    EXPECT_NE(phone.find<Record>(), nullptr);
    EXPECT_TRUE(phone.conversation.values.empty()) << "a second wish begins anew";
}

TEST(EnginePerson, WhoIsPutThroughIsInARoomUntilTheTalkIsOver) {
    Phone phone = asks_for_a_person();
    phone.handoff_result = {"talk", {{"room", "f00d"}}};
    phone.silence();
    EXPECT_TRUE(phone.heard("common.handoff_talk"));
    ASSERT_NE(phone.find<Dial>(), nullptr);
    EXPECT_EQ(phone.find<Dial>()->room, "f00d");
    EXPECT_GT(phone.last.timer.due - phone.context.now, phone.find<Dial>()->longest) << "silence is no end";
    EXPECT_EQ(phone.find<Dial>()->longest, std::chrono::minutes{28});
    phone.handoff_result = {"talk_on", {{"room", "f00d"}}};
    phone.wait(std::chrono::minutes{28}).come_back();
    EXPECT_TRUE(phone.heard("common.handoff_ends_soon")) << "a voice says so before it ends";
    ASSERT_NE(phone.find<Dial>(), nullptr);
    EXPECT_EQ(phone.find<Dial>()->room, "f00d");
    EXPECT_EQ(phone.find<Dial>()->longest, std::chrono::minutes{2});
    phone.handoff_result = {"ok", {}};
    phone.wait(std::chrono::minutes{2}).come_back();
    EXPECT_TRUE(phone.heard("hotline.goodbye.say"));
    EXPECT_TRUE(phone.last.ended);
}

TEST(EnginePerson, WhoseTalkIsHandedOnTooSoonWaitsAgainAndIsPutThroughWithoutAGreeting) {
    Phone phone = asks_for_a_person();
    phone.handoff_result = {"talk", {{"room", "f00d"}}};
    phone.silence();
    phone.handoff_result = {"wait", {}};
    phone.come_back();
    EXPECT_TRUE(phone.heard("common.handoff_wait"));
    EXPECT_FALSE(phone.heard("common.handoff_ring"));
    ASSERT_NE(phone.find<Gather>(), nullptr) << "1 leads to a message, as before";
    EXPECT_EQ(phone.requests.back().with.at("handoff"), "one");
    EXPECT_LT(phone.last.timer.due - phone.context.now, std::chrono::minutes{30})
        << "silence is an end again";
    phone.handoff_result = {"talk", {{"room", "f00d"}}};
    phone.silence();
    ASSERT_NE(phone.find<Dial>(), nullptr);
    EXPECT_EQ(phone.find<Dial>()->room, "f00d");
}

TEST(EnginePerson, WhoMustShowThatTheyAreNoMachineIsAskedForAKeyAndHasTimeForIt) {
    Phone phone(hotline().build(), Mode::voice);
    phone.handoff_result = {"prove", {{"handoff", "?"}}};
    phone.call().press("1").press("0");
    EXPECT_TRUE(phone.heard("common.handoff_prove"));
    ASSERT_NE(phone.find<Gather>(), nullptr);
    EXPECT_GE(phone.find<Gather>()->timeout, Seconds{8});
    phone.handoff_result = {"ring", {{"handoff", "one"}}};
    phone.press("7");
    EXPECT_EQ(phone.requests.back().with.at("key"), "7");
    EXPECT_EQ(phone.requests.back().with.at("handoff"), "?");
    EXPECT_TRUE(phone.heard("common.handoff_ring"));
}

TEST(EnginePerson, WhoeverWaitsMayHearTheWayToAMessageAgainAndTheEmergencyNumber) {
    Phone phone = asks_for_a_person();
    phone.handoff_result = {"wait", {}};
    for (const char* key : {"0", "*"}) {
        phone.press(key);
        EXPECT_TRUE(phone.heard("common.handoff_ring")) << key << " says it again";
        EXPECT_FALSE(phone.heard("common.handoff_wait"));
    }
    phone.press("9");
    EXPECT_TRUE(phone.heard("common.handoff_danger"));
    EXPECT_EQ(phone.conversation.urgency, Urgency::p1) << "a message that is left now is urgent";
    phone.silence();
    EXPECT_TRUE(phone.heard("common.handoff_wait")) << "and the phones ring on";
    for (const DoRequest& one : phone.requests) {
        EXPECT_EQ(one.action, "handoff") << "nobody is led away";
    }
}

TEST(EnginePerson, AKeyOrAWordIsAnAnswerAndSilenceIsNone) {
    Phone phone(hotline().build(), Mode::voice);
    phone.call();
    EXPECT_FALSE(phone.conversation.answered);
    phone.silence();
    EXPECT_FALSE(phone.conversation.answered);
    phone.press("1");
    EXPECT_TRUE(phone.conversation.answered);
    EXPECT_TRUE(unpack(pack(phone.conversation))->answered) << "as it is kept";
}

TEST(EnginePerson, NobodyIsPutThroughByText) {
    Phone phone(hotline().build(), Mode::sms);
    phone.handoff_result = {"talk", {{"room", "f00d"}}};
    phone.text("hi").text("1").text("0");
    EXPECT_EQ(phone.find<Dial>(), nullptr);
    EXPECT_TRUE(
        std::ranges::none_of(phone.requests, [](const DoRequest& one) { return one.action == "handoff"; }));
}

}  // namespace
}  // namespace rightsline::flows::testing
