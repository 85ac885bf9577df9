// A worker texts in: language, danger, a report in two messages, the code; and what of it can be found afterwards.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "locales/gsm7.hpp"
#include "tests/e2e/journeys.hpp"

namespace rightsline::tests {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(SmsReport, IsKeptWordByWordAndOnlyTheCircleOpensIt) {
    const Hotline hotline;
    const TwilioPhone phone = hotline.phone("+13055550101");
    const auto es = [&](const char* key) { return HasSubstr(hotline.words(key, "es")); };
    EXPECT_THAT(phone.texts({"hola"}), HasSubstr("2 Español"));
    EXPECT_THAT(phone.texts({"2"}), es("hotline.danger_now.menu"));
    EXPECT_THAT(phone.texts({"2"}), es("hotline.main.menu"));
    EXPECT_THAT(phone.texts({"2"}), es("hotline.what_happened.menu"));
    EXPECT_THAT(phone.texts({"1"}), es("hotline.story.sms"));
    EXPECT_THAT(phone.texts({"El capataz le gritó a mi compañero ayer"}), es("common.story_more"));
    EXPECT_THAT(phone.texts({"y hoy no nos dio agua 🥵"}), es("common.story_more"));
    EXPECT_THAT(phone.texts({"1"}), es("hotline.keep.menu"));
    EXPECT_THAT(phone.texts({"1"}), es("hotline.saved.say"));
    EXPECT_THAT(phone.texts({"cerca de Immokalee"}), es("hotline.who.sms"));
    EXPECT_THAT(phone.texts({"0"}), es("hotline.still.sms"));
    EXPECT_THAT(phone.texts({"0"}), es("contact_mode.reach.menu"));
    EXPECT_THAT(phone.texts({"1"}), es("hotline.safe_to_text.menu"));
    const std::string last = phone.texts({"1"});
    EXPECT_THAT(last, es("hotline.receipt.sms"));
    const std::string code = code_in(last);
    ASSERT_EQ(code.size(), 12U) << last;

    const boost::json::array cases = hotline.cases();
    ASSERT_EQ(cases.size(), 1U);
    const boost::json::object opened =
        hotline.show(std::string(cases[0].as_object().at("alias").as_string()));
    EXPECT_EQ(opened.at("family").as_string(), "pay");
    EXPECT_EQ(opened.at("language").as_string(), "es");
    EXPECT_EQ(opened.at("urgency").as_string(), "P3");
    EXPECT_EQ(opened.at("mode").as_string(), "sms");
    EXPECT_EQ(opened.at("status").as_string(), "received");
    const std::vector<std::pair<std::string, std::string>> sent{
        {"story", "El capataz le gritó a mi compañero ayer"},
        {"story", "y hoy no nos dio agua 🥵"},
        {"where", "cerca de Immokalee"}};
    EXPECT_EQ(told(opened), sent);

