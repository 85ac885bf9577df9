#include <gtest/gtest.h>

#include "gateway/providers/error.hpp"
#include "gateway/providers/twilio_decode.hpp"
#include "support.hpp"

namespace rightsline::providers {
namespace {

const Pairs text{{"AccountSid", "AC0123"},        {"MessageSid", "SM1"},    {"MessageStatus", "undelivered"},
                 {"ErrorCode", "30003"},          {"From", "+15005550006"}, {"To", "+13055550191"},
                 {"RawDlrDoneDate", "2611220800"}};
const Pairs call{{"AccountSid", "AC0123"}, {"CallSid", "CA1"},     {"CallStatus", "no-answer"},
                 {"From", "+15005550006"}, {"To", "+13055550191"}, {"Direction", "outbound-api"},
                 {"SequenceNumber", "3"}};

Result<Inbound> decode(const Pairs& fields, const std::string& query = "") {
    const http::Request request = form_request(fields, "/hooks/main/status" + query);
    return decode_twilio(Hook::message_status, request, our_account());
}

TEST(TwilioReceipt, OfATextNamesBothIdsAndKeepsTheRawCode) {
    const Inbound inbound = decode(text, "?m=01ab-Z_9").value();
    EXPECT_EQ(inbound.ours, "01ab-Z_9");
    EXPECT_EQ(inbound.message, "SM1");
    EXPECT_EQ(inbound.delivery, "undelivered");
    EXPECT_EQ(inbound.delivery_error, "30003");
    EXPECT_EQ(inbound.line, "+15005550006");
    EXPECT_EQ(inbound.worker->reveal(), "+13055550191");
    EXPECT_EQ(inbound.mode, flows::Mode::sms);
}

TEST(TwilioReceipt, OfACallWeMadeGoesTheSameWay) {
    const Inbound inbound = decode(call, "?m=01ab").value();
    EXPECT_EQ(inbound.hook, Hook::message_status);
    EXPECT_EQ(inbound.mode, flows::Mode::voice);
    EXPECT_EQ(inbound.message, "CA1");
    EXPECT_EQ(inbound.delivery, "no-answer");
    EXPECT_EQ(inbound.ours, "01ab");
    EXPECT_EQ(inbound.line, "+15005550006");
    EXPECT_EQ(inbound.worker->reveal(), "+13055550191");
}

TEST(TwilioReceipt, AnIdThatIsNoneIsNoReasonToDropIt) {
    for (const std::string query : {"", "?m=", "?m=a/b", "?m=a&m=b", "?x=1", "?m=a%20b"}) {
        const Result<Inbound> inbound = decode(text, query);
        ASSERT_TRUE(inbound) << query;
        EXPECT_EQ(inbound->ours, "") << query;
        EXPECT_EQ(inbound->delivery, "undelivered");
    }
}

TEST(TwilioReceipt, WordsNobodyKnowsAreKeptAsTheyWereSaid) {
    Pairs fields = text;
    fields[2].second = "partially_delivered";
    fields[3].second = "whatever, 7";
    const Inbound inbound = decode(fields).value();
    EXPECT_EQ(inbound.delivery, "partially_delivered");
    EXPECT_EQ(inbound.delivery_error, "whatever, 7");
}

TEST(TwilioReceipt, EachStatusIsAnEventOfItsOwnAndARepeatIsNot) {
    Pairs later = text;
    later[2].second = "delivered";
    EXPECT_NE(decode(text)->identity, decode(later)->identity);
    EXPECT_EQ(decode(text, "?m=1")->identity, decode(text)->identity);
    EXPECT_NE(decode(text)->identity, decode(call)->identity);
}

TEST(TwilioReceipt, WithoutANameOrAStatusIsMalformed) {
    for (std::size_t missing : {1U, 2U}) {
        for (Pairs fields : {text, call}) {
            fields.erase(fields.begin() + static_cast<long>(missing));
            EXPECT_EQ(decode(fields).error(), errc::malformed);
        }
    }
    Pairs twice = text;
    twice.push_back({"MessageStatus", "delivered"});
    EXPECT_EQ(decode(twice).error(), errc::malformed);
}

}  // namespace
}  // namespace rightsline::providers
