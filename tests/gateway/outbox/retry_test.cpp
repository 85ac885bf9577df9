#include "gateway/outbox/retry.hpp"

#include <gtest/gtest.h>

namespace rightsline::outbox {
namespace {

using namespace std::chrono_literals;
using What = redis::Settlement::What;

Message message(Lane lane, int copies) {
    Message made{lane, *vault::PhoneNumber::parse("+15005550006"), "ab", Text{}, copies, {}};
    return made;
}

providers::Reason reason(providers::Again again) {
    return {21610, 400, "They said STOP.", "Nothing to do.", again, false};
}

TEST(Retry, WhatTheProviderHasIsDone) {
    const redis::Settlement made = after(providers::Accepted{"SM1", "queued"}, Lane::reply, 1, 0.5);
    EXPECT_EQ(made.what, What::done);
    EXPECT_EQ(made.note, "accepted SM1 queued");
}

TEST(Retry, BacksOffBetweenASecondAndFiveMinutes) {
    for (std::int64_t attempts = 1; attempts < 400; ++attempts) {
        EXPECT_GE(backoff(Lane::reply, attempts, 0.0), 1s) << attempts;
        EXPECT_LE(backoff(Lane::reply, attempts, 0.999999), 5min) << attempts;
    }
    EXPECT_LT(backoff(Lane::reply, 1, 0.99), 2s);
    EXPECT_GT(backoff(Lane::reply, 9, 0.99), 4min);
}

TEST(Retry, SpreadsWhatFailedTogether) {
    EXPECT_NE(backoff(Lane::reply, 5, 0.1), backoff(Lane::reply, 5, 0.9));
    EXPECT_EQ(backoff(Lane::reply, 5, 0.0), 1s);
}

TEST(Retry, KeepsTryingAnAlertCloselyWhileAProviderStumbles) {
    for (std::int64_t attempts = 1; attempts <= 12; ++attempts) {
        EXPECT_LE(backoff(Lane::alert, attempts, 0.999999), 10s) << attempts;
    }
    EXPECT_GT(backoff(Lane::alert, 13, 0.99), 4min);
}

TEST(Retry, WaitsAtLeastAsLongAsTheProviderAsks) {
    const redis::Settlement made =
        after(providers::Retry{reason(providers::Again::later), 120s, false}, Lane::reply, 1, 0.0);
    EXPECT_EQ(made.what, What::again);
    EXPECT_EQ(made.delay_ms, 120'000);
    EXPECT_FALSE(made.counts);
}

TEST(Retry, GivesAReplyUpWithAReasonAndAnAlertMuchLater) {
    const providers::Retry retry{reason(providers::Again::later), std::nullopt, true};
    EXPECT_EQ(after(retry, Lane::reply, most_attempts - 1, 0.5).what, What::again);
    const redis::Settlement given_up = after(retry, Lane::reply, most_attempts, 0.5);
    EXPECT_EQ(given_up.what, What::done);
    EXPECT_EQ(given_up.note, "given_up 21610/400 They said STOP.");
    EXPECT_EQ(after(retry, Lane::alert, most_attempts, 0.5).what, What::again);
    EXPECT_EQ(after(retry, Lane::alert, most_attempts_of_alert, 0.5).what, What::done);
}

TEST(Retry, WhatDoesNotCountIsNeverGivenUpForItsNumber) {
    const providers::Retry retry{reason(providers::Again::later), std::nullopt, false};
    EXPECT_EQ(after(retry, Lane::blast, 100'000, 0.5).what, What::again);
}

TEST(Retry, ARefusalIsFinalUnlessOneMoreTryIsWorthIt) {
    const providers::Rejected never{reason(providers::Again::never)};
    EXPECT_EQ(after(never, Lane::alert, 1, 0.5).what, What::done);
    const providers::Rejected once{reason(providers::Again::once)};
    EXPECT_EQ(after(once, Lane::reply, 1, 0.5).what, What::again);
    EXPECT_EQ(after(once, Lane::reply, 2, 0.5).what, What::done);
}

TEST(Retry, AStoppedAccountLosesNoMessage) {
    const redis::Settlement made =
        after(providers::AccountStopped{reason(providers::Again::later)}, Lane::blast, 1000, 0.5);
    EXPECT_EQ(made.what, What::again);
    EXPECT_FALSE(made.counts);
}

TEST(Retry, NobodyKnowsIsNeverSimplyAgain) {
    for (const Lane lane : {Lane::alert, Lane::reply, Lane::blast}) {
        EXPECT_EQ(after(providers::Unknown{reason(providers::Again::later)}, lane, 1, 0.5).what,
                  What::unknown);
    }
    EXPECT_EQ(after(providers::Unknown{}, Lane::reply, 1, 0.5).delay_ms, doubt_rest.count());
    EXPECT_EQ(after(providers::Unknown{}, Lane::alert, 1, 0.5).delay_ms, 0);
}

TEST(Retry, NotesFitTheirRecord) {
    EXPECT_LE(note_of(Outcome::rejected, std::string(1000, 'x')).size(), redis::lease_limits::note_bytes);
}

TEST(Doubt, AReceiptOrTheListProvesThatItWent) {
    const redis::Settlement by_receipt = resolve({true, "", false}, message(Lane::alert, 3), 1, 1, 0.5);
    EXPECT_EQ(by_receipt.what, What::done);
    EXPECT_EQ(by_receipt.note, "accepted by its receipt");
    EXPECT_EQ(resolve({false, "SM9", false}, message(Lane::reply, 0), 1, 1, 0.5).note, "accepted SM9");
}

TEST(Doubt, AnAlertGoesAgainAsOftenAsItMay) {
    EXPECT_EQ(resolve({}, message(Lane::alert, 3), 3, 1, 0.5).what, What::again);
    EXPECT_EQ(resolve({}, message(Lane::alert, 3), 4, 1, 0.5).what, What::done);
}

TEST(Doubt, AReplyAndABlastNeverGoAgainUnlessACopyIsAllowed) {
    EXPECT_EQ(resolve({}, message(Lane::reply, 0), 1, 1, 0.5).note, "unknown");
    EXPECT_EQ(resolve({}, message(Lane::blast, 0), 1, 1, 0.5).note, "unknown");
    EXPECT_EQ(resolve({}, message(Lane::reply, 1), 1, 1, 0.5).what, What::again);
    EXPECT_EQ(resolve({}, message(Lane::reply, 1), 2, 1, 0.5).what, What::done);
}

TEST(Doubt, ARestoredAlertIsLookedForAFewTimesBeforeItGoesAgain) {
    Evidence in_vain;
    in_vain.asked_in_vain = true;
    EXPECT_EQ(resolve(in_vain, message(Lane::alert, 3), 1, 1, 0.5).what, What::again) << "it may not wait";
    in_vain.restored = true;
    EXPECT_EQ(resolve(in_vain, message(Lane::alert, 3), 1, 1, 0.5).what, What::unknown);
    EXPECT_EQ(resolve(in_vain, message(Lane::alert, 3), 1, 3, 0.5).what, What::unknown);
    EXPECT_EQ(resolve(in_vain, message(Lane::alert, 3), 1, 4, 0.5).what, What::again) << "nor for long";
    in_vain.asked_in_vain = false;
    EXPECT_EQ(resolve(in_vain, message(Lane::alert, 3), 1, 1, 0.5).what, What::again)
        << "the list has it not";
}

TEST(Doubt, AListThatCannotBeReadIsAskedAgainButNotForEver) {
    EXPECT_EQ(resolve({false, "", true}, message(Lane::reply, 1), 1, 1, 0.5).what, What::unknown);
    EXPECT_EQ(resolve({false, "", true}, message(Lane::reply, 0), 1, 10, 0.5).what, What::done);
    EXPECT_EQ(resolve({false, "", true}, message(Lane::alert, 3), 1, 1, 0.5).what, What::again);
}

}  // namespace
}  // namespace rightsline::outbox
