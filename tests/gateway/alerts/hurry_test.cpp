#include "gateway/alerts/hurry.hpp"

#include <gtest/gtest.h>

namespace rightsline::alerts {
namespace {

using namespace std::chrono_literals;
using flows::Urgency;

constexpr ops::UtcMs noon{std::chrono::hours(12)};

Alert alert(Urgency urgency, std::vector<Told> told = {}) {
    Alert made;
    made.urgency = urgency;
    made.raised = noon;
    made.told = std::move(told);
    return made;
}

TEST(Hurry, DangerThatNobodyKnowsOfIsBeforeEverything) {
    const int first = rank_of(alert(Urgency::p1), "maria");
    const Alert known = alert(Urgency::p1, {{"maria", "sms", "a1-1", noon}});
    EXPECT_LT(first, rank_of(known, "jean"));
    EXPECT_LT(first, rank_of(alert(Urgency::p2), "maria"));
}

TEST(Hurry, TheLessUrgentComesAfterTheMoreUrgent) {
    const Alert known = alert(Urgency::p1, {{"maria", "sms", "a1-1", noon}});
    EXPECT_LT(rank_of(known, "jean"), rank_of(alert(Urgency::p2), "maria"));
    EXPECT_LT(rank_of(alert(Urgency::p2), "maria"), rank_of(alert(Urgency::p3), "maria"));
}

TEST(Hurry, WhoIsToldAgainWaitsForAllWhoAreToldForTheFirstTime) {
    const Alert known = alert(Urgency::p1, {{"maria", "call", "a1-1", noon + 1min}});
    EXPECT_LT(rank_of(alert(Urgency::p3), "jean"), rank_of(known, "maria"));
    EXPECT_LT(rank_of(known, "maria"), rank_of_operators());
}

TEST(Hurry, AnEMailAndAWebhookWakeNobody) {
    const Alert mailed = alert(Urgency::p1, {{"maria", "email", "n1", noon}, {"", "webhook", "n2", noon}});
    EXPECT_EQ(rank_of(mailed, "maria"), rank_of(alert(Urgency::p1), "maria"));
}

TEST(Hurry, AReportThatBecomesDangerIsNewToWhoeverKnewItBefore) {
    const Alert risen = alert(Urgency::p1, {{"maria", "sms", "a1-1", noon - 1h}});
    EXPECT_EQ(rank_of(risen, "maria"), rank_of(alert(Urgency::p1), "maria"));
}

}  // namespace
}  // namespace rightsline::alerts
