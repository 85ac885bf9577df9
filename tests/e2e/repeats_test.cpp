// Deliveries that come twice, late or altered: the state changes once and the answer is the same.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/e2e/journeys.hpp"

namespace rightsline::tests {
namespace {

using testing::HasSubstr;

TEST(Repeats, ATextDeliveredTwiceGetsTheIdenticalAnswerAndCountsOnce) {
    const Hotline hotline;
    const TwilioPhone phone = hotline.phone("+13055550131");
    phone.texts(spanish_to_story);
    const Fields story = phone.form("una vez", fresh_sid("SM"));
    const HttpReply first = phone.deliver(story);
    Fields fallback = story;  // what Twilio adds when it turns to the fallback URL
    fallback.emplace_back("ErrorCode", "11200");
    fallback.emplace_back("ErrorUrl", "https://hotline.example.org/hooks/main/sms");
    const HttpReply again = phone.deliver(story);
    const HttpReply late = phone.deliver(fallback);
    EXPECT_EQ(again.body, first.body);
    EXPECT_EQ(late.body, first.body);
    EXPECT_EQ(hotline.turns("duplicate"), 2);
    phone.texts({"1", "1"});
    const auto opened = hotline.show(std::string(hotline.cases().at(0).as_object().at("alias").as_string()));
    EXPECT_EQ(told(opened).size(), 1U);
}

TEST(Repeats, ARepeatedTextTakesOneRoundTrip) {
    const Hotline hotline;
    const TwilioPhone phone = hotline.phone("+13055550132");
    const Fields form = phone.form("hola", fresh_sid("SM"));
    phone.deliver(form);
    double least = 100;
    for (int i = 0; i < 50 && least > 1; ++i) {  // the server's own background work can only add
        const double before = hotline.round_trips();
        phone.deliver(form);
        least = std::min(least, hotline.round_trips() - before);
    }
    EXPECT_EQ(least, 1);
}

TEST(Repeats, TheSameMessageWithOtherWordsHasNoEffectAndRaisesTheAlarm) {
    const Hotline hotline;
    const TwilioPhone phone = hotline.phone("+13055550133");
    const std::string sid = fresh_sid("SM");
    phone.texts(spanish_to_story);
    phone.deliver(phone.form("mi historia", sid));
    EXPECT_TRUE(messages(phone.deliver(phone.form("otra historia", sid))).empty());
    EXPECT_TRUE(messages(hotline.phone("+13055550134").deliver(hotline.phone("+13055550134").form("x", sid)))
                    .empty());
    EXPECT_EQ(hotline.turns("altered"), 2);
    phone.texts({"1", "1"});
    const auto opened = hotline.show(std::string(hotline.cases().at(0).as_object().at("alias").as_string()));
    const std::vector<std::pair<std::string, std::string>> sent{{"story", "mi historia"}};
    EXPECT_EQ(told(opened), sent);
}

TEST(Repeats, AnOldVoiceStepIsSentToTheCurrentPrompt) {
    const Hotline hotline({.audio = true});
    TwilioCall call = hotline.call("+13055550135");
    call.dial();
    const std::string old_step = call.step("Gather");
    call.press("2");
    call.press("2");
    const std::vector<std::string> current = hotline.heard(call.now());
    const HttpReply repeat = call.post(old_step, {{"Digits", "2"}});
    const Element answer = parse_twiml(repeat.body);
    ASSERT_EQ(answer.children.size(), 1U) << repeat.body;
    const std::string target = answer.child("Redirect").text.substr(hotline.twilio().public_url.size());
    EXPECT_EQ(hotline.heard(parse_twiml(call.post(target, {}).body)), current);
}

TEST(Repeats, TheLastVoiceStepRepeatedGetsItsAnswerAgain) {
    const Hotline hotline;
    TwilioCall call = hotline.call("+13055550136");
    call.dial();
    const std::string step = call.step("Gather");
    const HttpReply first = call.press("2");
    EXPECT_EQ(call.post(step, {{"Digits", "2"}}).body, first.body);
    EXPECT_EQ(hotline.turns("duplicate"), 1);
}

TEST(Repeats, ACallThatAKillInterruptsGoesOnAtItsCurrentPrompt) {
    Hotline hotline({.audio = true});
    const auto killed = [&] {
        hotline.server().kill();
        hotline.server().start();
    };
    TwilioCall call = hotline.call("+13055550139");
    call.dial();
    call.press("2");
    call.press("2");
    ASSERT_EQ(hotline.heard(call.now()).front(), "hotline.main.menu.0");
    killed();
    call.say_nothing();
    const std::vector<std::string> again = hotline.heard(call.now());
    EXPECT_NE(std::ranges::find(again, "hotline.main.again.1.0"), again.end()) << "the question that waited";
    killed();
    const std::string step = call.step("Gather");
    const HttpReply answer = call.press("2");
    EXPECT_EQ(hotline.heard(call.now()).front(), "hotline.what_happened.menu.0");
    killed();
    EXPECT_EQ(call.post(step, {{"Digits", "2"}}).body, answer.body) << "what the provider posts once more";
    call.press("1");
    EXPECT_EQ(call.now().all("Record").size(), 1U) << "the tone for the story";
}

TEST(Repeats, AStepWithAForgedTurnIsRefused) {
    const Hotline hotline;
    TwilioCall call = hotline.call("+13055550137");
    call.dial();
    std::string step = call.step("Gather");
    const std::size_t turn = step.find("t=") + 2;
    step[turn] = step[turn] == '9' ? '8' : '9';
    EXPECT_EQ(call.post(step, {{"Digits", "1"}}).status, 400);
    EXPECT_EQ(hotline.turns("committed"), 1);
}

TEST(Repeats, TheAnswerThatSaidTheCodeIsRepeatedForTenMinutesOnly) {
    Hotline hotline({.own_clock = true});
    const TwilioPhone phone = hotline.phone("+13055550138");
    phone.texts(spanish_to_story);
    phone.texts({"algo", "1", "1", "0", "0", "0", "0"});
    const Fields form = phone.form("1", fresh_sid("SM"));
    const HttpReply said = phone.deliver(form);
    ASSERT_EQ(code_in(message(said)).size(), 12U);
    hotline.move_clock(std::chrono::minutes(9));
    EXPECT_EQ(phone.deliver(form).body, said.body);
    hotline.move_clock(std::chrono::minutes(11));
    const HttpReply late = phone.deliver(form);
    EXPECT_EQ(late.status, 200);
    EXPECT_EQ(code_in(late.body), "");
    EXPECT_EQ(hotline.cases().size(), 1U);
}

}  // namespace
}  // namespace rightsline::tests
