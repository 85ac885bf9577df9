// What does not come home: put aside with a reason, counted for the operator, and never in the way of the others.
#include <gtest/gtest.h>

#include "tests/gateway/conversations/desk.hpp"

namespace rightsline::conversations {
namespace {

class DeskWithTrouble : public Desk {
 protected:
    void try_often(int status, int times) {
        for (int i = 0; i < times; ++i) {
            outside.replies = {{status}};
            work();
            clock.advance(std::chrono::minutes(6));
        }
    }
    std::string reason() { return text({"HGET", keys.recordings_aside(), "0a0b"}); }
    /// Recordings of one conversation named 0a, 0b … from `first` on.
    void adopt_named(char first, int count) {
        for (int i = 0; i < count; ++i) {
            RecordingJob one = job();
            one.id = std::string("0") + static_cast<char>(first + i);
            adopt(one);
        }
    }
};

TEST_F(DeskWithTrouble, WhatTheProviderRefusesIsPutAsideWithinTwoHoursAndFoundWhenItIsMended) {
    adopt(job());
    try_often(401, 19);
    EXPECT_EQ(number({"HLEN", keys.recordings_aside()}), 0);
    try_often(401, 1);
    EXPECT_NE(reason().find("auth_tokens"), std::string::npos) << reason();
    EXPECT_EQ(pending(), "1") << "nobody says that it is saved";
    clock.advance(std::chrono::hours(1));
    outside.replies = {{200, sound("after the token was mended")}, {204}};
    work();
    EXPECT_EQ(opened(), sound("after the token was mended"));
    EXPECT_EQ(number({"HLEN", keys.recordings_aside()}), 0);
}

TEST_F(DeskWithTrouble, AProviderThatFailsForADayIsPutAsideToo) {
    adopt(job());
    try_often(503, 299);
    EXPECT_EQ(number({"HLEN", keys.recordings_aside()}), 0);
    try_often(503, 1);
    EXPECT_NE(reason().find("a day of tries"), std::string::npos) << reason();
}

TEST_F(DeskWithTrouble, AForeignAddressIsNeverAskedAndSoonPutAside) {
    RecordingJob foreign = job();
    foreign.remote.url = "https://elsewhere.example/RE1";
    adopt(foreign);
    try_often(200, 3);
    EXPECT_TRUE(outside.asked.empty());
    EXPECT_NE(reason().find("address"), std::string::npos) << reason();
}

TEST_F(DeskWithTrouble, ThePutAsideStandsInTheAuditOnce) {
    adopt(job());
    try_often(403, 20);
    const std::int64_t once = number({"XLEN", keys.audit()});
    for (int i = 0; i < 3; ++i) {
        clock.advance(std::chrono::hours(1));
        try_often(403, 1);
    }
    EXPECT_EQ(number({"XLEN", keys.audit()}), once);
    EXPECT_EQ(reason().find("refused: "), 0U) << reason();
    auto entries = audit::read_entries(ask({"XRANGE", keys.audit(), "-", "+"}));
    ASSERT_TRUE(entries);
    EXPECT_EQ(entries->back().field("what"), "recording_put_aside");
    EXPECT_EQ(entries->back().field("why"), "refused") << "a word that every reader has a sentence for";
}

TEST_F(DeskWithTrouble, GaugesShowWhatWaitsAndWhatWasPutAside) {
    adopt_named('a', 2);
    adopt(job());
    try_often(403, 20);
    outside.replies = {};
    tests::run(io, desk->measure({"fair-food"}));
    EXPECT_NE(metrics.render().find("rightsline_recordings_waiting 3"), std::string::npos);
    EXPECT_NE(metrics.render().find("rightsline_recordings_aside 1"), std::string::npos);
}

// Nine recordings whose bytes only drip, tried again all at once: four places stay for what comes in fresh.
TEST_F(DeskWithTrouble, EndlessOnesLeavePlacesToFreshOnes) {
    adopt_named('a', 9);
    outside.fails = redis::make_error_code(redis::errc::not_sent);
    work();
    work();
    outside.fails = {};
    clock.advance(std::chrono::minutes(1));
    Gate drip(io);
    int dripping = 0;
    outside.meanwhile = [&]() -> Awaitable<void> {
        ++dripping;
        co_await drip.pass();
    };
    outside.replies.assign(32, {200, sound("voice")});
    tests::run(io, desk->work("fair-food"));
    tests::run_until(io, [&] { return dripping == 4; });
    outside.meanwhile = nullptr;
    RecordingJob fresh = job();
    fresh.conversation = "c2";
    adopt(fresh);
    tests::run(io, desk->work("fair-food"));
    tests::run_until(io, [&] { return text({"GET", keys.pending_recordings("c2")}) == "0"; });
    EXPECT_EQ(dripping, 4);
    EXPECT_FALSE(desk->idle());
    drip.open();
    tests::run_until(io, [this] { return desk->idle(); });
}

TEST_F(DeskWithTrouble, TheFirstTryHoldsItsPlaceForFifteenSecondsAndALaterOneForAMinute) {
    adopt(job());
    try_often(503, 2);
    ASSERT_EQ(outside.patience.size(), 2U);
    EXPECT_EQ(outside.patience[0], std::chrono::seconds(15));
    EXPECT_EQ(outside.patience[1], std::chrono::seconds(60));
}

}  // namespace
}  // namespace rightsline::conversations
