#include "gateway/providers/signing_key.hpp"

#include <gtest/gtest.h>

namespace rightsline::providers {
namespace {

TEST(SigningKeys, AgreeWithTheKnownExamples) {
    // RFC 2202 and RFC 4231, case 2.
    SigningKeys sha1(Digest::sha1);
    SigningKeys sha256(Digest::sha256);
    EXPECT_EQ(hex(sha1.mac("Jefe", "what do ya want for nothing?")),
              "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
    EXPECT_EQ(hex(sha256.mac("Jefe", "what do ya want for nothing?")),
              "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

TEST(SigningKeys, StayRightWhenUsedAgainAndBeyondTheirBound) {
    SigningKeys kept(Digest::sha1);
    for (int round = 0; round < 3; ++round) {
        for (int i = 0; i < 40; ++i) {
            const std::string token = "token " + std::to_string(i);
            SigningKeys fresh(Digest::sha1);
            ASSERT_EQ(kept.mac(token, "message"), fresh.mac(token, "message"));
        }
    }
}

TEST(SigningKeys, RefuseAnEmptyToken) {
    SigningKeys keys(Digest::sha1);
    EXPECT_THROW(keys.mac("", "message"), std::logic_error);
}

TEST(Encodings, AgreeWithTheKnownExamples) {
    EXPECT_EQ(base64(""), "");
    EXPECT_EQ(base64("f"), "Zg==");
    EXPECT_EQ(base64("foob"), "Zm9vYg==");
    EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
    EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_TRUE(same_in_constant_time("a", "a"));
    EXPECT_FALSE(same_in_constant_time("a", "b"));
    EXPECT_FALSE(same_in_constant_time("a", "aa"));
}

}  // namespace
}  // namespace rightsline::providers
