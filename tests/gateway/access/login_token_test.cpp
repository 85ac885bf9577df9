#include "gateway/access/login_token.hpp"

#include <gtest/gtest.h>

namespace rightsline::access {
namespace {

using How = Presented::How;

const std::string token = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";  // 0, 1, … 31

Presented of(http::Headers headers) {
    http::Request request;
    request.headers = std::move(headers);
    return presented(request);
}
How how(http::Headers headers) { return of(std::move(headers)).how; }
std::string ours(const std::string& value) { return "__Host-rightsline=" + value; }

TEST(LoginToken, Is256BitsInOneWayToWriteThem) {
    ASSERT_TRUE(LoginToken::parse(token));
    EXPECT_EQ(LoginToken::parse(token)->reveal(), token);
    EXPECT_NE(LoginToken::fresh().reveal(), LoginToken::fresh().reveal());
    EXPECT_TRUE(LoginToken::parse(LoginToken::fresh().reveal()));
    std::string last = token;
    last.back() = '9';  // the same 256 bits and two that are not zero
    for (const std::string& other : {std::string(), token.substr(1), token + "A", token + "=", last,
                                     "+" + token.substr(1), " " + token.substr(1), token.substr(1) + "\n"}) {
        EXPECT_FALSE(LoginToken::parse(other)) << other;
    }
}

TEST(LoginToken, ItsHashAndItsGuardAreNeitherItNorEachOther) {
    const LoginToken one = *LoginToken::parse(token);
    EXPECT_EQ(one.hash().size(), 64U);
    EXPECT_EQ(one.guard().size(), 64U);
    EXPECT_NE(one.hash(), one.guard());
    EXPECT_EQ(one.hash(), LoginToken::parse(token)->hash());
    EXPECT_NE(one.guard(), LoginToken::fresh().guard());
}

TEST(Presented, IsACookieOrABearerAndNeverBoth) {
    EXPECT_EQ(how({}), How::nothing);
    EXPECT_EQ(how({{"Cookie", ours(token)}}), How::cookie);
    EXPECT_EQ(how({{"cookie", "a=b; " + ours(token) + "; c="}}), How::cookie);
    EXPECT_EQ(of({{"Cookie", ours(token)}}).token->reveal(), token);
    EXPECT_EQ(how({{"Authorization", "Bearer " + token}}), How::bearer);
    EXPECT_EQ(how({{"Authorization", "Bearer " + token}, {"Cookie", "a=b"}}), How::bearer);
    EXPECT_EQ(how({{"Authorization", "Bearer " + token}, {"Cookie", ours(token)}}), How::malformed);
}

TEST(Presented, NothingOfOursIsNothing) {
    EXPECT_EQ(how({{"Cookie", "a=b"}}), How::nothing);
    EXPECT_EQ(how({{"Cookie", "rightsline=" + token}}), How::nothing);
    EXPECT_EQ(how({{"Cookie", "__host-rightsline=" + token}}), How::nothing)
        << "names of cookies have a case";
}

TEST(Presented, WhatIsNotTheGrammarIsRefusedWhole) {
    for (const std::string& cookie :
         {std::string(), ours(""), ours(token.substr(1)), ours("\"" + token + "\""), ours(token) + ";",
          ours(token) + "; ", ours(token) + ";a=b", ours(token) + ",a=b", ours(token) + "; " + ours(token),
          ours(token) + " ", "a; " + ours(token), "=b; " + ours(token), ours(token) + "; a=\x01",
          ours(token) + "; a=\xc3\xb1"}) {
        EXPECT_EQ(how({{"Cookie", cookie}}), How::malformed) << cookie;
    }
    EXPECT_EQ(how({{"Cookie", ours(token)}, {"Cookie", "a=b"}}), How::malformed);
    for (const std::string& header :
         {std::string(), std::string("Bearer"), "bearer " + token, "Bearer  " + token, "Basic " + token,
          "Bearer " + token + " ", "Bearer " + token.substr(1), token}) {
        EXPECT_EQ(how({{"Authorization", header}}), How::malformed) << header;
    }
    EXPECT_EQ(how({{"Authorization", "Bearer " + token}, {"Authorization", "Bearer " + token}}),
              How::malformed);
}

}  // namespace
}  // namespace rightsline::access
