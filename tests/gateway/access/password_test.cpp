#include "gateway/access/password.hpp"

#include <gtest/gtest.h>
#include <sodium.h>

namespace rightsline::access {
namespace {

using locales::PrivateText;

TEST(Password, TwelveCharactersWillDoWhateverTheyAre) {
    EXPECT_FALSE(weakness_of("aaaaaaaaaaaa"));
    EXPECT_FALSE(weakness_of("correct horse battery staple"));
    EXPECT_FALSE(weakness_of("ñandúñandúññ"));
    EXPECT_TRUE(weakness_of(""));
    EXPECT_TRUE(weakness_of("elevenchars"));
    EXPECT_TRUE(weakness_of("ñandúñandúñ")) << "eleven characters of fifteen bytes";
    EXPECT_TRUE(weakness_of(std::string(257, 'a')));
}

TEST(Password, OnlyTheSameOneIsRight) {
    const auto hash = hash_password(PrivateText("a long password"));
    ASSERT_TRUE(hash);
    EXPECT_TRUE(hash->starts_with("$argon2id$v=19$m=65536,t=3,p=1$")) << *hash;
    EXPECT_TRUE(is_right(*hash, PrivateText("a long password")));
    EXPECT_FALSE(is_right(*hash, PrivateText("a long passwore")));
    EXPECT_FALSE(is_right(*hash, PrivateText("")));
    EXPECT_FALSE(is_right("", PrivateText("")));
    EXPECT_FALSE(is_right(std::string(500, 'x'), PrivateText("a long password")));
    EXPECT_NE(*hash, *hash_password(PrivateText("a long password"))) << "without a salt";
}

TEST(Password, NobodysCostsWhatEverybodysCosts) {
    EXPECT_EQ(crypto_pwhash_str_needs_rehash(nobodys_hash().c_str(), 3, 64U << 20U), 0);
    EXPECT_FALSE(is_right(nobodys_hash(), PrivateText("")));
}

}  // namespace
}  // namespace rightsline::access
