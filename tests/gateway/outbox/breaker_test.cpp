#include "gateway/outbox/breaker.hpp"

#include <gtest/gtest.h>

namespace rightsline::outbox {
namespace {

using namespace std::chrono_literals;

const Deadline start{};

void fail_five_times(Breaker& breaker, Deadline at) {
    for (int i = 0; i < 5; ++i) {
        breaker.failed(at);
    }
}

TEST(Breaker, LetsEverythingGoWhileNothingFails) {
    const Breaker breaker;
    EXPECT_EQ(breaker.allows(start, 64), 64U);
}

TEST(Breaker, OpensAfterFiveFailuresInTenSeconds) {
    Breaker breaker;
    for (int i = 0; i < 4; ++i) {
        breaker.failed(start + std::chrono::seconds(i));
    }
    EXPECT_EQ(breaker.allows(start + 4s, 64), 64U);
    breaker.failed(start + 4s);
    EXPECT_EQ(breaker.allows(start + 4s, 64), 0U);
    EXPECT_EQ(breaker.allows(start + 8s, 64), 0U);
    EXPECT_EQ(breaker.allows(start + 9s, 64), 1U) << "a provider that stumbled is asked again soon";
}

TEST(Breaker, ForgetsFailuresThatAreLongAgo) {
    Breaker breaker;
    for (int i = 0; i < 20; ++i) {
        breaker.failed(start + std::chrono::seconds(3 * i));
        EXPECT_GT(breaker.allows(start + std::chrono::seconds(3 * i), 64), 0U) << i;
    }
}

TEST(Breaker, ASuccessForgetsTheFailures) {
    Breaker breaker;
    for (int i = 0; i < 4; ++i) {
        breaker.failed(start);
    }
    breaker.succeeded();
    breaker.failed(start);
    EXPECT_EQ(breaker.allows(start, 64), 64U);
}

TEST(Breaker, TriesOneProbeAfterTheRest) {
    Breaker breaker;
    fail_five_times(breaker, start);
    EXPECT_EQ(breaker.allows(start + 31s, 64), 1U);
    breaker.begun();
    EXPECT_EQ(breaker.allows(start + 31s, 64), 0U);
    breaker.succeeded();
    EXPECT_EQ(breaker.allows(start + 31s, 64), 64U);
}

TEST(Breaker, AProbeThatFailsOpensItAgain) {
    Breaker breaker;
    fail_five_times(breaker, start);
    breaker.begun();
    breaker.failed(start + 31s);
    EXPECT_EQ(breaker.allows(start + 40s, 64), 0U);
    EXPECT_EQ(breaker.allows(start + 41s, 64), 1U);
}

TEST(Breaker, RestsTwiceAsLongAfterEachProbeThatFailsAndHalfAMinuteAtMost) {
    Breaker breaker;
    fail_five_times(breaker, start);
    Deadline at = start;
    for (const auto rest : {5s, 10s, 20s, 30s, 30s}) {
        EXPECT_EQ(breaker.allows(at + rest - 1ms, 64), 0U) << rest.count();
        at += rest;
        EXPECT_EQ(breaker.allows(at, 64), 1U) << rest.count();
        breaker.begun();
        breaker.failed(at);
    }
    breaker.hold_until(at);
    breaker.succeeded();
    fail_five_times(breaker, at + 1h);
    EXPECT_EQ(breaker.allows(at + 1h + 5s, 64), 1U) << "after a success it begins anew";
}

TEST(Breaker, AProbeThatWasNeverSentDoesNotKeepItShut) {
    Breaker breaker;
    fail_five_times(breaker, start);
    breaker.begun();
    breaker.withdrawn();
    EXPECT_EQ(breaker.allows(start + 31s, 64), 1U);
}

TEST(Breaker, WaitsAsLongAsItIsAsked) {
    Breaker breaker;
    breaker.hold_until(start + 5min);
    breaker.hold_until(start + 1min);
    EXPECT_EQ(breaker.allows(start + 4min, 64), 0U);
    EXPECT_EQ(breaker.allows(start + 5min, 64), 1U);
}

}  // namespace
}  // namespace rightsline::outbox
