// Left early and back with the code: on at the first question that was not answered, by any way in, for a day.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "tests/e2e/journeys.hpp"

namespace rightsline::tests {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;
using Parts = std::vector<std::pair<std::string, std::string>>;

class Resume : public testing::Test {
 protected:
    explicit Resume(HotlineWishes wishes = {}) : hotline(std::move(wishes)) {}

    /// A report in Spanish whose worker left by MENU at "who did it?", and heard the code first.
    void leave_at_who() {
        await_codes();
        const TwilioPhone phone = hotline.phone("+13055550141");
        phone.texts(spanish_to_story);
        EXPECT_THAT(phone.texts({"lo primero", "1", "1", "el rancho"}),
                    HasSubstr(hotline.words("hotline.who.sms", "es")));
        EXPECT_THAT(phone.texts({"MENU"}), HasSubstr(hotline.words("hotline.number_first.menu", "es")));
        code = code_in(phone.texts({"1"}));
        ASSERT_EQ(code.size(), 12U);
    }
    /// On a loaded machine the first codes take their time.
    void await_codes() const {
        EXPECT_TRUE(eventually([&] { return hotline.metric("rightsline_receipt_codes_ready") > 0; }, 20s));
    }
    /// Somebody who gives the code in English, from a phone that was never seen before; what they are answered.
    std::string back_on(const TwilioPhone& phone) const {
        phone.texts(english_to_code);
        return open_by_text(hotline, phone, code);
    }
    /// The same on a short code.
    std::string back_on(SimulatedPhone& screens) const {
        screens.dial();
        for (const char* key : {"1", "2", "3"}) {
            screens.answer(key);
        }
        std::string screen = screens.answer(code);
        for (int tries = 1;
             tries < 4 && screen.find(hotline.words("return_with_code.busy.say", "en")) != std::string::npos;
             ++tries) {
            screens.answer("1");
            screen = screens.answer(code);
        }
        return screen;
    }
    auto en(const char* key) const { return HasSubstr(hotline.words(key, "en")); }
    Parts parts() const {
        const std::string alias(hotline.cases().at(0).as_object().at("alias").as_string());
        return told(hotline.show(alias));
    }

