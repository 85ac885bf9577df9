#include "gateway/vault/typed_secret.hpp"

#include <gtest/gtest.h>

#include <type_traits>

namespace rightsline::vault {
namespace {

static_assert(!std::is_copy_constructible_v<TypedSecret> && !std::is_copy_assignable_v<TypedSecret>);

std::string weak(std::string_view text, std::string_view name = "maria") {
    return weakness_of(TypedSecret(text), name).value_or("");
}

TEST(TypedSecrets, HoldWhatWasTypedAndNoMore) {
    TypedSecret secret;
    for (std::size_t i = 0; i < TypedSecret::most; ++i) {
        ASSERT_TRUE(secret.push('x'));
    }
    EXPECT_FALSE(secret.push('x'));
    EXPECT_EQ(secret.view(), std::string(TypedSecret::most, 'x'));
    EXPECT_TRUE(TypedSecret("abc").same_as(TypedSecret("abc")));
    EXPECT_FALSE(TypedSecret("abc").same_as(TypedSecret("abcd")));
    EXPECT_FALSE(TypedSecret("abc").same_as(TypedSecret("abd")));
}

TEST(Passphrases, OfSomeWordsWillDo) {
    for (const char* good :
         {"four goats under a blue tarpaulin", "cinco cabras bajo la lona azul",
          "senk kabrit anba yon twal ble", "vT9#kq2Lw!8xRz4m", "пять коз под синим тентом"}) {
        EXPECT_EQ(weak(good), "") << good;
    }
}

TEST(Passphrases, ThatAreEasyToGuessAreRefusedWithTheReason) {
    const std::vector<std::pair<std::string, std::string>> cases{
        {"", "too short"},
        {"fifteen letters", "too short"},
        {"ññññññññññññ", "too short"},  // 24 bytes, twelve characters
        {"aaaaaaaaaaaaaaaaaaaa", "repeated"},
        {"winter24winter24", "repeated"},
        {"1234567890123456789", "in a row"},
        {"abcdefghijklmnopqrstuvwxyz", "in a row"},
        {"qwertyuiopasdfghjkl", "in a row"},
        {"aaaaaaaabbbbbbbbcccccccc", "in a row"},
        {"correct horse battery staple", "knows this one"},
        {"Password password", "knows this one"},
        {"maria goes to sea", "Without your name"},
        {"four goats\x1b[D under a tarp", "no character"}};
    for (const auto& [text, reason] : cases) {
        EXPECT_NE(weak(text).find(reason), std::string::npos) << text << ": " << weak(text);
    }
}

TEST(Passphrases, AreNotRepeatedInTheReason) {
    EXPECT_EQ(weak("secretword").find("secretword"), std::string::npos);
}

}  // namespace
}  // namespace rightsline::vault
