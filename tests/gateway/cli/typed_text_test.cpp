// What people type or pipe in: text, and nothing else; and words that outlive a server that dies.
#include "gateway/cli/casework/typed_text.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "gateway/cli/casework/enter_command.hpp"
#include "tests/gateway/cli/scripted_terminal.hpp"

namespace rightsline::cli {
namespace {

using testing::HasSubstr;

TEST(TypedText, IsTextInAnyScript) {
    for (const char* good : {"", "Call the clinic.\n", "ligne\tune\r\n", "ሰላም \xEF\xBF\xBD", "مرحبا"}) {
        EXPECT_TRUE(is_text(good)) << good;
    }
    using namespace std::string_view_literals;
    for (const std::string_view bad :
         {"\xff\xfe"sv, "a\0b"sv, "\x1b[2J"sv, "caf\xe9"sv, "\xc2\x85"sv, "\x7f"sv}) {
        EXPECT_FALSE(is_text(bad));
    }
}

TEST(TypedText, WhatIsNoneIsRefusedAndThatIsSaid) {
    std::istringstream random(std::string("PK\x03\x04\x14\x00\xff", 7));
    testing::internal::CaptureStderr();
    EXPECT_FALSE(read_typed_text(random, ""));
    EXPECT_THAT(testing::internal::GetCapturedStderr(), HasSubstr("no text in UTF-8"));
    std::istringstream words("Call the clinic.\xE2\x80\xAE\n\n");
    EXPECT_EQ(read_typed_text(words, ""), "Call the clinic.");
}

TEST(EnterCommand, WhatWasTypedIsSentAgainWhenTheServerIsBack) {
    std::istringstream answers("\n\n");
    int sent = 0;
    testing::internal::CaptureStderr();
    const SentEntry done = send_until_answered(
        [&]() -> SentEntry {
            return ++sent < 3 ? SentEntry{std::nullopt, 69}
                              : SentEntry{boost::json::object{{"code", "1"}}, 0};
        },
        answers);
    const std::string said = testing::internal::GetCapturedStderr();
    EXPECT_EQ(sent, 3);
    EXPECT_TRUE(done.entered);
    EXPECT_THAT(said, HasSubstr("press Enter to send it again"));
}

TEST(EnterCommand, IsGivenUpByAWordOrAtTheEndOfInputAndSaysSo) {
    for (const char* typed : {"stop\n", ""}) {
        std::istringstream answers(typed);
        int sent = 0;
        testing::internal::CaptureStderr();
        const SentEntry done =
            send_until_answered([&] { return ++sent, SentEntry{std::nullopt, 69}; }, answers);
        EXPECT_THAT(testing::internal::GetCapturedStderr(), HasSubstr("what you wrote is gone"));
        EXPECT_EQ(sent, 1);
        EXPECT_EQ(done.code, 69);
    }
}

TEST(EnterCommand, WhatIsRefusedIsNotSentAgain) {
    std::istringstream answers("\n");
    int sent = 0;
    EXPECT_EQ(send_until_answered([&] { return ++sent, SentEntry{std::nullopt, 65}; }, answers).code, 65);
    EXPECT_EQ(sent, 1);
}

TEST(EnterCommand, WithoutATerminalNothingIsAsked) {
    NoTerminal none;
    std::istringstream in("words\n");
    testing::internal::CaptureStderr();
    EXPECT_EQ(case_enter({"/nowhere/api.sock", "", "en", ""}, in, none), 2);
    EXPECT_THAT(testing::internal::GetCapturedStderr(), HasSubstr("nothing was asked"));
}

}  // namespace
}  // namespace rightsline::cli