    Hotline hotline;
    std::string code;
};

TEST_F(Resume, LeftByTextAndOnByTextFromAnotherPhoneInAnotherLanguage) {
    leave_at_who();
    const TwilioPhone other = hotline.phone("+50250000141");
    const std::string answer = back_on(other);
    EXPECT_THAT(answer, en("program.statuses.received"));
    EXPECT_THAT(answer, en("return_with_code.unanswered.menu"));
    EXPECT_THAT(other.texts({"1"}), en("hotline.who.sms"));
    EXPECT_THAT(other.texts({"the foreman"}), en("hotline.still.sms"));
    EXPECT_THAT(other.texts({"0"}), en("contact_mode.reach.menu"));
    EXPECT_THAT(other.texts({"1"}), en("hotline.goodbye.say"));
    EXPECT_EQ(hotline.cases().size(), 1U);
    EXPECT_EQ(parts(), (Parts{{"story", "lo primero"}, {"where", "el rancho"}, {"who", "the foreman"}}));

    const std::string later = back_on(hotline.phone("+50250000142"));
    EXPECT_THAT(later, en("return_with_code.choose.menu"));
    EXPECT_THAT(later, Not(en("return_with_code.unanswered.menu")));
}

TEST_F(Resume, WhatWasAnsweredMeanwhileIsNotAskedAgain) {
    leave_at_who();
    const TwilioPhone second = hotline.phone("+50250000143");
    back_on(second);
    EXPECT_THAT(second.texts({"1", "the foreman"}), en("hotline.still.sms"));
    second.texts({"MENU"});
    const TwilioPhone third = hotline.phone("+50250000144");
    EXPECT_THAT(back_on(third), en("return_with_code.unanswered.menu"));
    EXPECT_THAT(third.texts({"1"}), en("hotline.still.sms"));
}

TEST_F(Resume, LeftByTextAndOnByVoice) {
    leave_at_who();
    TwilioCall call = hotline.call("+50250000145");
    call.dial();
    for (const char* key : {"1", "2", "3"}) {
        call.press(key);
    }
    EXPECT_THAT(open_by_call(hotline, call, code), en("return_with_code.unanswered.menu"));
    EXPECT_THAT(call.press("1").body, en("hotline.who.prompt"));
    const std::string sid = fresh_sid("RE");
    EXPECT_THAT(call.record(sid, hotline.provider().keep(sid, little_wav(7, 400)), 4).body,
                en("hotline.still.prompt"));
    EXPECT_THAT(call.record("", "", 0).body, en("contact_mode.reach.menu"));
    EXPECT_THAT(call.press("1").body, en("hotline.goodbye.say"));
    call.hang_up();
    EXPECT_EQ(hotline.cases().size(), 1U);
    EXPECT_EQ(parts(), (Parts{{"story", "lo primero"}, {"where", "el rancho"}, {"who", ""}}));
}

TEST_F(Resume, LeftByTextAndOnByUssd) {
    leave_at_who();
    SimulatedPhone screens = hotline.dialer("+50250000146");
    EXPECT_THAT(back_on(screens), en("return_with_code.unanswered.ussd"));
    EXPECT_THAT(screens.answer("1"), en("hotline.who.ussd"));
    screens.answer("the foreman");
    screens.drop();
    EXPECT_EQ(parts(), (Parts{{"story", "lo primero"}, {"where", "el rancho"}, {"who", "the foreman"}}));
    const TwilioPhone other = hotline.phone("+50250000147");
    EXPECT_THAT(back_on(other), en("return_with_code.unanswered.menu"));
    EXPECT_THAT(other.texts({"1"}), en("hotline.still.sms"));
}

TEST_F(Resume, AServerThatDiesKnowsTheQuestionStill) {
    leave_at_who();
    hotline.server().kill();
    hotline.server().start();
    const TwilioPhone other = hotline.phone("+50250000148");
    EXPECT_THAT(back_on(other), en("return_with_code.unanswered.menu"));
    EXPECT_THAT(other.texts({"1"}), en("hotline.who.sms"));
    hotline.server().kill();
    hotline.server().start();
    EXPECT_THAT(other.texts({"the foreman"}), en("hotline.still.sms"));
    EXPECT_EQ(parts().size(), 3U);
}

TEST_F(Resume, AnAnswerThatIsDeliveredTwiceIsOneAnswer) {
    leave_at_who();
    const TwilioPhone other = hotline.phone("+50250000149");
    back_on(other);
    const Fields on = other.form("1", fresh_sid("SM"));
    EXPECT_THAT(message(other.deliver(on)), en("hotline.who.sms"));
    EXPECT_THAT(message(other.deliver(on)), en("hotline.who.sms"));
    const Fields answer = other.form("the foreman", fresh_sid("SM"));
    const HttpReply once = other.deliver(answer);
    EXPECT_THAT(message(once), en("hotline.still.sms"));
    EXPECT_EQ(other.deliver(answer).body, once.body);
    EXPECT_EQ(parts(), (Parts{{"story", "lo primero"}, {"where", "el rancho"}, {"who", "the foreman"}}));
    EXPECT_THAT(back_on(hotline.phone("+50250000150")), en("return_with_code.unanswered.menu"));
}

TEST_F(Resume, WhoeverSkipsAQuestionOfAReportThatWasDeletedHearsThatItIsGone) {
    leave_at_who();
    const TwilioPhone other = hotline.phone("+50250000151");
    back_on(other);
    other.texts({"1"});
    const TwilioPhone third = hotline.phone("+50250000152");
    back_on(third);
    EXPECT_THAT(third.texts({"2", "3", "2"}), en("hotline.deleted.say"));
    EXPECT_THAT(other.texts({"0"}), en("common.report_gone"));
    EXPECT_EQ(hotline.cases().size(), 0U);
}

class ResumeByVoice : public Resume {
 protected:
    ResumeByVoice() : Resume({.audio = true}) {}
};

TEST_F(ResumeByVoice, LeftByVoiceAndOnByTextButNotByUssdWhichCannotAskIt) {
    await_codes();
    TwilioCall call = hotline.call("+13055550142");
    call.dial();
    for (const char* key : {"2", "2", "2", "1"}) {
        call.press(key);
    }
    const std::string sid = fresh_sid("RE");
    call.record(sid, hotline.provider().keep(sid, little_wav(8, 400)), 4);
    call.press("1");
    while (call.now().all("Record").empty()) {
        call.redirect();  // "one moment"
    }
    for (int i = 0; i < 3; ++i) {
        call.record("", "", 0);  // pound: skip
    }
    EXPECT_EQ(hotline.heard(call.now()).front(), "contact_mode.reach.menu.0");
    call.press("9");  // danger, and then safe again: the number comes before anything else
    call.press("3");
    code = code_in(hotline.heard(call.now()));
    ASSERT_EQ(code.size(), 12U);
    call.hang_up();

    SimulatedPhone screens = hotline.dialer("+50250000153");
    const std::string screen = back_on(screens);
    EXPECT_THAT(screen, en("program.statuses.received"));
    EXPECT_THAT(screen, Not(en("return_with_code.unanswered.ussd")));
    const TwilioPhone other = hotline.phone("+50250000154");
    EXPECT_THAT(back_on(other), en("return_with_code.unanswered.menu"));
    EXPECT_THAT(other.texts({"1"}), en("contact_mode.reach.menu"));
    EXPECT_THAT(other.texts({"1"}), en("hotline.goodbye.say"));
}

class ResumeForADay : public Resume {
 protected:
    ResumeForADay() : Resume({.own_clock = true}) {}
};

TEST_F(ResumeForADay, IsOfferedForADayAndNotLonger) {
    leave_at_who();
    hotline.move_clock(23h);
    EXPECT_THAT(back_on(hotline.phone("+50250000155")), en("return_with_code.unanswered.menu"));
    hotline.move_clock(24h + 1min);
    const std::string late = back_on(hotline.phone("+50250000156"));
    EXPECT_THAT(late, en("program.statuses.received"));
    EXPECT_THAT(late, en("return_with_code.choose.menu"));
    EXPECT_THAT(late, Not(en("return_with_code.unanswered.menu")));
}

}  // namespace
}  // namespace rightsline::tests
