#include "gateway/providers/twilio_list.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "gateway/providers/error.hpp"
#include "send_support.hpp"

namespace rightsline::providers {
namespace {

namespace json = boost::json;
using namespace std::chrono_literals;

constexpr flows::Instant eight{std::chrono::sys_days(std::chrono::year(2026) / 11 / 22) + 8h};

json::object entry(json::object more = {}) {
    json::object object{{"sid", sm},
                        {"to", "+13055550191"},
                        {"from", "+15005550006"},
                        {"body", "hola"},
                        {"direction", "outbound-api"},
                        {"status", "sent"},
                        {"error_code", nullptr},
                        {"date_created", "Sun, 22 Nov 2026 08:00:10 +0000"},
                        {"date_sent", nullptr}};
    for (const auto& [name, value] : more) {
        object[name] = value;
    }
    return object;
}

http::Answer page(json::array messages, json::value next = nullptr) {
    return answer(200,
                  json::serialize(json::object{{"messages", std::move(messages)}, {"next_page_uri", next}}));
}

TEST(TwilioList, FindsTheSendByPersonLineWordsAndTime) {
    const http::Answer both = page({entry(), entry({{"status", "undelivered"}, {"error_code", 30003}})});
    const SentList list = read_twilio_list(both, a_text(), eight).value();
    ASSERT_EQ(list.same.size(), 2U);
    EXPECT_EQ(list.same[0].id, sm);
    EXPECT_EQ(list.same[0].status, "sent");
    EXPECT_EQ(list.same[0].made, eight + 10s);
    EXPECT_EQ(list.same[1].error, 30003U);
    EXPECT_EQ(list.perhaps, 0U);
    EXPECT_TRUE(list.whole);
}

TEST(TwilioList, WhatDiffersIsAnother) {
    for (const json::object& other :
         std::vector<json::object>{{{"to", "+13055550192"}},
                                   {{"from", "+15005550007"}},
                                   {{"body", "Hola"}},
                                   {{"body", "hola."}},
                                   {{"direction", "inbound"}},
                                   {{"date_created", "Sun, 22 Nov 2026 07:59:59 +0000"}}}) {
        const SentList list = read_twilio_list(page({entry(other)}), a_text(), eight).value();
        EXPECT_TRUE(list.same.empty()) << json::serialize(other);
        EXPECT_EQ(list.perhaps, 0U) << json::serialize(other);
    }
    EXPECT_EQ(read_twilio_list(page({entry()}), a_text(), eight + 10'900ms).value().same.size(), 1U)
        << "the provider writes whole seconds";
}

TEST(TwilioList, WordsThatWereErasedLeaveItOpen) {
    for (const json::value& words : {json::value(""), json::value(nullptr)}) {
        const SentList list = read_twilio_list(page({entry({{"body", words}})}), a_text(), eight).value();
        EXPECT_TRUE(list.same.empty());
        EXPECT_EQ(list.perhaps, 1U);
    }
}

TEST(TwilioList, SpaceAtTheEdgeOfATextIsNoDifference) {
    EXPECT_EQ(read_twilio_list(page({entry()}), a_text("hola \n"), eight).value().same.size(), 1U);
    EXPECT_EQ(read_twilio_list(page({entry({{"body", "hola "}})}), a_text(), eight).value().same.size(), 1U);
}

TEST(TwilioList, AServiceSendsFromAnyOfItsNumbers) {
    Outbound send = a_text();
    send.line = mg;
    const json::array messages{entry({{"from", "+15005550099"}}), entry({{"from", nullptr}})};
    EXPECT_EQ(read_twilio_list(page(messages), send, eight).value().same.size(), 2U);
}

TEST(TwilioList, IsWholeOnlyWhenItSaysThatNothingFollows) {
    EXPECT_FALSE(read_twilio_list(page({}, "/2010-04-01/…&Page=1"), a_text(), eight).value().whole);
    EXPECT_FALSE(read_twilio_list(answer(200, R"({"messages": []})"), a_text(), eight).value().whole);
    EXPECT_TRUE(read_twilio_list(page({}), a_text(), eight).value().whole);
}

TEST(TwilioList, GarbageIsNoList) {
    for (const http::Answer& bad :
         {answer(200, ""), answer(200, "[]"), answer(200, R"({"messages": {}})"), answer(500, page({}).body),
          answer(404, page({}).body), page({json::value(7)}), page({entry({{"sid", "x"}})}),
          page({entry({{"date_created", "yesterday"}})}), page({entry({{"date_created", nullptr}})})}) {
        EXPECT_EQ(read_twilio_list(bad, a_text(), eight).error(), errc::bad_answer) << bad.body;
    }
    EXPECT_EQ(read_twilio_list(page({}), a_call(), eight).error(), errc::not_offered);
}

}  // namespace
}  // namespace rightsline::providers
