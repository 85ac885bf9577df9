#include "flows/conversation.hpp"

#include <gtest/gtest.h>

#include "flows/error.hpp"
#include "flows/limits.hpp"
#include "tests/flows/pack_builder.hpp"
#include "tests/flows/phone.hpp"

namespace rightsline::flows {
namespace {

Conversation full() {
    Conversation c;
    c.pack.fill(0xab);
    c.mode = Mode::voice;
    c.language = 2;
    c.language_chosen = true;
    c.block = 300;
    c.phase = Phase::tone;
    c.attempt = 2;
    c.page = 1;
    c.turn = 70000;
    c.stack = {1, 300};
    c.history = {4, 5, 6};
    c.said = {7};
    c.answers = {{1, 0}, {2, -5}, {300, 1LL << 40}};
    c.urgency = Urgency::p1;
    c.files = true;
    c.filed = true;
    c.code_said = true;
    c.warned = true;
    c.parts = 3;
    c.story_messages = 2;
    c.draft.fill(9);
    c.mailbox.fill(8);
    c.question = 301;
    c.circle = "assault-circle";
    c.pending = std::string("a\0b", 3);
    c.values = "v";
    c.touched = Instant{std::chrono::hours{490000}};
    c.expires = c.touched + std::chrono::hours{1};
    c.begun = c.touched - std::chrono::minutes{26};
    c.of_time = Conversation::OfTime::warning;
    return c;
}

TEST(Conversation, EveryFieldComesBack) {
    const auto back = unpack(pack(full()));
    ASSERT_TRUE(back);
    EXPECT_EQ(*back, full());
    EXPECT_EQ(*unpack(pack(Conversation{})), Conversation{});
}

TEST(Conversation, EveryTruncationIsRefused) {
    const std::string whole = pack(full());
    for (std::size_t size = 0; size < whole.size(); ++size) {
        const auto back = unpack(std::string_view(whole).substr(0, size));
        ASSERT_FALSE(back) << size;
        EXPECT_EQ(back.error(), errc::bad_conversation);
    }
    EXPECT_FALSE(unpack(whole + "x"));
}

TEST(Conversation, ANewerSchemaIsRefused) {
    std::string bytes = pack(full());
    bytes[0] = 2;
    EXPECT_FALSE(unpack(bytes));
}

TEST(Conversation, WhatIsAcceptedHasOneSpelling) {
    std::string bytes = pack(full());
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        for (int value = 0; value < 256; value += 3) {
            std::string changed = bytes;
            changed[i] = static_cast<char>(value);
            if (const auto back = unpack(changed)) {
                EXPECT_EQ(pack(*back), changed) << i << ' ' << value;
            }
        }
    }
}

TEST(Conversation, AWorkerInAMenuTakesAtMostTheBudget) {
    testing::Phone phone(testing::hotline().build(), Mode::voice);
    phone.call().press("1").press("2").press("2").press("2").record(12);
    EXPECT_TRUE(phone.heard("hotline.keep.menu"));
    EXPECT_LE(pack(phone.conversation).size(), limits::packed_bytes);
}

}  // namespace
}  // namespace rightsline::flows
