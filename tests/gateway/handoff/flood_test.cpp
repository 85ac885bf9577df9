#include "gateway/handoff/flood.hpp"

#include <gtest/gtest.h>

namespace rightsline::handoff {
namespace {

using namespace std::chrono_literals;

const ops::UtcMs start{std::chrono::hours(500'000)};

std::string id(int number) { return "caller" + std::to_string(number); }

/// Callers of the network's ordinary noise: each from another block.
SilentCall stray(int number) { return {id(number), "block" + std::to_string(number)}; }

TEST(Flood, FiveNumbersSideBySideThatSayNothingAreASignAndTheirBlockIsAsked) {
    Flood flood;
    for (int i = 0; i < 4; ++i) {
        EXPECT_EQ(note(flood, {id(i), "block"}, start + i * 1min), Sign::none) << i;
        EXPECT_EQ(note(flood, {id(i), "block"}, start + i * 1min), Sign::none) << "the same number again";
    }
    EXPECT_FALSE(asks_for_key(flood, "block", start + 4min));
    EXPECT_EQ(note(flood, {id(4), "block"}, start + 4min), Sign::side_by_side);
    EXPECT_TRUE(asks_for_key(flood, "block", start + 5min));
    EXPECT_FALSE(asks_for_key(flood, "another", start + 5min)) << "a real caller is not asked";
    EXPECT_FALSE(asks_for_key(flood, "", start + 5min));
    EXPECT_EQ(note(flood, {id(5), "block"}, start + 6min), Sign::none) << "told once";
    EXPECT_TRUE(asks_for_key(flood, "block", start + 65min));
    EXPECT_FALSE(asks_for_key(flood, "block", start + 67min)) << "an hour after the last";
}

TEST(Flood, FiveNumbersInALongTimeAreNone) {
    Flood flood;
    for (int i = 0; i < 20; ++i) {
        EXPECT_EQ(note(flood, {id(i), "block"}, start + i * 3min), Sign::none) << i;
    }
    EXPECT_FALSE(asks_for_key(flood, "block", start + 60min));
}

TEST(Flood, ThirtySilentCallsInTenMinutesHaveEverybodyAsked) {
    Flood flood;
    for (int i = 0; i < 29; ++i) {
        EXPECT_EQ(note(flood, stray(i), start + i * 10s), Sign::none) << i;
    }
    EXPECT_EQ(note(flood, stray(29), start + 290s), Sign::silence);
    EXPECT_TRUE(asks_for_key(flood, "anybody", start + 291s));
    EXPECT_TRUE(asks_for_key(flood, "", start + 291s));
    EXPECT_EQ(note(flood, stray(30), start + 300s), Sign::none) << "told once";
    EXPECT_FALSE(asks_for_key(flood, "anybody", start + 16min)) << "and it is over by itself";
    Flood slow;
    for (int i = 0; i < 200; ++i) {
        EXPECT_EQ(note(slow, stray(i), start + i * 30s), Sign::none) << "a busy line's wrong numbers";
    }
}

TEST(Flood, TenLinesThatWePayForHeldOpenInSilenceAreASign) {
    Flood flood;
    for (int i = 0; i < 9; ++i) {
        SilentCall call = stray(i);
        call.held = true;
        EXPECT_EQ(note(flood, call, start + i * 40s), Sign::none);
    }
    SilentCall tenth = stray(9);
    tenth.held = true;
    EXPECT_EQ(note(flood, tenth, start + 400s), Sign::held_open);
    EXPECT_TRUE(asks_for_key(flood, "anybody", start + 401s));
}

TEST(Flood, ARushHasEverybodyAskedForAWhile) {
    Flood flood;
    note_rush(flood, start);
    EXPECT_TRUE(asks_for_key(flood, "anybody", start + 9min));
    EXPECT_FALSE(asks_for_key(flood, "anybody", start + 10min));
}

TEST(Flood, WhatIsRememberedIsBoundedAndTheOldestGoesFirst) {
    Flood flood;
    for (int i = 0; i < 5; ++i) {
        note(flood, {id(i), "kept"}, start);
    }
    for (int i = 0; i < 10'000; ++i) {
        note(flood, stray(i), start + i * 1ms);
        if (i % 50 == 0) {
            note(flood, {id(i), "kept"}, start + i * 1ms);
        }
    }
    EXPECT_LE(flood.blocks.size(), flood_limits::blocks);
    EXPECT_LE(flood.minutes.size(), 10U);
    EXPECT_LT(to_bytes(flood).size(), 12'000U);
    flood.asked_until = {};
    EXPECT_TRUE(asks_for_key(flood, "kept", start + 1min))
        << "a block that goes on is not pushed out by others";
}

TEST(Flood, AClockThatWentBackHoldsNothingForEver) {
    Flood flood;
    for (int i = 0; i < 29; ++i) {
        note(flood, stray(i), start + 24h);
    }
    EXPECT_EQ(note(flood, stray(30), start), Sign::none);
    EXPECT_EQ(flood.minutes.size(), 1U);
}

TEST(FloodBytes, ComeBackAsTheyWereAndWhatIsNoneIsEmpty) {
    Flood flood;
    for (int i = 0; i < 7; ++i) {
        note(flood, {id(i), "a-block-with-a-long-id"}, start + i * 1min);
    }
    note_rush(flood, start);
    EXPECT_EQ(to_bytes(parse_flood(to_bytes(flood))), to_bytes(flood));
    EXPECT_EQ(flood.blocks.front().id.size(), 12U) << "ids are cut short";
    for (const char* bytes : {"", "[]", "{\"blocks\": 3}", "{\"minutes\": [[1]], \"blocks\": [7]}", "\xff"}) {
        const Flood read = parse_flood(bytes);
        EXPECT_TRUE(read.minutes.empty()) << bytes;
        EXPECT_FALSE(asks_for_key(read, "anybody", start)) << bytes;
    }
}

}  // namespace
}  // namespace rightsline::handoff
