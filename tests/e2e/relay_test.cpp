// A monitor writes, the worker comes back with the code from another phone, reads and answers; the monitor reads that.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "tests/e2e/journeys.hpp"

namespace rightsline::tests {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr int bad_data = 65;

TEST(Relay, AReplyWaitsForTheCodeAndItsAnswerLandsInTheCase) {
    const Hotline hotline;
    const std::string code = report_by_text(hotline.phone("+13055550131"), "lo primero");
    const std::string alias(hotline.cases().at(0).as_object().at("alias").as_string());
    const Ran sent = hotline.reply(alias, "We read it: the canary sang. Which day was it?");
    ASSERT_EQ(sent.code, 0) << sent.err;
    EXPECT_THAT(sent.err, HasSubstr("1 message waits"));
    EXPECT_THAT(hotline.everything_kept(), Not(HasSubstr("canary sang")));
    EXPECT_EQ(hotline.cases().at(0).as_object().at("replies_read").as_int64(), 0);

    const TwilioPhone other = hotline.phone("+50250000131");
    const auto en = [&](const char* key) { return HasSubstr(hotline.words(key, "en")); };
    other.texts(english_to_code);
    EXPECT_THAT(open_by_text(hotline, other, code), HasSubstr("New messages from our team: 1"));
    EXPECT_THAT(other.texts({"1"}), HasSubstr("the canary sang"));
    EXPECT_THAT(other.texts({"1"}), en("messages.answer.sms"));
    EXPECT_THAT(other.texts({"on the Monday after the rain", "1"}), en("messages.answered.say"));
    EXPECT_THAT(hotline.everything_kept(), Not(HasSubstr("canary sang")));

    const boost::json::object shown = hotline.show(alias);
    const std::vector<std::pair<std::string, std::string>> both{{"story", "lo primero"},
                                                                {"answer", "on the Monday after the rain"}};
    EXPECT_EQ(told(shown), both);
    const boost::json::object& reply = shown.at("thread").as_array().at(0).as_object();
    EXPECT_THAT(std::string(reply.at("text").as_string()), HasSubstr("the canary sang"));
    EXPECT_GT(reply.at("read_hour").as_int64(), 0);
}

TEST(Relay, WhatMustNotStandOnAPhoneIsNotSent) {
    const Hotline hotline;
    report_by_text(hotline.phone("+13055550132"), "lo primero");
    const std::string alias(hotline.cases().at(0).as_object().at("alias").as_string());
    const Ran number = hotline.reply(alias, "call me at 305 555 0199");
    EXPECT_EQ(number.code, bad_data);
    EXPECT_THAT(number.err, HasSubstr("\"305 555 0199\" looks like a phone number"));
    const Ran word = hotline.reply(alias, "the union will come");
    EXPECT_EQ(word.code, bad_data);
    EXPECT_THAT(word.err, HasSubstr("\"union\""));
    EXPECT_EQ(hotline.reply(alias, "We saw Pedro there.").code, 1);
    const Ran much = hotline.reply(alias, std::string(1000, 'a'));
    EXPECT_EQ(much.code, bad_data);
    EXPECT_THAT(much.err, HasSubstr("1000 characters, 7 SMS parts; at most 6"));
    EXPECT_EQ(hotline.cases().at(0).as_object().at("replies").as_int64(), 0);
}

}  // namespace
}  // namespace rightsline::tests
