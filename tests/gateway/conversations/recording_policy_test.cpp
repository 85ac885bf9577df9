#include "gateway/conversations/recording_policy.hpp"

#include <gtest/gtest.h>

#include "gateway/conversations/error.hpp"
#include "gateway/http/error.hpp"

namespace rightsline::conversations {
namespace {

using namespace std::chrono_literals;

TEST(RecordingPolicy, DoublesThePauseUpToFiveMinutes) {
    EXPECT_EQ(backoff(1), 1s);
    EXPECT_EQ(backoff(2), 2s);
    EXPECT_EQ(backoff(9), 256s);
    EXPECT_EQ(backoff(10), 300s);
    EXPECT_EQ(backoff(1'000'000), 300s);
}

TEST(RecordingPolicy, EveryKindOfFailureIsPutAsideInTheEndWithWordsForAPerson) {
    struct Case {
        boost::system::error_code error;
        int tries;
        const char* words;
        std::chrono::seconds rest;
        const char* word;
    };
    const Case cases[] = {
        {http::make_error_code(http::errc::answer_too_large), 3, "larger than 8 MiB", 24h, "too_long"},
        {make_error_code(errc::foreign), 3, "account_sid and api_base", 1h, "elsewhere"},
        {make_error_code(errc::gone), 20, "no longer has it", 24h, "never_arrived"},
        {make_error_code(errc::no_sound), 20, "no recording", 24h, "empty"},
        {make_error_code(errc::cut_short), 20, "less of it", 24h, "cut_short"},
        {make_error_code(errc::refused), 20, "auth_tokens", 1h, "refused"},
        {make_error_code(errc::no_program), 20, "no longer in the configuration", 1h, "no_account"},
        {make_error_code(errc::unavailable), 300, "a day of tries", 1h, "failing"},
        {make_error_code(errc::disk), 300, "a day of tries", 1h, "failing"},
        {http::make_error_code(http::errc::bad_answer), 300, "a day of tries", 1h, "failing"},
    };
    for (const Case& one : cases) {
        EXPECT_FALSE(put_aside_after(one.error, one.tries - 1, false)) << one.error;
        const std::optional<Aside> aside = put_aside_after(one.error, one.tries, false);
        ASSERT_TRUE(aside) << one.error;
        EXPECT_NE(aside->reason.find(one.words), std::string_view::npos) << aside->reason;
        EXPECT_EQ(aside->rest, one.rest) << one.error;
        EXPECT_EQ(aside->word, one.word) << one.error;
        EXPECT_EQ(to_line(*aside).find(std::string(one.word) + ": "), 0U);
    }
}

TEST(RecordingPolicy, WhatIsHeldIsNotCalledLost) {
    const std::optional<Aside> aside = put_aside_after(make_error_code(errc::refused), 20, true);
    ASSERT_TRUE(aside);
    EXPECT_NE(aside->reason.find("safe here"), std::string_view::npos);
    EXPECT_EQ(aside->word, "copy_left");
}

}  // namespace
}  // namespace rightsline::conversations
