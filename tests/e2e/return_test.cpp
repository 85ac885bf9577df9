// Back with the code: from another phone and in another language; and what somebody gets who only guesses.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "tests/e2e/journeys.hpp"

namespace rightsline::tests {
namespace {

using testing::HasSubstr;
using testing::Not;

void delete_by_text(const Hotline& hotline, const TwilioPhone& phone, const std::string& code) {
    phone.texts(english_to_code);
    open_by_text(hotline, phone, code);
    phone.texts({"3", "2"});
}

TEST(ReturnWithCode, OpensTheCaseFromAnotherPhoneInAnotherLanguage) {
    const Hotline hotline;
    const std::string code = report_by_text(hotline.phone("+13055550111"), "lo primero");
    ASSERT_EQ(code.size(), 12U);
    const TwilioPhone other = hotline.phone("+50250000111");
    const auto en = [&](const char* key) { return HasSubstr(hotline.words(key, "en")); };
    EXPECT_THAT(other.texts(english_to_code), en("return_with_code.enter.sms"));
    const std::string spaced = code.substr(0, 4) + " " + code.substr(4, 4) + "-" + code.substr(8);
    EXPECT_THAT(open_by_text(hotline, other, spaced), en("program.statuses.received"));
    EXPECT_THAT(other.texts({"2"}), en("return_with_code.add.sms"));
    EXPECT_THAT(other.texts({"and a second thing", "1"}), en("return_with_code.added.say"));
    const std::string alias(hotline.cases().at(0).as_object().at("alias").as_string());
    const std::vector<std::pair<std::string, std::string>> both{{"story", "lo primero"},
                                                                {"add", "and a second thing"}};
    EXPECT_EQ(told(hotline.show(alias)), both);
    EXPECT_EQ(hotline.cases().size(), 1U);

    EXPECT_THAT(other.texts({"3"}), en("return_with_code.sure.menu"));
    EXPECT_THAT(other.texts({"2"}), en("hotline.deleted.say"));
    EXPECT_EQ(hotline.cases().size(), 0U);
    const TwilioPhone late = hotline.phone("+50250000112");
    late.texts(english_to_code);
    EXPECT_THAT(open_by_text(hotline, late, code), en("return_with_code.wrong.say"));
}

TEST(ReturnWithCode, AFirstTextWithTheCodeIsAnsweredInTheLanguageOfTheReport) {
    const Hotline hotline;
    const std::string code = report_by_text(hotline.phone("+13055550117"), "lo primero");
    const std::string answer = hotline.phone("+50250000123").texts({code});
    EXPECT_THAT(answer, HasSubstr(hotline.words("program.statuses.received", "es")));
    EXPECT_THAT(answer, HasSubstr(hotline.words("return_with_code.choose.menu", "es")));
}

TEST(ReturnWithCode, WhoAddsToAReportThatAnotherPhoneDeletedHearsThatItIsGone) {
    const Hotline hotline;
    const std::string code = report_by_text(hotline.phone("+13055550115"), "lo primero");
    const TwilioPhone adding = hotline.phone("+50250000119");
    adding.texts(english_to_code);
    open_by_text(hotline, adding, code);
    adding.texts({"2"});
    delete_by_text(hotline, hotline.phone("+50250000120"), code);
    ASSERT_EQ(hotline.cases().size(), 0U);
    const std::string answer = adding.texts({"and a second thing"});
    EXPECT_THAT(answer, HasSubstr(hotline.words("common.report_gone", "en")));
    EXPECT_THAT(answer, Not(HasSubstr(hotline.words("return_with_code.added.say", "en"))));
    EXPECT_THAT(answer, HasSubstr(hotline.words("hotline.main.menu", "en")));
    EXPECT_EQ(hotline.cases().size(), 0U);
}

TEST(ReturnWithCode, ARecordingForAReportThatWasDeletedIsErasedAndKeptNowhere) {
    Hotline hotline;
    const std::string code = report_by_text(hotline.phone("+13055550116"), "lo primero");
    TwilioCall adding = hotline.call("+50250000121");
    adding.dial();
    adding.press("1");
    adding.press("2");
    adding.press("3");
    const std::string opened = open_by_call(hotline, adding, code);
    ASSERT_THAT(opened, HasSubstr(hotline.words("program.statuses.received", "en")));
    adding.press("2");
    ASSERT_EQ(adding.now().all("Record").size(), 1U);
    delete_by_text(hotline, hotline.phone("+50250000122"), code);
    ASSERT_EQ(hotline.cases().size(), 0U);
    const std::string sid = fresh_sid("RE");
    const HttpReply reply = adding.record(sid, hotline.provider().keep(sid, little_wav(7, 400)), 4);
    EXPECT_THAT(reply.body, HasSubstr(hotline.words("common.report_gone", "en")));
    EXPECT_TRUE(eventually([&] { return !hotline.provider().holds(sid); }));
    EXPECT_EQ(hotline.cases().size(), 0U);
    EXPECT_TRUE(hotline.sealed_files().empty());
}

TEST(ReturnWithCode, TwoWhoAddAtOnceAreBothKeptAndHearNothingOfEachOther) {
    const Hotline hotline;
    const std::string code = report_by_text(hotline.phone("+13055550118"), "lo primero");
    const TwilioPhone one = hotline.phone("+50250000124");
    const TwilioPhone other = hotline.phone("+50250000125");
    const auto en = [&](const char* key) { return HasSubstr(hotline.words(key, "en")); };
    for (const TwilioPhone* phone : {&one, &other}) {
        phone->texts(english_to_code);
        open_by_text(hotline, *phone, code);
        EXPECT_THAT(phone->texts({"2"}), en("return_with_code.add.sms"));
    }
    const std::string told_the_one = one.texts({"what the one adds", "1"});
    EXPECT_THAT(told_the_one, en("return_with_code.added.say"));
    EXPECT_EQ(other.texts({"what the other adds", "1"}), told_the_one);
    const std::string alias(hotline.cases().at(0).as_object().at("alias").as_string());
    const std::vector<std::pair<std::string, std::string>> all{
        {"story", "lo primero"}, {"add", "what the one adds"}, {"add", "what the other adds"}};
    EXPECT_EQ(told(hotline.show(alias)), all);
}

TEST(ReturnWithCode, ADeletedAndAnUnknownCodeGetTheSameAnswer) {
    const Hotline hotline;
    const std::string deleted = report_by_text(hotline.phone("+13055550112"), "algo");
    delete_by_text(hotline, hotline.phone("+50250000117"), deleted);
    ASSERT_EQ(hotline.cases().size(), 0U);
    const TwilioPhone first = hotline.phone("+50250000113");
    const TwilioPhone second = hotline.phone("+50250000114");
    first.texts(english_to_code);
    second.texts(english_to_code);
    const HttpReply gone = first.text(deleted);
    EXPECT_THAT(message(gone), HasSubstr(hotline.words("return_with_code.wrong.say", "en")));
    EXPECT_EQ(message(gone), message(second.text(unknown_code(1))));
}

TEST(ReturnWithCode, AMistypedCodeIsAskedForAgainAndCostsNoTry) {
    const Hotline hotline;
    const std::string right = report_by_text(hotline.phone("+13055550114"), "algo");
    std::string mistyped = right;
    mistyped[5] = mistyped[5] == '9' ? '0' : static_cast<char>(mistyped[5] + 1);  // the check digit shows it
    const TwilioPhone phone = hotline.phone("+50250000118");
    phone.texts(english_to_code);
    EXPECT_THAT(phone.texts({mistyped}), HasSubstr(hotline.words("return_with_code.enter.sms", "en")));
    EXPECT_THAT(phone.texts({right}), HasSubstr(hotline.words("program.statuses.received", "en")));
}

TEST(ReturnWithCode, TheSixthTryOfADayIsRefusedEvenWithTheRightCode) {
    const Hotline hotline;
    const std::string right = report_by_text(hotline.phone("+13055550113"), "algo");
    const TwilioPhone guesser = hotline.phone("+50250000115");
    guesser.texts(english_to_code);
    for (int i = 0; i < 5; ++i) {
        EXPECT_THAT(guesser.texts({unknown_code(i)}),
                    HasSubstr(hotline.words("return_with_code.wrong.say", "en")));
        guesser.texts({"1"});
    }
    EXPECT_THAT(guesser.texts({right}), HasSubstr(hotline.words("return_with_code.limited.say", "en")));
    EXPECT_THAT(hotline.phone("+50250000116").texts({"hi", "1", "2", "3", right}),
                HasSubstr(hotline.words("program.statuses.received", "en")));
}

}  // namespace
}  // namespace rightsline::tests
