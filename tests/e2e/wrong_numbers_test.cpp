// A roster of which every number is wrong: the caller is at the message within three seconds, and whoever keeps the machine is told.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>

#include "tests/e2e/journeys.hpp"
#include "tests/support/emulator/twilio_emulator.hpp"
#include "tests/support/free_port.hpp"

namespace rightsline::tests {
namespace {

using namespace std::chrono_literals;
using emulator::Entry;
using testing::HasSubstr;
using testing::Not;

constexpr const char* line = "+15005550006";
constexpr const char* worker = "+13055550172";
constexpr const char* keeper = "+15005550109";

std::string said(const Element& response) {
    std::string all;
    for (const Element* one : response.all("Say")) {
        all += one->text + "\n";
    }
    return all;
}

/// Three people, none of whose numbers exists.
class WrongNumbers : public testing::TestWithParam<const char*> {
 protected:
    WrongNumbers()
        : hotline{{.roster = "people:\n  ana: {phone: \"+15005550101\"}\n  ben: {phone: \"+15005550102\"}\n"
                             "  eva: {phone: \"+15005550103\"}\norder: [ana, ben, eva]\nlive: {ring: " +
                             std::string(GetParam()) + "}\n",
                   .more = "operator: {numbers: [\"" + std::string(keeper) + "\"]}\n",
                   .api_base = "http://127.0.0.1:" + std::to_string(port)}} {
        twilio.behave(
            R"({"receipts": {"none": true}, "refuse": {"+15005550101": 21211, "+15005550102": 21211, "+15005550103": 21211}})");
    }
    std::vector<Entry> sent_to(const std::string& number) const {
        std::vector<Entry> all = twilio.accepted();
        std::erase_if(all, [&](const Entry& one) { return one.to != number; });
        return all;
    }

    std::uint16_t port = free_port();
    Hotline hotline;
    emulator::TwilioEmulator twilio{{Hotline::sid, Hotline::token, hotline.twilio().public_url,
                                     "http://127.0.0.1:" + std::to_string(hotline.twilio().port)},
                                    port};
};

TEST_P(WrongNumbers, OfAWholeRosterAreAMessageWithinThreeSecondsAndAnAlarm) {
    TwilioCall call = hotline.call(worker);
    twilio.receive_call(call.sid(), worker, line);
    call.dial();
    call.press("1");
    call.press("2");
    const auto asked = std::chrono::steady_clock::now();
    call.press("4");
    const bool at_once =
        said(call.now()).find(hotline.words("person.urgent.menu", "en")) != std::string::npos;
    if (!at_once) {
        EXPECT_THAT(said(call.now()), HasSubstr(hotline.words("common.handoff_ring", "en")));
        ASSERT_TRUE(eventually([&] { return !twilio.words_of(call.sid()).empty(); }, 10s))
            << "nobody calls it back";
        ASSERT_EQ(call.go_to(twilio.words_of(call.sid())).status, 200);
        EXPECT_THAT(said(call.now()), HasSubstr(hotline.words("person.urgent.menu", "en")));
    }
    const auto waited =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - asked);
    RecordProperty("ms", static_cast<int>(waited.count()));
    EXPECT_LE(waited, 3s) << "from the key that asks for a person to the words of the message";
    EXPECT_TRUE(eventually([&] { return !sent_to(keeper).empty(); }, 15s))
        << "nobody who could mend it is told";
    for (const Entry& one : sent_to(keeper)) {
        EXPECT_THAT(twilio.words_of(one.sid), Not(HasSubstr("555")));
    }
    call.press("2");  // it can wait: the number, and then the tone
    call.press("1");
    EXPECT_EQ(call.now().all("Record").size(), 1U) << "what they have to say can be left";
}

INSTANTIATE_TEST_SUITE_P(Rung, WrongNumbers, testing::Values("sequence", "parallel"),
                         [](const auto& how) { return std::string(how.param); });

}  // namespace
}  // namespace rightsline::tests
