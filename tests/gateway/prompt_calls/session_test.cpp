#include "gateway/prompt_calls/session.hpp"

#include <gtest/gtest.h>

namespace rightsline::prompt_calls {
namespace {

Session some() {
    Session one;
    one.state = State::choosing;
    one.since = ops::UtcMs(std::chrono::milliseconds(1'700'000'000'123));
    one.until = one.since + std::chrono::hours(1);
    one.code = "c0de";
    one.language = "st";
    one.spoken = "en";
    one.by = "Mpho";
    one.line = "+15005550006";
    one.lines = {"hotline.main.0", "hotline.main.1"};
    one.at = 1;
    one.page = 7;
    one.silences = 1;
    one.kept = 1;
    one.call = "CA1";
    one.called_at = one.since;
    one.words = 0xfedcba9876543210U;
    one.sound = {"job", "hash", std::chrono::milliseconds(900), "too quiet", true};
    return one;
}

TEST(PromptCallSession, IsTheSameAfterItWasKept) {
    const Result<Session> again = parse_session(to_bytes(some()));
    ASSERT_TRUE(again);
    EXPECT_EQ(to_bytes(*again), to_bytes(some()));
    EXPECT_EQ(again->state, State::choosing);
    EXPECT_EQ(again->words, some().words);
    EXPECT_EQ(again->sound.warnings, "too quiet");
    EXPECT_TRUE(again->sound.failed);
}

TEST(PromptCallSession, WhatIsNoSessionIsDamaged) {
    for (const char* bytes : {"", "[]", "{}", R"({"state": 0})", R"({"state": 1, "lines": [], "at": 0})",
                              R"({"state": 1, "lines": ["a.0"], "at": 1})"}) {
        EXPECT_FALSE(parse_session(bytes)) << bytes;
    }
}

TEST(PromptCallSession, ItsCallIsNamedSoThatNoOtherDeskTakesIt) {
    const std::string id(32, 'f');
    EXPECT_EQ(parse_message_id(message_id(id)), id);
    EXPECT_EQ(parse_message_id("m" + id), "");
    EXPECT_EQ(parse_message_id(message_id(id) + "-p"), "");
    EXPECT_EQ(parse_message_id(""), "");
}

}  // namespace
}  // namespace rightsline::prompt_calls
