// A hang-up and the recording that it ended leave the provider at the same moment: whichever comes first, it is one report.
#include <gtest/gtest.h>

#include "tests/gateway/conversations/house.hpp"

namespace rightsline::conversations {
namespace {

class LateRecording : public WithTurns {
 protected:
    providers::Inbound of_call(providers::Hook hook, std::string identity, flows::Event event) const {
        providers::Inbound inbound;
        inbound.hook = hook;
        inbound.mode = flows::Mode::voice;
        inbound.line = "+15005550006";
        inbound.worker = vault::PhoneNumber::parse("+15005550001").value();
        inbound.call = "CA1";
        inbound.turn = turn;
        inbound.content = inbound.identity = "CA1|" + std::move(identity);
        inbound.event = std::move(event);
        return inbound;
    }
    void dial() { say(of_call(providers::Hook::voice, "start", flows::Called{})); }
    void press(const std::string& key) {
        say(of_call(providers::Hook::voice_step, std::to_string(++turn),
                    flows::Keyed{locales::PrivateText(key)}));
    }
    std::string speak(const std::string& id) {
        providers::Inbound inbound = of_call(providers::Hook::voice_step, std::to_string(++turn),
                                             flows::Recorded{id, flows::Seconds{9}});
        inbound.recording = providers::RemoteRecording{id, "https://provider.example/" + id, ""};
        return say(std::move(inbound));
    }
    void hang_up() { say(of_call(providers::Hook::voice_status, "end", flows::HungUp{})); }
    /// The provider's own word of the recording, and what the background makes of it when no turn took it.
    void tell_of(const std::string& id) {
        providers::Inbound news =
            of_call(providers::Hook::recording, "news of " + id, flows::Recorded{id, flows::Seconds{9}});
        news.recording = providers::RemoteRecording{id, "https://provider.example/" + id, ""};
        EXPECT_TRUE(tests::run(io, turns->hear_of_recording(line(), std::move(news))));
        clock.advance(std::chrono::minutes(3));
        for (RecordingJob& job : tests::run(io, desk->untaken("fair-food"))) {
            tests::run(io, turns->file_untaken(std::move(job)));
        }
    }
    /// A caller in Spanish who has told of danger and now speaks.
    void tell_of_danger() {
        dial();
        press("2");
        press("1");
        press("9");
    }
    void to_the_story() {
        dial();
        for (const char* key : {"2", "2", "2", "1"}) {
            press(key);
        }
    }
    std::string fact(const char* name) {
        return WithServer::text({"HGET", keys_like("{fair-food}:k:*").front(), name});
    }
    std::size_t cases() { return count_of("{fair-food}:k:*"); }
    std::int64_t parts() { return number({"LLEN", keys_like("{fair-food}:kp:*").front()}); }

    unsigned turn = 0;
};

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
