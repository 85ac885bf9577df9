// A key and the hang-up behind it leave the provider at the same moment: whichever comes first, it is as on the phone.
#include <gtest/gtest.h>

#include "tests/gateway/conversations/caller.hpp"

namespace rightsline::conversations {
namespace {

class EndedCall : public Caller {
 protected:
    /// A caller who has told and hears "shall we keep it?".
    void tell() {
        to_the_story();
        speak("RE1");
    }
    void expect_nothing_left() {
        EXPECT_EQ(cases(), 0U);
        EXPECT_EQ(number({"ZCARD", keys.cases()}), 0);
        EXPECT_EQ(count_of("{fair-food}:kp:*"), 0U);
        EXPECT_EQ(count_of("{fair-food}:kr:*"), 0U);
        EXPECT_EQ(number({"ZCARD", keys.withdrawn_recordings()}), 1) << "its sealed file goes";
        EXPECT_EQ(count_of("{fair-food}:rj:*"), 1U) << "and the provider's copy is still to be erased";
        EXPECT_GE(erased, 1);
        expect_call_is_over();
    }
    void expect_call_is_over() {
        EXPECT_EQ(count_of("{fair-food}:c:*"), 0U) << "no conversation begins on a call that is over";
        EXPECT_EQ(number({"ZCARD", keys.timers()}), 0);
    }
    static bool is_silent(const std::string& body) { return body.find("\"actions\":[]") != body.npos; }
};

// Else each key would be taken for a repeat of the first, and the call asked for a language until somebody hangs up.
TEST_F(EndedCall, ACallThatIsBegunAnewTakesTheNextKey) {
    dial();
    ask({"DEL", keys_like("{fair-food}:c:*").front()});
    EXPECT_NE(press("1").find("/voice/step?t=2&"), std::string::npos);
    EXPECT_NE(press("1").find("/voice/step?t=3&"), std::string::npos);
}

TEST_F(EndedCall, AKeyThatDeletesDeletesWhatTheHangUpFiled) {
    tell();
    hang_up();
    ASSERT_EQ(cases(), 1U);
    EXPECT_TRUE(is_silent(press("3")));
    expect_nothing_left();
}

TEST_F(EndedCall, AKeyThatDeletesIsNotLostWhenItsHangUpOvertakesItUnderWay) {
    tell();
    const providers::Inbound key = keyed("3");
    say_at_once(key, end());
    expect_nothing_left();
}

TEST_F(EndedCall, AKeyThatDeletesIsNotLostWhenItsHangUpIsUnderWayBefore) {
    tell();
    const providers::Inbound key = keyed("3");
    say_at_once(end(), key);
    expect_nothing_left();
}

TEST_F(EndedCall, ALateKeyThatComesTwiceIsTakenOnce) {
    tell();
    hang_up();
    const providers::Inbound key = keyed("3");
    const std::string first = say(key);
    EXPECT_EQ(say(key), first);
    expect_nothing_left();
    hang_up();
    expect_nothing_left();
    const std::string audit = std::to_string(number({"XLEN", keys.audit()}));
    say_at_once(key, key);
    EXPECT_EQ(std::to_string(number({"XLEN", keys.audit()})), audit);
}

TEST_F(EndedCall, TheKeyThatDeletesAMessageDeletesIt) {
    dial();
    press("");
    speak("RE1");  // a message in a language that nobody could ask for
    ASSERT_EQ(cases(), 1U);
    hang_up();
    EXPECT_TRUE(is_silent(press("2")));
    expect_nothing_left();
}

TEST_F(EndedCall, AKeyThatKeepsFilesNothingTwiceAndUsesNoNumber) {
    tell();
    hang_up();
    const int before = derived;
    press("1");
    EXPECT_EQ(cases(), 1U);
    EXPECT_EQ(number({"ZCARD", keys.cases()}), 1);
    EXPECT_EQ(count_of("{fair-food}:r:*"), 0U) << "a number that nobody heard opens nothing";
    EXPECT_EQ(derived, before);
    EXPECT_EQ(count_of("{fair-food}:es:*"), 0U);
    expect_call_is_over();
}

TEST_F(EndedCall, AKeyAtTheStoryMakesNoEmptyCase) {
    to_the_story();
    hang_up();
    press("#");
    EXPECT_EQ(cases(), 0U);
    EXPECT_EQ(count_of("{fair-food}:kp:*"), 0U);
    expect_call_is_over();
}

TEST_F(EndedCall, SilenceAndARepeatedPromptDoNothing) {
    tell();
    hang_up();
    const std::int64_t audit = number({"XLEN", keys.audit()});
    EXPECT_TRUE(is_silent(press("")));
    --turn;
    EXPECT_TRUE(
        is_silent(say(of_call(providers::Hook::voice_step, std::to_string(++turn), flows::Continued{}))));
    EXPECT_TRUE(is_silent(press("3"))) << "a step that the call never waited for";
    EXPECT_EQ(cases(), 1U);
    EXPECT_EQ(number({"XLEN", keys.audit()}), audit);
    expect_call_is_over();
}

TEST_F(EndedCall, ACodeThatIsTypedLateIsNotLookedUp) {
    dial();
    for (const char* key : {"2", "2", "3"}) {
        press(key);
    }
    hang_up();
    EXPECT_TRUE(is_silent(press("886276228191")));
    EXPECT_EQ(derived, 0);
    EXPECT_EQ(count_of("{fair-food}:w:*"), 0U);
    EXPECT_EQ(count_of("{fair-food}:wl:*"), 0U);
    EXPECT_EQ(cases(), 0U);
    expect_call_is_over();
}

TEST_F(EndedCall, AKeyOnACallThatCannotBeReadBeginsNoOther) {
    tell();
    hang_up();
    ask({"SET", keys_like("{fair-food}:ce:*").front(), "nonsense"});
    EXPECT_TRUE(is_silent(press("3")));
    EXPECT_EQ(cases(), 1U);
    expect_call_is_over();
}

TEST_F(EndedCall, IsKeptWithoutTheNumberThatItSaid) {
    tell();
    for (const char* key : {"1", "#", "1"}) {
        press(key);
    }
    ASSERT_EQ(count_of("{fair-food}:r:*"), 1U);
    const std::string receipt = keys_like("{fair-food}:r:*").front();
    const std::string code = receipt.substr(receipt.rfind('-') + 1);
    ASSERT_EQ(code.size(), 12U);
    hang_up();
    ASSERT_EQ(count_of("{fair-food}:ce:*"), 1U);
    const std::string kept = keys_like("{fair-food}:ce:*").front();
    std::vector<vault::SealRequest> to_open;
    to_open.push_back({vault::Purpose::conversation, kept, WithServer::text({"GET", kept})});
    const auto plain = tests::run(io, vault->open(std::move(to_open)));
    ASSERT_TRUE(plain);
    EXPECT_EQ(plain->front().find(code), std::string::npos);
    press(code);
    EXPECT_EQ(cases(), 1U);
    EXPECT_EQ(count_of("{fair-food}:r:*"), 1U);
    EXPECT_EQ(count_of("{fair-food}:es:*"), 0U);
    expect_call_is_over();
}

}  // namespace
}  // namespace rightsline::conversations
