#include "gateway/cli/casework/log_words.hpp"

#include <gtest/gtest.h>

#include "gateway/audit/entry.hpp"

namespace rightsline::cli {
namespace {

TEST(LogWords, SayWhoDidWhat) {
    EXPECT_EQ(log_words({{"what", "status_changed"}, {"who", "maria"}, {"to", "reading"}}),
              "maria gave it the status reading");
    EXPECT_EQ(log_words({{"what", "assigned"}, {"who", "maria"}, {"to", "jean"}}), "maria gave it to jean");
    EXPECT_EQ(log_words({{"what", "assigned"}, {"who", "maria"}}), "maria put it back into the pool");
    EXPECT_EQ(log_words({{"what", "alert_taken"}, {"who", "jean"}, {"how", "sms"}}), "jean took it (sms)");
    EXPECT_EQ(log_words({{"what", "filed"}}), "it was filed");
    EXPECT_EQ(log_words({{"what", "filed"}, {"who", "maria"}, {"how", "operator"}, {"why", "call"}}),
              "maria entered it for its worker, who told it in a call to them");
    EXPECT_EQ(log_words({{"what", "filed"}, {"who", "maria"}, {"how", "operator"}}),
              "maria entered it for its worker");
    EXPECT_EQ(log_words({{"what", "raised"}, {"who", "worker"}}), "it got a greater urgency");
    EXPECT_EQ(log_words({{"what", "raised"}, {"who", "maria"}}),
              "the category that maria gave it has a greater urgency: it got that one");
    EXPECT_EQ(log_words({{"what", "recording_put_aside"}, {"why", "never_arrived"}}),
              "a recording cannot be brought home: it never arrived: the provider no longer has it");
    EXPECT_EQ(log_words({{"what", "recording_put_aside"}, {"why", "what an older server wrote"}}),
              "a recording cannot be brought home: what an older server wrote");
    EXPECT_EQ(log_words({{"what", "reminded"}, {"who", "jean"}, {"how", "sms"}, {"why", "late"}}),
              "jean was told that a time limit has passed (sms)");
    EXPECT_EQ(log_words({{"what", "reminded"}, {"who", "jean"}, {"how", "sms"}, {"why", "news"}}),
              "jean was told that its worker wrote more (sms)");
    EXPECT_EQ(log_words({{"what", "task_set"}, {"who", "maria"}, {"to", "jean"}}),
              "maria set a task for jean");
    EXPECT_EQ(log_words({{"what", "task_set"}, {"why", "no_answer"}}), "the server set a task");
    EXPECT_EQ(log_words({{"what", "consent_withdrawn"}, {"who", "worker"}, {"why", "employer"}}),
              "its worker took a yes back: employer");
    EXPECT_EQ(log_words({{"what", "consent_withdrawn"}, {"who", "maria"}, {"why", "employer"}}),
              "maria noted that its worker took a yes back: employer");
}

TEST(LogWords, HaveASentenceForEachActOnACase) {
    for (int i = 0; i <= static_cast<int>(audit::What::call_back_over); ++i) {
        const std::string name(audit::name_of(static_cast<audit::What>(i)));
        if (audit::is_counted(name)) {
            EXPECT_NE(log_words({{"what", name}}), name) << "nobody who reads it knows what this means";
        }
    }
}

TEST(LogWords, HaveASentenceForWhatIsOfNoSingleCase) {
    EXPECT_EQ(log_words({{"what", "access_refused"}, {"who", "bob"}, {"why", "read_case"}}),
              "bob asked for what they have no right to: read_case");
    for (const char* what : {"copy_not_erased", "operator_told", "restored"}) {
        EXPECT_NE(log_words({{"what", what}}), what);
    }
}

TEST(LogWords, SayWhatBecameOfACallToItsWorkerAndNeverWhoPickedUp) {
    EXPECT_EQ(log_words({{"what", "call_back_begun"}, {"who", "ana"}}),
              "ana called its worker, who had asked for that");
    EXPECT_EQ(log_words({{"what", "call_back_over"}, {"who", "ana"}, {"why", "reached"}}),
              "the call reached its worker");
    EXPECT_EQ(log_words({{"what", "call_back_over"}, {"who", "ana"}, {"why", "given_up"}}),
              "ana left the call before its worker was there");
    EXPECT_EQ(log_words({{"what", "call_back_over"}, {"who", "ana"}, {"why", "what a newer server wrote"}}),
              "the call to its worker is over");
}

TEST(LogWords, SayWhyNobodyTookACallAndThatTheCallerHadSaidDanger) {
    EXPECT_EQ(log_words({{"what", "call_untaken"}, {"why", "late"}}),
              "nobody took the call: the caller was led to the message");
    EXPECT_EQ(log_words({{"what", "call_untaken"}, {"why", "asked"}}),
              "the caller wanted to leave a message");
    EXPECT_EQ(log_words({{"what", "call_untaken"}, {"why", "left"}, {"to", "P1"}}),
              "the caller hung up while they waited; they had said that they are in danger");
    EXPECT_EQ(log_words({{"what", "call_untaken"}, {"why", "conflict"}}),
              "nobody was left who may have this caller: they were led to the message");
    EXPECT_EQ(log_words({{"what", "call_passed_over"}, {"who", "ana"}, {"why", "conflict"}}),
              "ana was not rung: a conflict of interest keeps them away from this caller");
}

TEST(LogWords, OfANewerBuildStandUnderTheirNameAndSpoilNoScreen) {
    EXPECT_EQ(log_words({{"what", "shredded"}, {"who", "maria"}}), "shredded");
    EXPECT_EQ(log_words({{"what", "note_written"}, {"who", "ma\x1bria"}}), "maria wrote a note");
}

}  // namespace
}  // namespace rightsline::cli
