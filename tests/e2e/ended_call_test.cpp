// A worker presses a last key and hangs up: the key is not lost when the hang-up overtakes it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "tests/e2e/journeys.hpp"

namespace rightsline::tests {
namespace {

/// A caller who has told and hears "Do you want to keep it?", in English.
TwilioCall caller_who_told(Hotline& hotline, const std::string& number,
                           const std::string& sid = fresh_sid("RE")) {
    TwilioCall call = hotline.call(number);
    call.dial();
    for (const char* key : {"1", "2", "2", "1"}) {
        call.press(key);
    }
    call.record(sid, hotline.provider().keep(sid, little_wav(4713, 3000)), 9);
    return call;
}

TEST(EndedCall, YesDeleteItDeletesThoughTheHangUpCameFirst) {
    Hotline hotline;
    const std::string sid = fresh_sid("RE");
    TwilioCall call = caller_who_told(hotline, "+13055550171", sid);
    call.press("3");
    const std::string step = call.step("Gather");
    call.hang_up();
    ASSERT_EQ(hotline.cases().size(), 1U);
    const HttpReply late = call.post(step, {{"Digits", "2"}});
    EXPECT_TRUE(parse_twiml(late.body).children.empty()) << late.body;
    EXPECT_EQ(hotline.cases().size(), 0U);
    EXPECT_TRUE(eventually([&] { return hotline.sealed_files().empty() && !hotline.provider().holds(sid); }));
    EXPECT_EQ(call.post(step, {{"Digits", "2"}}).body, late.body);
}

TEST(EndedCall, YesDeleteItAndTheHangUpAtTheSameMoment) {
    Hotline hotline;
    for (int i = 0; i < 8; ++i) {
        TwilioCall call = caller_who_told(hotline, "+1305555018" + std::to_string(i));
        call.press("3");
        TwilioCall other = call;
        const std::string step = call.step("Gather");
        std::thread key([&] { call.post(step, {{"Digits", "2"}}); });
        other.hang_up();
        key.join();
        EXPECT_EQ(hotline.cases().size(), 0U);
    }
    EXPECT_TRUE(eventually([&] { return hotline.sealed_files().empty(); }));
}

TEST(EndedCall, DeletesTheReportThatItsCodeOpened) {
    Hotline hotline;
    const std::string code = report_by_text(hotline.phone("+13055550172"), "para borrar por llamada");
    ASSERT_EQ(hotline.cases().size(), 1U);
    TwilioCall call = hotline.call("+13055550173");
    call.dial();
    for (const char* key : {"1", "2", "3"}) {
        call.press(key);
    }
    open_by_call(hotline, call, code);
    call.press("3");
    const std::string step = call.step("Gather");
    call.hang_up();
    ASSERT_EQ(hotline.cases().size(), 1U);
    call.post(step, {{"Digits", "2"}});
    EXPECT_EQ(hotline.cases().size(), 0U);
}

TEST(EndedCall, TheKeyForDangerHurriesWhatTheHangUpFiled) {
    Hotline hotline;
    TwilioCall call = caller_who_told(hotline, "+13055550174");
    const std::string step = call.step("Gather");
    call.hang_up();
    ASSERT_EQ(hotline.cases().at(0).as_object().at("urgency").as_string(), "P3");
    call.post(step, {{"Digits", "9"}});
    ASSERT_EQ(hotline.cases().size(), 1U);
    EXPECT_EQ(hotline.cases().at(0).as_object().at("urgency").as_string(), "P1");
}

}  // namespace
}  // namespace rightsline::tests
