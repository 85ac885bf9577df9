// A worker rings a line that calls back and hangs up: their phone rings, an opener that names nothing, a key, the menu.
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
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

constexpr const char* worker = "+13055550181";

std::string said(const Element& response) {
    std::string all;
    for (const Element* one : response.all("Say")) {
        all += one->text + "\n";
    }
    return all;
}

class MissedCall : public testing::Test {
 protected:
    MissedCall()
        : hotline{{.more = "sending: {prefixes: [\"+1\"]}\n",
                   .line = ", missed_call: call_back",
                   .api_base = "http://127.0.0.1:" + std::to_string(port)}} {
        twilio.behave(R"({"receipts": {"none": true}})");
    }
    /// Rings and is not answered.
    void ring(const std::string& number = worker) {
        TwilioCall call = hotline.call(number);
        call.dial();
        EXPECT_THAT(call.now().all("Reject"), SizeIs(1));
        EXPECT_EQ(call.now().child("Reject").attribute("reason"), "busy");
        EXPECT_THAT(said(call.now()), IsEmpty());
        call.hang_up();  // Twilio tells of every call's end
    }
    std::vector<Entry> calls() const {
        std::vector<Entry> all = twilio.accepted();
        std::erase_if(all, [](const Entry& one) { return !one.call; });
        return all;
    }
    TwilioCallee ringing(std::size_t nth = 0) {
        EXPECT_TRUE(eventually([&] { return calls().size() > nth; }, 20s));
        const Entry one = calls().size() > nth ? calls()[nth] : Entry();
        EXPECT_EQ(one.to, worker);
        EXPECT_EQ(one.from, "+15005550006") << "the number that they know";
        return {hotline.twilio(),
                {one.sid, one.to, one.from, one.sid.empty() ? "" : twilio.words_of(one.sid), one.status_url}};
    }
    void expect_no_word_of_us(const Element& heard) const {
        for (const char* word :
             {"fair", "Fair", "food", "work", "report", "line", "trabaj", "línea", "travay"}) {
            EXPECT_THAT(said(heard), Not(HasSubstr(word)));
        }
    }

    std::uint16_t port = free_port();
    Hotline hotline;
    emulator::TwilioEmulator twilio{{Hotline::sid, Hotline::token, hotline.twilio().public_url,
                                     "http://127.0.0.1:" + std::to_string(hotline.twilio().port)},
                                    port};
};

TEST_F(MissedCall, LeadsToACallWhoseKeyLeadsIntoTheMenuAndToAReport) {
    ring();
    TwilioCallee phone = ringing();
    phone.pick_up("human");
    EXPECT_THAT(said(phone.now()), HasSubstr(hotline.words("common.missed_opener", "en")));
    EXPECT_THAT(said(phone.now()), HasSubstr(hotline.words("common.missed_opener", "es")));
    expect_no_word_of_us(phone.now());

    phone.press("1");
    EXPECT_THAT(said(phone.now()), HasSubstr(hotline.words("common.call_is_free", "en")));
    for (const char* key : {"1", "2", "2", "1"}) {  // English, no danger, report, pay
        phone.press(key);
    }
    EXPECT_FALSE(phone.now().all("Record").empty() && phone.now().all("Gather").empty());
    EXPECT_EQ(phone.report("completed").status, 204);

    EXPECT_THAT(calls(), SizeIs(1));
    for (const Entry& entry : twilio.accepted()) {
        EXPECT_THAT(entry.status_url, Not(HasSubstr("555")));
        EXPECT_THAT(twilio.words_of(entry.sid), Not(HasSubstr("305555")));
    }
    EXPECT_THAT(hotline.everything_kept(), Not(HasSubstr("3055550181")));
}

TEST_F(MissedCall, SaysNothingToAMachineAndNothingToWhoPressesNothing) {
    ring();
    TwilioCallee machine = ringing();
    machine.pick_up("machine_start");
    EXPECT_THAT(said(machine.now()), IsEmpty());
    EXPECT_THAT(machine.now().all("Gather"), IsEmpty());
    EXPECT_THAT(machine.now().all("Hangup"), SizeIs(1));
    EXPECT_EQ(machine.report("completed").status, 204);

    ring();
    TwilioCallee silent = ringing(1);
    silent.pick_up("human");
    silent.press_nothing();
    EXPECT_THAT(said(silent.now()), IsEmpty());
    EXPECT_THAT(silent.now().all("Hangup"), SizeIs(1));
}

TEST_F(MissedCall, SeveralInARowAreOneCallAndTheThirdCallOfADayIsAnsweredInstead) {
    for (int i = 0; i < 3; ++i) {
        ring();
    }
    ringing().report("no-answer");
    ring();
    ringing(1).report("busy");
    TwilioCall third = hotline.call(worker);
    third.dial();
    EXPECT_THAT(third.now().all("Reject"), IsEmpty());
    EXPECT_THAT(said(third.now()), HasSubstr(hotline.words("hotline.language.menu", "en")));
    EXPECT_THAT(calls(), SizeIs(2));
}

TEST_F(MissedCall, ABlockedNumberIsNotCalledAndIsAnswered) {
    const Ran blocked =
        run_command({hotline.program(), "caller", "block", "--socket", hotline.path("state/api.sock")},
                    std::string(worker) + "\n");
    ASSERT_EQ(blocked.code, 0) << blocked.err;
    TwilioCall call = hotline.call(worker);
    call.dial();
    EXPECT_THAT(call.now().all("Reject"), IsEmpty());
    EXPECT_FALSE(eventually([&] { return !calls().empty(); }, 6s));
}

TEST_F(MissedCall, ATextThatAsksForACallIsAnsweredByOneAndIsNoReport) {
    EXPECT_THAT(messages(hotline.phone(worker).text("Por favor, llámenme")), IsEmpty());
    TwilioCallee phone = ringing();
    phone.pick_up("human");
    EXPECT_THAT(said(phone.now()), HasSubstr(hotline.words("common.missed_opener", "es")));
    EXPECT_THAT(said(phone.now()), Not(HasSubstr(hotline.words("common.missed_opener", "en"))));
    expect_no_word_of_us(phone.now());
    phone.press("1");
    EXPECT_FALSE(phone.now().all("Gather").empty());
    EXPECT_TRUE(hotline.cases().empty());
}

TEST_F(MissedCall, WhoSaysStopBeforeTheirPhoneRingsIsNotCalled) {
    ring();
    hotline.phone(worker).text("STOP");
    EXPECT_FALSE(eventually([&] { return !calls().empty(); }, 8s));
}

}  // namespace
}  // namespace rightsline::tests
