// A worker calls: recorded prompts, keys, a spoken report, the code read out; and the calls that break off.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json.hpp>

#include "tests/e2e/journeys.hpp"

namespace rightsline::tests {
namespace {

using namespace std::chrono_literals;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

/// A caller who got as far as the tone for the story, in Spanish.
TwilioCall caller_at_the_tone(const Hotline& hotline, const std::string& number) {
    TwilioCall call = hotline.call(number);
    call.dial();
    for (const char* key : {"2", "2", "2", "1"}) {
        call.press(key);
    }
    return call;
}

/// The recording is sealed on our disk, the provider's copy is gone, and the store knows both.
bool held(const Hotline& hotline, int recordings = 1) {
    const std::string bytes = hotline.append_only_bytes();
    int found = 0;
    for (auto at = bytes.find("recording_held"); at != std::string::npos;
         at = bytes.find("recording_held", at + 1)) {
        ++found;
    }
    return found >= recordings;
}

std::string only_alias(const Hotline& hotline) {
    return std::string(hotline.cases().at(0).as_object().at("alias").as_string());
}

TEST(Voice, MenuIsOurOwnAudioThatAKeyCutsShort) {
    const Hotline hotline({.audio = true});
    TwilioCall call = hotline.call("+13055550121");
    const HttpReply reply = call.dial();
    EXPECT_EQ(reply.headers.at("content-type"), "text/xml; charset=utf-8");
    ASSERT_EQ(call.now().children.size(), 2U);
    const Element& gather = call.now().child("Gather");  // prompts inside it: a key cuts them short
    EXPECT_EQ(gather.attribute("input"), "dtmf");
    EXPECT_EQ(gather.attribute("method"), "POST");
    EXPECT_EQ(gather.attribute("actionOnEmptyResult"), "true");
    EXPECT_EQ(gather.all("Play").size(), gather.children.size());
    EXPECT_EQ(call.now().children.back().name, "Redirect");
    EXPECT_EQ(hotline.heard(call.now()).front(), "hotline.language.menu.0");
    for (const Element* play : gather.all("Play")) {
        const HttpReply sound =
            http_get(hotline.twilio().port, play->text.substr(hotline.twilio().public_url.size()));
        EXPECT_EQ(sound.status, 200);
        EXPECT_EQ(sound.headers.at("content-type"), "audio/wav");
        EXPECT_THAT(sound.headers.at("cache-control"), HasSubstr("immutable"));
        EXPECT_EQ(sound.body.substr(22, 6), std::string("\x01\x00\x40\x1f\x00\x00", 6)) << "mono, 8000 Hz";
    }
    EXPECT_EQ(http_get(hotline.twilio().port, "/media/" + std::string(64, '0') + ".wav").status, 404);
    EXPECT_EQ(http_get(hotline.twilio().port, "/media/..%2f..%2fetc%2fpasswd").status, 404);
}

TEST(Voice, SilenceAndWrongKeysAreAskedAgainByGatherOrRedirect) {
    const Hotline hotline({.audio = true});
    TwilioCall call = hotline.call("+13055550122");
    call.dial();
    call.press("2");
    EXPECT_EQ(hotline.heard(call.now()).front(), "hotline.danger_now.menu.0");
    call.say_nothing();
    EXPECT_EQ(hotline.heard(call.now()).front(), "common.no_input.0");
    call.press("2");
    EXPECT_EQ(hotline.heard(call.now()).front(), "hotline.main.menu.0");
    call.redirect();  // Twilio goes on to the Redirect where the Gather reported nothing
    EXPECT_EQ(hotline.heard(call.now()).front(), "common.no_input.0");
    call.press("8");
    EXPECT_EQ(hotline.heard(call.now()).front(), "common.invalid_2.0");  // the second miss has other words
    EXPECT_EQ(hotline.turns("store_gone"), 0);
}

TEST(Voice, SpokenReportIsFetchedSealedErasedAndReadBack) {
    Hotline hotline({.audio = true});
    TwilioCall call = caller_at_the_tone(hotline, "+13055550123");
    const Element& record = call.now().child("Record");
    EXPECT_EQ(record.attribute("maxLength"), "180");
    EXPECT_EQ(record.attribute("finishOnKey"), "#");
    EXPECT_EQ(record.attribute("recordingStatusCallback"),
              "https://hotline.example.org/hooks/main/recording?p=fair-food");
    EXPECT_THAT(hotline.heard(call.now()), Contains("hotline.story.prompt.0"));

    const std::string sound = little_wav(4711, 3000);
    const std::string sid = fresh_sid("RE");
    call.record(sid, hotline.provider().keep(sid, sound), 12);
    EXPECT_EQ(hotline.heard(call.now()).front(), "hotline.keep.menu.0");
    ASSERT_TRUE(eventually([&] { return held(hotline); })) << hotline.server().log();
    EXPECT_THAT(hotline.provider().served(), ElementsAre("GET 200", "DELETE 204"));
    EXPECT_FALSE(hotline.provider().holds(sid));
    ASSERT_EQ(hotline.sealed_files().size(), 1U);
    EXPECT_EQ(hotline.sealed_files()[0].find(sound.substr(1000, 32)), std::string::npos);
    EXPECT_EQ(hotline.append_only_bytes().find(sound.substr(1000, 32)), std::string::npos);

    call.press("1");
    EXPECT_EQ(hotline.heard(call.now()).front(), "hotline.saved.say.0");
    for (int i = 0; i < 3; ++i) {
        call.record("", "", 0);  // pound: skip
    }
    EXPECT_EQ(hotline.heard(call.now()).front(), "contact_mode.reach.menu.0");
    call.press("1");
    const std::string code = code_in(hotline.heard(call.now()));
    ASSERT_EQ(code.size(), 12U);
    call.press(code);
    EXPECT_EQ(hotline.heard(call.now()).front(), "hotline.matched.say.0");
    EXPECT_EQ(call.now().children.back().name, "Hangup");
    EXPECT_EQ(call.hang_up().status, 200);

    const auto opened = hotline.recordings(only_alias(hotline));
    ASSERT_EQ(opened.size(), 1U);
    EXPECT_EQ(opened.begin()->second, sound);
    const TwilioPhone other = hotline.phone("+50250000121");
    other.texts(english_to_code);
    EXPECT_THAT(open_by_text(hotline, other, code),
                HasSubstr(hotline.words("program.statuses.received", "en")));
    EXPECT_EQ(hotline.everything_kept().find(code), std::string::npos);
}

TEST(Voice, NobodyHearsSavedWhileTheRecordingIsNotHeld) {
    Hotline hotline({.audio = true});
    hotline.provider().misbehave({404, 500, 404});  // Twilio may announce a recording before it serves it
    hotline.provider().slow(700ms);
    TwilioCall call = caller_at_the_tone(hotline, "+13055550124");
    const std::string sid = fresh_sid("RE");
    const std::string sound = little_wav(4712, 500);
    call.record(sid, hotline.provider().keep(sid, sound), 4);
    call.press("1");
    while (call.now().all("Gather").empty() && call.now().all("Record").empty()) {
        call.redirect();  // "one moment"
    }
    EXPECT_THAT(hotline.heard(call.now()), Contains("hotline.on_its_way.say.0"));
    EXPECT_THAT(hotline.heard(call.now()), Not(Contains("hotline.saved.say.0")));
    hotline.provider().slow(0ms);
    ASSERT_TRUE(eventually([&] { return held(hotline); }, 20s)) << hotline.server().log();
    EXPECT_FALSE(hotline.provider().holds(sid));
    EXPECT_EQ(hotline.recordings(only_alias(hotline)).begin()->second, sound);
}

TEST(Voice, AnEmptyRecordingIsAskedForAgain) {
    Hotline hotline({.audio = true});
    TwilioCall call = caller_at_the_tone(hotline, "+13055550125");
    const std::string sid = fresh_sid("RE");
    call.record(sid, hotline.provider().keep(sid, little_wav(1, 1)), 0);
    EXPECT_THAT(hotline.heard(call.now()), Contains("common.nothing_recorded.0"));
    EXPECT_EQ(call.now().all("Record").size(), 1U);
    EXPECT_TRUE(eventually([&] { return !hotline.provider().holds(sid); })) << "Twilio keeps the empty one";
}

TEST(Voice, HangingUpAfterTheStoryFilesIt) {
    Hotline hotline({.audio = true});
    TwilioCall call = caller_at_the_tone(hotline, "+13055550126");
    const std::string sid = fresh_sid("RE");
    const std::string sound = little_wav(4713, 500);
    call.record(sid, hotline.provider().keep(sid, sound), 5);
    EXPECT_EQ(hotline.cases().size(), 0U);
    EXPECT_THAT(call.hang_up().body, Not(HasSubstr("<Play>")));
    ASSERT_EQ(hotline.cases().size(), 1U);
    EXPECT_EQ(hotline.cases().at(0).as_object().at("reason").as_string(), "hang_up");
    ASSERT_TRUE(eventually([&] { return held(hotline); })) << hotline.server().log();
    EXPECT_EQ(hotline.recordings(only_alias(hotline)).begin()->second, sound);
    EXPECT_EQ(call.hang_up().status, 200);
    EXPECT_EQ(hotline.cases().size(), 1U);
}

// Twilio sends both at the same moment: the step of the recording that the hang-up ended, and the end of the call.
TEST(Voice, ARecordingThatItsOwnHangUpOvertookIsTheCallsReport) {
    Hotline hotline({.audio = true});
    TwilioCall call = caller_at_the_tone(hotline, "+13055550132");
    const std::string sid = fresh_sid("RE");
    const std::string sound = little_wav(4714, 500);
    EXPECT_EQ(call.hang_up().status, 200);
    EXPECT_EQ(hotline.cases().size(), 0U);
    const HttpReply late = call.record(sid, hotline.provider().keep(sid, sound), 5);
    EXPECT_EQ(late.status, 200);
    EXPECT_TRUE(call.now().children.empty()) << late.body;
    ASSERT_EQ(hotline.cases().size(), 1U);
    const boost::json::object filed = hotline.cases().at(0).as_object();
    EXPECT_EQ(filed.at("reason").as_string(), "hang_up");
    EXPECT_EQ(filed.at("language").as_string(), "es");
    ASSERT_TRUE(eventually([&] { return held(hotline); })) << hotline.server().log();
    EXPECT_EQ(hotline.recordings(only_alias(hotline)).begin()->second, sound);
}

TEST(Voice, ARecordingFromElsewhereIsNotFetched) {
    Hotline hotline({.audio = true});
    TwilioCall call = caller_at_the_tone(hotline, "+13055550127");
    call.record(fresh_sid("RE"), "http://127.0.0.1:1/2010-04-01/Accounts/x/Recordings/RE1", 5);
    EXPECT_TRUE(
        eventually([&] { return hotline.server().log().find("recording_delayed") != std::string::npos; }));
    EXPECT_TRUE(hotline.provider().served().empty());
}

TEST(Voice, WithoutAudioOnlyLanguagesWithAMachineVoiceAreSpoken) {
    const Hotline hotline;
    TwilioCall call = hotline.call("+13055550128");
    call.dial();
    call.press("2");
    ASSERT_FALSE(call.now().all("Say").empty());
    EXPECT_EQ(call.now().all("Say").front()->attribute("language").substr(0, 3), "es-");
    EXPECT_TRUE(call.now().all("Play").empty());
}

// The store is gone exactly when the caller hangs up: no turn could take the recording, but Twilio tells of it again.
TEST(Voice, ARecordingThatNoTurnTookIsAReportAndGoesFromTheProvider) {
    Hotline hotline({.audio = true, .own_clock = true});
    TwilioCall call = caller_at_the_tone(hotline, "+13055550131");
    const std::string sid = fresh_sid("RE");
    const std::string sound = little_wav(4713, 700);
    const std::string url = hotline.provider().keep(sid, sound);
    const Fields news{
        {"AccountSid", Hotline::sid}, {"CallSid", call.sid()},          {"RecordingSid", sid},
        {"RecordingUrl", url},        {"RecordingStatus", "completed"}, {"RecordingDuration", "7"}};
    const std::string target = "/hooks/main/recording?p=fair-food";
    EXPECT_EQ(post_signed(hotline.twilio(), target, news).status, 204);
    EXPECT_EQ(post_signed(hotline.twilio(), target, news).status, 204);
    EXPECT_TRUE(hotline.provider().holds(sid));
    hotline.move_clock(3min);
    ASSERT_TRUE(eventually([&] { return held(hotline); })) << hotline.server().log();
    EXPECT_FALSE(hotline.provider().holds(sid));
    ASSERT_EQ(hotline.cases().size(), 1U);
    const auto saved = hotline.recordings(only_alias(hotline));
    ASSERT_EQ(saved.size(), 1U);
    EXPECT_EQ(saved.begin()->second, sound);
    EXPECT_EQ(post_signed(hotline.twilio(), "/hooks/main/recording?p=nobody", news).status, 404);
}

}  // namespace
}  // namespace rightsline::tests