    const std::string kept = hotline.everything_kept();
    EXPECT_THAT(kept, HasSubstr("\"started\""));
    for (const std::string& secret :
         {std::string("capataz"), std::string("Immokalee"), std::string("3055550101"), code,
          code.substr(0, 4) + " " + code.substr(4, 4)}) {
        EXPECT_EQ(kept.find(secret), std::string::npos)
            << "found in clear: something that a worker sent or was told";
    }
}

TEST(SmsReport, EveryAnswerIsOneGsm7MessageWithAStatusCallback) {
    const Hotline hotline;
    for (const char* language : {"1", "2", "3"}) {
        const TwilioPhone phone = hotline.phone(std::string("+1305555020") + language);
        for (const char* text :
             {"hi", language, "2", "2", "1", "words of mine", "1", "1", "0", "0", "0", "0", "1"}) {
            const HttpReply reply = phone.text(text);
            ASSERT_EQ(reply.status, 200);
            EXPECT_EQ(reply.headers.at("content-type"), "text/xml; charset=utf-8");
            EXPECT_TRUE(locales::is_gsm7(message(reply))) << message(reply);
            EXPECT_THAT(
                parse_twiml(reply.body).child("Message").attribute("statusCallback"),
                testing::MatchesRegex(
                    "https://hotline\\.example\\.org/hooks/main/status\\?m=wc?[0-9a-f]+-1#rc=3&rp=all"));
        }
    }
}

TEST(SmsReport, ASecondOneInTheSameConversationIsAnotherCaseWithANumberOfItsOwn) {
    const Hotline hotline;
    const TwilioPhone phone = hotline.phone("+13055550105");
    phone.texts(spanish_to_story);
    phone.texts({"lo primero", "1", "1"});
    EXPECT_THAT(phone.texts({"MENU"}), HasSubstr(hotline.words("hotline.number_first.menu", "es")));
    const std::string first = code_in(phone.texts({"1"}));
    phone.texts({"2", "3", "lo segundo", "1", "1", "0", "0", "0", "0"});
    const std::string second = code_in(phone.texts({"1"}));
    ASSERT_EQ(second.size(), 12U);
    EXPECT_NE(first, second);
    std::vector<std::string> cases;
    for (const boost::json::value& one : hotline.cases()) {
        const boost::json::object opened = hotline.show(std::string(one.as_object().at("alias").as_string()));
        cases.push_back(std::string(opened.at("family").as_string()) + " " +
                        std::string(opened.at("urgency").as_string()) + " " + told(opened).at(0).second);
        EXPECT_EQ(told(opened).size(), 1U);
    }
    EXPECT_THAT(cases, testing::UnorderedElementsAre("pay P3 lo primero", "respect P1 lo segundo"));
    const TwilioPhone other = hotline.phone("+50250000105");
    other.texts(english_to_code);
    EXPECT_THAT(open_by_text(hotline, other, first),
                HasSubstr(hotline.words("program.statuses.received", "en")));
}

TEST(SmsReport, LocationAndCallerNameFieldsAreNowhere) {
    const Hotline hotline;
    std::string said;
    for (const char* text : {"hola", "2", "2", "2", "1", "algo", "1", "1", "0", "0", "0", "0", "1"}) {
        said += hotline.phone("+13055550102").text(text).bytes;
    }
    TwilioCall call = hotline.call("+13055550103");
    said += call.dial().bytes;  // one by one: the operands of a sum have no order
    said += call.press("2").bytes;
    said += call.press("2").bytes;
    said += call.hang_up().bytes;
    for (const std::string& canary : canaries()) {
        EXPECT_EQ(said.find(canary), std::string::npos) << canary << " in an answer";
        EXPECT_EQ(hotline.everything_kept().find(canary), std::string::npos) << canary << " in a file";
    }
}

TEST(SmsReport, AnotherFamilyIsMoreUrgent) {
    const Hotline hotline;
    const TwilioPhone phone = hotline.phone("+13055550104");
    phone.texts({"hola", "2", "2", "2", "3", "me amenaza", "1", "1"});
    EXPECT_EQ(hotline.cases().at(0).as_object().at("urgency").as_string(), "P1");
    EXPECT_EQ(hotline.cases().at(0).as_object().at("family").as_string(), "respect");
}

TEST(SmsReport, IsThereAfterTheServerAndItsStoreWereKilled) {
    Hotline hotline;
    const TwilioPhone phone = hotline.phone("+13055550105");
    phone.texts(spanish_to_story);
    phone.texts({"antes del golpe"});
    hotline.server().kill();
    hotline.server().start();
    EXPECT_THAT(phone.texts({"despues del golpe"}), HasSubstr(hotline.words("common.story_more", "es")));
    phone.texts({"1", "1"});
    const std::vector<std::pair<std::string, std::string>> sent{{"story", "antes del golpe"},
                                                                {"story", "despues del golpe"}};
    EXPECT_EQ(told(hotline.show(std::string(hotline.cases().at(0).as_object().at("alias").as_string()))),
              sent);
    EXPECT_EQ(hotline.server().stop(), 0);
}

}  // namespace
}  // namespace rightsline::tests
