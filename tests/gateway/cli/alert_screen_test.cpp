#include "gateway/cli/casework/alert_screen.hpp"

#include <gtest/gtest.h>

namespace rightsline::cli {
namespace {

boost::json::object parsed(const char* text) { return boost::json::parse(text).as_object(); }

std::string words_of(const char* by, const char* state, const char* delivery) {
    return fate_words({{"by", by}, {"state", state}, {"delivery", delivery}});
}

TEST(AlertScreen, TellsDurationsAsPeopleDo) {
    EXPECT_EQ(duration_of(0), "0 s");
    EXPECT_EQ(duration_of(59), "59 s");
    EXPECT_EQ(duration_of(60), "1 min");
    EXPECT_EQ(duration_of(3600), "1 h");
    EXPECT_EQ(duration_of(7500), "2 h 5 min");
    EXPECT_EQ(duration_of(3 * 86400 + 5), "3 days");
}

TEST(AlertScreen, SaysWhatBecameOfAMessageInAPersonsWords) {
    EXPECT_EQ(words_of("sms", "waiting", "none"), "waits to leave");
    EXPECT_EQ(words_of("sms", "accepted", "none"), "the phone company has it");
    EXPECT_EQ(words_of("sms", "accepted", "sent"), "the phone company has it");
    EXPECT_EQ(words_of("sms", "accepted", "delivered"), "delivered");
    EXPECT_EQ(words_of("call", "accepted", "delivered"), "answered");
    EXPECT_EQ(words_of("call", "accepted", "undelivered"), "NOT ANSWERED");
    EXPECT_EQ(words_of("sms", "unknown", "delivered"), "delivered");  // nobody knew, and then a receipt came
    EXPECT_EQ(words_of("sms", "stopped", "none"), "NOT SENT: this phone has said STOP");
    EXPECT_EQ(words_of("sms", "unreadable", "none"), "its record cannot be read");
}

TEST(AlertScreen, ShowsAnAlertAndItsMessagesALineEach) {
    const auto alert = parsed(R"({"alias": "7K4-921", "urgency": "P1", "raised": 1000, "messages": 5,
        "taken_by": null, "told": [
          {"person": "maria", "by": "sms", "at": 1000, "state": "accepted", "delivery": "undelivered", "code": 30003},
          {"person": "jean", "by": "call", "at": 1060, "state": "accepted", "delivery": "delivered"}]})");
    EXPECT_EQ(alert_lines(alert, 1120),
              "7K4-921   P1  raised 2 min ago  NOBODY HAS IT\n"
              "    3 earlier messages\n"
              "    maria       text  2 min ago       NOT DELIVERED (the phone company's code 30003)\n"
              "    jean        call  1 min ago       answered\n");
}

TEST(AlertScreen, SaysWhoHasIt) {
    const auto alert = parsed(R"({"alias": "7K4-921", "urgency": "P2", "raised": 1000, "messages": 0,
        "taken_by": "ana", "taken_at": 1060, "told": []})");
    EXPECT_EQ(alert_lines(alert, 1120), "7K4-921   P2  raised 2 min ago  ana has it, since 1 min ago\n");
}

TEST(AlertScreen, ShowsWhoWouldBeToldStepByStep) {
    const auto now = parsed(R"({"steps": [
        {"after_seconds": 0, "tell": [{"person": "maria", "by": ["sms", "call"], "on_duty": true}]},
        {"after_seconds": 60, "tell": [{"person": "jean", "by": ["sms"], "on_duty": false, "stopped": true}]}],
        "again_seconds": 900})");
    EXPECT_EQ(roster_lines(now),
              "at once       maria (text and call)\n"
              "after 1 min   jean (text, outside their hours; HAS SENT STOP: no text reaches them until they "
              "send START)\n"
              "then those of the last step again, every 15 min, until somebody takes it\n");
}

TEST(AlertScreen, SaysWhenNobodyIsOnDutyAndWhenOnceIsAll) {
    EXPECT_EQ(roster_lines(parsed(R"({"steps": [], "again_seconds": 900,
                                      "nobody_on_duty": "mon-fri 12:00-24:00, sat, sun"})")),
              "nobody is on duty then: they are told when somebody is; looked at every 15 min\n"
              "nobody-on-duty: mon-fri 12:00-24:00, sat, sun\n");
    EXPECT_NE(roster_lines(parsed(R"({"steps": [], "again_seconds": 900, "callers": "conflict"})"))
                  .find("callers-reach-nobody: all who could be rung then stand on an employer's list"),
              std::string::npos);
    const auto once = parsed(R"({"steps": [{"after_seconds": 0, "tell": [
        {"person": "maria", "by": ["sms"], "on_duty": true}]}], "again_seconds": null, "nobody_on_duty": ""})");
    EXPECT_EQ(roster_lines(once),
              "at once       maria (text)\nthat is all, once it arrived; else the next on duty is told, then "
              "all of them\n");
}

TEST(OutboxScreen, StandsUnderItsHead) {
    const auto line = parsed(R"({"line": "+15005550006", "waiting": {"alert": 2, "reply": 0, "blast": 1234},
        "under_way": 1, "in_doubt": 0, "unknown": 3, "aside": 7})");
    const std::string row = outbox_row(line);
    EXPECT_EQ(row.size(), outbox_head().size());
    EXPECT_EQ(row, "+15005550006          2      0   1234          1         0        3          7\n");
}

TEST(OutboxScreen, NamesAnAccountWhoseProviderStillHoldsTexts) {
    EXPECT_EQ(copies_line(parsed(R"({"account": "main", "waiting": 0, "late": 0, "given_up": 0})")), "");
    EXPECT_EQ(
        copies_line(parsed(R"({"account": "main", "waiting": 5, "late": 2, "given_up": 1})")),
        "account main: the provider still holds 6 texts that are to be erased there; 2 for more than a day, "
        "1 it will not erase\n");
}

}  // namespace
}  // namespace rightsline::cli
