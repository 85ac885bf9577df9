// Phones that do not exist: USSD screens by the simulator's protocol, and `rightsline phone` itself through a pipe.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/e2e/journeys.hpp"
#include "tests/support/command.hpp"

namespace rightsline::tests {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(Ussd, AReportScreenByScreen) {
    const Hotline hotline;
    SimulatedPhone phone = hotline.dialer("+15005550101");
    const auto es = [&](const char* key) { return HasSubstr(hotline.words(key, "es")); };
    EXPECT_THAT(phone.dial(), HasSubstr("2 Español"));
    EXPECT_THAT(phone.answer("2"), es("hotline.danger_now.menu"));
    EXPECT_THAT(phone.answer("2"), es("hotline.main.menu"));
    EXPECT_THAT(phone.answer("2"), es("hotline.what_happened.menu"));
    EXPECT_THAT(phone.answer("1"), es("hotline.story.ussd"));
    EXPECT_THAT(phone.answer("no pagan"), es("hotline.keep.menu"));
    std::string screen = phone.answer("1");
    EXPECT_THAT(screen, es("hotline.saved.say"));
    for (int i = 0; i < 12 && phone.open() && code_in(screen).empty(); ++i) {
        screen = phone.answer(
            screen.find(hotline.words("hotline.safe_to_text.safe", "es")) != std::string::npos ? "1" : "0");
    }
    EXPECT_EQ(code_in(screen).size(), 12U) << screen;
    ASSERT_EQ(hotline.cases().size(), 1U);
    EXPECT_EQ(hotline.cases().at(0).as_object().at("mode").as_string(), "ussd");
}

TEST(Ussd, ASessionThatDropsAfterTheStoryFilesIt) {
    const Hotline hotline;
    SimulatedPhone phone = hotline.dialer("+15005550102");
    phone.dial();
    for (const char* typed : {"2", "2", "2", "1", "no pagan"}) {
        phone.answer(typed);
    }
    phone.drop();
    ASSERT_EQ(hotline.cases().size(), 1U);
    EXPECT_EQ(hotline.cases().at(0).as_object().at("reason").as_string(), "hang_up");
}

Ran phone_command(const Hotline& hotline, const std::string& mode, const std::string& typed) {
    return run_command({hotline.program(), "phone", "--mode", mode, "--url",
                        "http://127.0.0.1:" + std::to_string(hotline.simulator().port), "--public-url",
                        hotline.simulator().public_url, "--line", "+15005550007", "--token-file",
                        hotline.path("simulator-token")},
                       typed);
}

TEST(PhoneCommand, TextsCallsAndDials) {
    const Hotline hotline;
    const Ran texts = phone_command(hotline, "sms", "hola\n2\n\n");
    EXPECT_EQ(texts.code, 0) << texts.out << texts.err;
    EXPECT_THAT(texts.out, HasSubstr(hotline.words("hotline.danger_now.menu", "es")));
    EXPECT_THAT(texts.out, HasSubstr("[1 segment, GSM-7]"));
    const Ran call = phone_command(hotline, "voice", "2\n2\nh\n");
    EXPECT_EQ(call.code, 0) << call.out << call.err;
    EXPECT_THAT(call.out, HasSubstr("hear> " + hotline.words("hotline.main.menu", "es")));
    EXPECT_THAT(call.out, HasSubstr("The call is over."));
    const Ran screens = phone_command(hotline, "ussd", "2\n");
    EXPECT_EQ(screens.code, 0) << screens.out << screens.err;
    EXPECT_THAT(screens.out, HasSubstr(hotline.words("hotline.danger_now.menu", "es")));
}

TEST(PhoneCommand, TakesAKeyForAKeyWhereOneSpeaks) {
    const Hotline hotline;
    const Ran call = phone_command(hotline, "voice", "2\n2\n2\n1\n9\nh\n");
    EXPECT_THAT(call.out, HasSubstr("#, at say> too."));
    EXPECT_THAT(call.out, HasSubstr("say> hear> ")) << "nothing was spoken";
    EXPECT_THAT(call.out, Not(HasSubstr("nothing was recorded")));
    EXPECT_TRUE(hotline.cases().empty()) << "and nothing was filed: " << call.out;
    const Ran pound = phone_command(hotline, "voice", "2\n2\n2\n1\n#\nh\n");
    EXPECT_THAT(pound.out, HasSubstr("hear> " + hotline.words("common.nothing_recorded", "es")));
}

TEST(PhoneCommand, SaysWhyAServerThatRunsRefusesIt) {
    const Hotline hotline;
    const auto refused = [&](const char* option, const char* value) {
        const Ran ran = run_command(
            {hotline.program(), "phone", "--url",
             "http://127.0.0.1:" + std::to_string(hotline.simulator().port), "--public-url",
             hotline.simulator().public_url, "--token-file", hotline.path("simulator-token"), option, value},
            "hola\n\n");
        EXPECT_EQ(ran.code, 69);
        EXPECT_THAT(ran.out, Not(HasSubstr("Is the server running?")));
        return ran.out;
    };
    EXPECT_THAT(refused("--line", "+15005550099"), HasSubstr("+15005550099 is not one of its lines"));
    EXPECT_THAT(refused("--account", "nobody"), HasSubstr("does not know this phone"));
}

TEST(PhoneCommand, SaysInWordsWhenNothingAnswers) {
    Hotline hotline;
    hotline.server().stop();
    const Ran ran = phone_command(hotline, "sms", "hola\n\n");
    EXPECT_EQ(ran.code, 69);
    EXPECT_THAT(ran.out, HasSubstr("Is the server running?"));
}

}  // namespace
}  // namespace rightsline::tests
