// A worker who asked for it is called back: the person's phone rings first, and the worker's code alone leads to them.
//
// The clock is moved instead of waited for: 06:00 UTC is night in Florida in summer and winter, 15:00 UTC is day.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "tests/e2e/journeys.hpp"
#include "tests/support/emulator/twilio_emulator.hpp"
#include "tests/support/free_port.hpp"
#include "tests/support/twilio_callee.hpp"

namespace rightsline::tests {
namespace {

using namespace std::chrono_literals;
using emulator::Entry;
using testing::HasSubstr;
using testing::Not;

constexpr const char* line = "+15005550006";
constexpr const char* worker = "+13055550181";
constexpr const char* ana = "+15005550104";
constexpr auto night = 6h;
constexpr auto day = 9h;  // after that

std::chrono::seconds until_night() {
    const auto now = std::chrono::system_clock::now();
    const auto passed =
        std::chrono::floor<std::chrono::seconds>(now - std::chrono::floor<std::chrono::days>(now));
    return passed < night ? night - passed : night - passed + std::chrono::days(1);
}

std::string said(const Element& response) {
    std::string all;
    for (const Element* one : response.all("Say")) {
        all += one->text + "\n";
    }
    return all;
}

class CallBacks : public testing::Test {
 protected:
    CallBacks()
        : hotline{{.own_clock = true,
                   .roster =
                       std::string("people:\n  ana: {phone: \"") + ana + "\", media: [call]}\norder: [ana]\n",
                   .api_base = "http://127.0.0.1:" + std::to_string(port)}} {
        twilio.behave(R"({"receipts": {"none": true}})");
        hotline.move_clock(moved = until_night());
    }
    /// A report in Spanish whose worker asks for a call at any time of the day, and for no text; its code.
    std::string report(const char* wish = "3") const {
        const TwilioPhone phone = hotline.phone(worker);
        phone.texts(spanish_to_story);
        phone.texts({"lo primero", "1", "1", "0", "0", "0", wish, "4"});
        EXPECT_THAT(phone.texts({"1"}),
                    HasSubstr(hotline.words("hotline.safe_to_text.menu", "es").substr(0, 20)));
        return code_in(phone.texts({"1"}));
    }
    void pass(std::chrono::seconds time) { hotline.move_clock(moved += time); }
    std::string alias() const {
        return std::string(hotline.cases().at(0).as_object().at("alias").as_string());
    }
    Ran case_command(std::vector<std::string> words) const {
        words.insert(words.begin(), {hotline.program(), "case"});
        words.insert(words.end(), {"--socket", hotline.path("state/api.sock")});
        return run_command(words);
    }
    Ran call() const { return case_command({"call", alias(), "--as", "ana"}); }
    std::string log() const { return case_command({"log", alias()}).out; }

    Entry rung(const char* number, std::size_t nth) const {
        std::vector<Entry> all = twilio.accepted();
        std::erase_if(all, [&](const Entry& one) {  // an alert rings them as well
            return one.to != number || !one.call ||
                   twilio.words_of(one.sid).find("/back") == std::string::npos;
        });
        return all.size() > nth ? all[nth] : Entry();
    }
    TwilioCallee ringing(const char* number, std::size_t nth = 0) {
        EXPECT_TRUE(eventually([&] { return !rung(number, nth).sid.empty(); }, 15s)) << number;
        const Entry one = rung(number, nth);
        return {hotline.twilio(),
                {one.sid, one.to, one.from, one.sid.empty() ? "" : twilio.words_of(one.sid), one.status_url}};
    }
    /// The person has pressed the key and waits in the room; the worker's phone rings.
    TwilioCallee begun(std::size_t nth = 0) {
        TwilioCallee person = ringing(ana, nth);
        person.pick_up();
        EXPECT_THAT(said(person.now()), HasSubstr(hotline.words("common.staff.back_whisper", "en")));
        EXPECT_TRUE(rung(worker, nth).sid.empty()) << "before the key";
        person.press("1");
        return person;
    }
    void expect_no_word_of_us(const Element& heard) const {
        for (const char* word : {"fair", "food", "reporte", "caso", "trabaj", "line", "línea"}) {
            EXPECT_THAT(said(heard), Not(HasSubstr(word)));
        }
    }

