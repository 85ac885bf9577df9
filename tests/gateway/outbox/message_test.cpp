#include "gateway/outbox/message.hpp"

#include <gtest/gtest.h>

#include "gateway/outbox/error.hpp"
#include "gateway/outbox/line_out.hpp"

namespace rightsline::outbox {
namespace {

using namespace std::chrono_literals;

const vault::PhoneNumber someone = *vault::PhoneNumber::parse("+15005550006");

TEST(OutboxMessage, ATextComesBackAsItWas) {
    const Message sent{Lane::alert, someone,
                       "ab12",      Text{locales::PrivateText("Hola \"ñ\" \n 🙂"), 600s},
                       3,           ops::UtcMs(1'763'794'626'123ms)};
    const Result<Message> read = parse_message(to_bytes(sent));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->lane, Lane::alert);
    EXPECT_EQ(read->to.reveal(), "+15005550006");
    EXPECT_EQ(read->recipient, "ab12");
    EXPECT_EQ(std::get<Text>(read->what).body.reveal(), "Hola \"ñ\" \n 🙂");
    EXPECT_EQ(std::get<Text>(read->what).validity, 600s);
    EXPECT_EQ(read->copies, 3);
    EXPECT_EQ(read->not_after, sent.not_after);
}

TEST(OutboxMessage, TheYesThatItLeavesByAndItsEndComeBackAsTheyWere) {
    Message sent{Lane::reply, someone, "ab12", Text{locales::PrivateText("A message."), 600s}, 0, {}};
    sent.only_while = {"{p}:kh:1", "number", std::string("\x01\0\xff", 3)};
    sent.arrive_by = ops::UtcMs(1'763'794'626'123ms);
    const Result<Message> read = parse_message(to_bytes(sent));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->only_while.key, "{p}:kh:1");
    EXPECT_EQ(read->only_while.field, "number");
    EXPECT_EQ(read->only_while.value, std::string("\x01\0\xff", 3));
    EXPECT_EQ(read->arrive_by, sent.arrive_by);
}

TEST(OutboxMessage, AYesThatCannotBeReadIsNone) {
    for (const char* yes : {"1", "[]", "[\"k\",\"f\"]", "[\"k\",\"f\",7]", "[\"k\",\"f\",\"no base64\"]"}) {
        const Result<Message> read =
            parse_message(R"({"lane":1,"to":"+15005550006","only_while":)" + std::string(yes) + "}");
        ASSERT_FALSE(read) << yes;
        EXPECT_EQ(read.error(), make_error_code(errc::damaged)) << yes;
    }
}

TEST(OutboxMessage, ACallComesBackAsItWas) {
    const Message sent{Lane::alert, someone, "", Call{"/alert?a=1", 45s}, 3, {}};
    const Result<Message> read = parse_message(to_bytes(sent));
    ASSERT_TRUE(read);
    EXPECT_EQ(std::get<Call>(read->what).page, "/alert?a=1");
    EXPECT_EQ(std::get<Call>(read->what).ring, 45s);
    Message listening = sent;
    std::get<Call>(listening.what).hears_machines = true;
    EXPECT_FALSE(std::get<Call>(parse_message(to_bytes(sent)).value().what).hears_machines);
    EXPECT_TRUE(std::get<Call>(parse_message(to_bytes(listening)).value().what).hears_machines);
}

TEST(OutboxMessage, WhatIsNoMessageIsSaid) {
    for (const char* bytes : {"", "[]", "{}", "{\"lane\":7,\"to\":\"+15005550006\"}",
                              "{\"lane\":-1,\"to\":\"+15005550006\"}", "{\"lane\":1,\"to\":\"x\"}"}) {
        const Result<Message> read = parse_message(bytes);
        ASSERT_FALSE(read) << bytes;
        EXPECT_EQ(read.error(), make_error_code(errc::damaged)) << bytes;
    }
}

TEST(OutboxLimits, OnlyAllowedCountriesAreSentTo) {
    EXPECT_TRUE(may_send_to({}, someone));
    EXPECT_TRUE(may_send_to({40, 5000, {"+266", "+1"}}, someone));
    EXPECT_FALSE(may_send_to({40, 5000, {"+266", "+52"}}, someone));
}

}  // namespace
}  // namespace rightsline::outbox
