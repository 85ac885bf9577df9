#include "gateway/alerts/alert.hpp"

#include <gtest/gtest.h>

#include "gateway/alerts/alert_desk.hpp"
#include "gateway/alerts/error.hpp"

namespace rightsline::alerts {
namespace {

using namespace std::chrono_literals;
using flows::Urgency;

Alert taken_alert() {
    Alert alert;
    alert.case_id = "c1";
    alert.alias = "7K4-921";
    alert.urgency = Urgency::p2;
    alert.raised = ops::UtcMs(1000ms);
    alert.rung = 2;
    alert.messages = 5;
    alert.told.push_back({"maria", "sms", "ac1-5", ops::UtcMs(2000ms)});
    alert.line = "+15005550006";
    alert.taken_by = "maria";
    alert.taken_how = "sms";
    alert.taken_at = ops::UtcMs(3000ms);
    return alert;
}

TEST(StoredAlert, ComesBackAsItWas) {
    const Alert alert = parse_alert(to_bytes(taken_alert())).value();
    EXPECT_EQ(to_bytes(alert), to_bytes(taken_alert()));
    EXPECT_EQ(alert.told.size(), 1U);
    EXPECT_TRUE(alert.is_taken());
}

TEST(StoredAlert, WhatIsNoneIsSaid) {
    for (const char* bytes : {"", "[]", "{}", "{\"urgency\": 4}", "{\"urgency\": \"1\"}"}) {
        EXPECT_EQ(parse_alert(bytes).error(), make_error_code(errc::damaged)) << bytes;
    }
}

TEST(StoredAlert, BeginsAgainOnlyWhenItsCaseIsMoreUrgent) {
    Alert alert = taken_alert();
    EXPECT_FALSE(rise(alert, Urgency::p2, ops::UtcMs(9000ms)));
    EXPECT_FALSE(rise(alert, Urgency::p3, ops::UtcMs(9000ms)));
    EXPECT_TRUE(alert.is_taken());
    EXPECT_TRUE(rise(alert, Urgency::p1, ops::UtcMs(9000ms)));
    EXPECT_FALSE(alert.is_taken());
    EXPECT_EQ(alert.rung, 0U);
    EXPECT_EQ(alert.messages, 5U);  // ids of messages are never used again
}

TEST(StoredAlert, NamesItsMessagesByNothingThatTheCaseIsCalledBy) {
    Alert alert;
    alert.case_id = "c1";
    EXPECT_EQ(message_id(alert, 'a', 2),
              "ac1-2");  // of before it had a name of its own: its receipts are found
    alert.outside = fresh_outside_name();
    EXPECT_EQ(message_id(alert, 'e', 1), "e" + alert.outside + "-1");
    EXPECT_EQ(alert.outside.size(), 20U);
    EXPECT_NE(alert.outside, fresh_outside_name());
    EXPECT_EQ(parse_alert(to_bytes([&] {
                  alert.urgency = flows::Urgency::p1;
                  return alert;
              }()))
                  ->outside,
              alert.outside);
}

TEST(StoredAlert, MembersOfTheIndexNameTheirCase) {
    EXPECT_EQ(case_of_member("c1:1"), "c1");
    EXPECT_EQ(case_of_member("c1"), "c1");
}

TEST(CallPageAddress, ComesBackAsItWas) {
    const CallPage page{"fair-food", "0a1b"};
    const std::string path = path_of(page);
    const CallPage read = parse_page(path.substr(path.find('?') + 1)).value();
    EXPECT_EQ(read.program, "fair-food");
    EXPECT_EQ(read.token, "0a1b");
    EXPECT_FALSE(parse_page("p=%zz"));
    EXPECT_FALSE(parse_page("p=fair-food&t=" + std::string(2000, 'a')));
}

}  // namespace
}  // namespace rightsline::alerts