    std::uint16_t port = free_port();
    Hotline hotline;
    emulator::TwilioEmulator twilio{{Hotline::sid, Hotline::token, hotline.twilio().public_url,
                                     "http://127.0.0.1:" + std::to_string(hotline.twilio().port)},
                                    port};
    std::chrono::seconds moved{0};
};

TEST_F(CallBacks, TheWorkerComesIntoTheRoomByTheCodeAndNobodySeesANumber) {
    const std::string code = report();
    ASSERT_EQ(code.size(), 12U);
    pass(day);
    ASSERT_EQ(call().code, 0);
    TwilioCallee person = begun();
    const std::string room = person.now().child("Dial").child("Conference").text;
    ASSERT_EQ(room.size(), 32U);

    TwilioCallee phone = ringing(worker);
    phone.pick_up("human");
    EXPECT_THAT(said(phone.now()), HasSubstr(hotline.words("common.back_opener", "es")));
    expect_no_word_of_us(phone.now());
    EXPECT_TRUE(phone.now().all("Dial").empty());
    phone.press(code);
    EXPECT_EQ(phone.now().child("Dial").child("Conference").text, room);
    phone.leave_room();
    EXPECT_THAT(said(phone.now()), HasSubstr(hotline.words("common.back_goodbye", "es")));

    EXPECT_THAT(log(), HasSubstr("the call reached its worker"));
    for (const Entry& entry : twilio.accepted()) {
        EXPECT_EQ(entry.from, line);
        EXPECT_THAT(entry.status_url, Not(HasSubstr("555")));
        EXPECT_THAT(twilio.words_of(entry.sid), Not(HasSubstr("305555")));
    }
    EXPECT_THAT(hotline.everything_kept(), Not(HasSubstr("3055550181")));
}

TEST_F(CallBacks, WhoeverDoesNotKnowTheCodeHearsNothingButAGoodbye) {
    report();
    pass(day);
    ASSERT_EQ(call().code, 0);
    TwilioCallee person = begun();
    TwilioCallee phone = ringing(worker);
    phone.pick_up("human");
    for (int i = 0; i < 3; ++i) {
        EXPECT_TRUE(phone.now().all("Dial").empty());
        phone.press(unknown_code(i));
        expect_no_word_of_us(phone.now());
    }
    EXPECT_THAT(said(phone.now()), HasSubstr(hotline.words("common.back_goodbye", "es")));
    EXPECT_EQ(phone.now().all("Hangup").size(), 1U);
    EXPECT_TRUE(phone.now().all("Dial").empty());
    EXPECT_THAT(log(), HasSubstr("did not give the number"));
    person.leave_room();
    EXPECT_THAT(said(person.now()), HasSubstr(hotline.words("common.staff.back_wrong_code", "en")));
}

TEST_F(CallBacks, AMachineAndSilenceAreLeftWithoutAWord) {
    report();
    pass(day);
    ASSERT_EQ(call().code, 0);
    TwilioCallee person = begun();
    TwilioCallee machine = ringing(worker);
    machine.pick_up("machine_start");
    EXPECT_TRUE(machine.now().all("Say").empty());
    EXPECT_TRUE(machine.now().all("Gather").empty());
    EXPECT_EQ(machine.now().all("Hangup").size(), 1U);
    EXPECT_THAT(log(), HasSubstr("nobody answered"));

    ASSERT_EQ(call().code, 0);
    begun(1);
    TwilioCallee silent = ringing(worker, 1);
    silent.pick_up("human");
    silent.press_nothing();
    EXPECT_TRUE(silent.now().all("Say").empty());
    EXPECT_EQ(silent.now().all("Hangup").size(), 1U);

    EXPECT_EQ(call().code, 1) << "a third time on one day";
    EXPECT_TRUE(rung(ana, 2).sid.empty());
}

TEST_F(CallBacks, ByNightNobodyIsCalledAndTheRefusalSaysWhy) {
    report();
    const Ran asked = call();
    EXPECT_EQ(asked.code, 1);
    EXPECT_THAT(asked.err, HasSubstr("none of the hours"));
    EXPECT_TRUE(rung(ana, 0).sid.empty());
}

TEST_F(CallBacks, WhoAskedForTextsAloneIsNotCalled) {
    report("2");
    pass(day);
    const Ran asked = call();
    EXPECT_EQ(asked.code, 1);
    EXPECT_THAT(asked.err, HasSubstr("has not asked to be called"));
}

TEST_F(CallBacks, WhoSaidStopSinceIsNotCalledAndTheRefusalSaysSo) {
    report();
    pass(day);
    hotline.phone(worker).text("STOP");
    const Ran asked = call();
    EXPECT_EQ(asked.code, 1);
    EXPECT_THAT(asked.err, HasSubstr("STOP"));
    EXPECT_TRUE(rung(ana, 0).sid.empty());
}

TEST_F(CallBacks, WhoSaysStopWhileThePersonsPhoneRingsIsNotCalledEither) {
    report();
    pass(day);
    ASSERT_EQ(call().code, 0);
    TwilioCallee person = ringing(ana);
    person.pick_up();
    hotline.phone(worker).text("STOP");
    person.press("1");
    EXPECT_THAT(said(person.now()), HasSubstr(hotline.words("common.staff.back_not_placed", "en")));
    EXPECT_TRUE(person.now().all("Dial").empty());
    pass(10s);
    EXPECT_TRUE(rung(worker, 0).sid.empty());
    EXPECT_THAT(log(), HasSubstr("could not be called"));
}

TEST_F(CallBacks, WhoTookItBackIsNotCalled) {
    const std::string code = report();
    pass(day);
    const TwilioPhone other = hotline.phone("+50250000181");
    other.texts(english_to_code);
    open_by_text(hotline, other, code);
    EXPECT_THAT(other.texts({"change", "forget"}),
                HasSubstr(hotline.words("return_with_code.forgotten.say", "en")));
    const Ran asked = call();
    EXPECT_EQ(asked.code, 1);
    EXPECT_THAT(asked.err, HasSubstr("taken it back"));
    EXPECT_TRUE(rung(ana, 0).sid.empty());
}

TEST_F(CallBacks, OfAClosedCaseNobodyIsCalled) {
    report();
    pass(day);
    ASSERT_EQ(case_command({"status", alias(), "closed", "--as", "ana"}).code, 0);
    const Ran asked = call();
    EXPECT_EQ(asked.code, 1);
    EXPECT_THAT(asked.err, HasSubstr("closed"));
    EXPECT_TRUE(rung(ana, 0).sid.empty());
}

TEST_F(CallBacks, ThePersonIsToldThatNobodyAnswered) {
    report();
    pass(day);
    ASSERT_EQ(call().code, 0);
    TwilioCallee person = begun();
    EXPECT_EQ(ringing(worker).report("no-answer").status, 204);
    EXPECT_THAT(log(), HasSubstr("nobody answered"));
    person.leave_room();
    EXPECT_THAT(said(person.now()), HasSubstr(hotline.words("common.staff.back_nobody", "en")));
}

TEST_F(CallBacks, AWorkersPhoneThatBeginsToRingAfterThePersonHasGoneIsStopped) {
    report();
    pass(day);
    ASSERT_EQ(call().code, 0);
    const TwilioCallee person = begun();
    const TwilioCallee phone = ringing(worker);
    EXPECT_EQ(person.report("completed").status, 204);
    EXPECT_EQ(phone.report("ringing").status, 204) << "only now its call has a name";
    EXPECT_TRUE(eventually([&] { return twilio.status_of(phone.sid()) == "completed"; }));
}

}  // namespace
}  // namespace rightsline::tests
