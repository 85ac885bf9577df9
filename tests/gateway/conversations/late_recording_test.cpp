// A hang-up and the recording that it ended leave the provider at the same moment: whichever comes first, it is one report.
#include <gtest/gtest.h>

#include "tests/gateway/conversations/caller.hpp"

namespace rightsline::conversations {
namespace {

using LateRecording = Caller;

TEST_F(LateRecording, ThatIsAllThatWasToldIsFiledAsItsCallWouldHaveFiledIt) {
    to_the_story();
    hang_up();
    ASSERT_EQ(cases(), 0U) << "nothing was told yet";
    EXPECT_NE(speak("RE1").find("\"actions\":[]"), std::string::npos);
    ASSERT_EQ(cases(), 1U);
    EXPECT_EQ(fact("reason"), "hang_up");
    EXPECT_EQ(fact("language"), "es");
    EXPECT_EQ(fact("family"), "wages");
    EXPECT_EQ(adopted, 1);
    EXPECT_EQ(count_of("{fair-food}:c:*"), 0U) << "no conversation begins on a call that is over";
    EXPECT_EQ(number({"ZCARD", keys.timers()}), 0);
}

TEST_F(LateRecording, JoinsTheCaseThatTheHangUpFiled) {
    to_the_story();
    speak("RE1");
    press("2");  // tell it again
    hang_up();
    ASSERT_EQ(cases(), 1U);
    ASSERT_EQ(parts(), 1);
    speak("RE2");
    EXPECT_EQ(cases(), 1U);
    EXPECT_EQ(parts(), 2);
    EXPECT_EQ(number({"SCARD", keys_like("{fair-food}:kr:*").front()}), 2);
}

TEST_F(LateRecording, OfDangerIsAsUrgentAsItsCall) {
    tell_of_danger();
    hang_up();
    speak("RE1");
    ASSERT_EQ(cases(), 1U);
    EXPECT_EQ(fact("urgency"), "P1");
    EXPECT_EQ(fact("language"), "es");
}

TEST_F(LateRecording, ThatOnlyTheProviderTellsOfJoinsToo) {
    to_the_story();
    speak("RE1");
    press("2");
    hang_up();
    tell_of("RE2");
    EXPECT_EQ(cases(), 1U);
    EXPECT_EQ(parts(), 2);
    tell_of("RE2");
    EXPECT_EQ(parts(), 2);
}

TEST_F(LateRecording, OfACaseThatWasDeletedMeanwhileIsErasedWithIt) {
    to_the_story();
    speak("RE1");
    press("2");
    hang_up();
    for (const char* gone : {"{fair-food}:k:*", "{fair-food}:kp:*", "{fair-food}:kr:*"}) {
        ask({"DEL", keys_like(gone).front()});
    }
    speak("RE2");
    EXPECT_EQ(cases(), 0U);
    EXPECT_EQ(count_of("{fair-food}:kp:*"), 0U);
    EXPECT_EQ(count_of("{fair-food}:rj:*"), 2U) << "the provider's copy is still to be erased";
    tell_of("RE3");
    EXPECT_EQ(cases(), 0U);
    EXPECT_EQ(count_of("{fair-food}:rj:*"), 3U);
    EXPECT_EQ(number({"ZCARD", keys.untaken_recordings()}), 0);
}

TEST_F(LateRecording, FindsItsCallForTenMinutesAndNothingInClear) {
    to_the_story();
    hang_up();
    const std::vector<std::string> kept = keys_like("{fair-food}:ce:*");
    ASSERT_EQ(kept.size(), 1U);
    EXPECT_LE(number({"TTL", kept.front()}), 600);
    EXPECT_GT(number({"TTL", kept.front()}), 500);
    ask({"SET", kept.front(), "nonsense"});
    speak("RE1");  // then it is a report of its own
    ASSERT_EQ(cases(), 1U);
    EXPECT_EQ(fact("reason"), "late_recording");
}

}  // namespace
}  // namespace rightsline::conversations
