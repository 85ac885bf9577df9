#include <gtest/gtest.h>

#include "redis/client.hpp"
#include "redis/error.hpp"

namespace rightsline::redis {
namespace {

TEST(ParseUrl, UnixPathWithUser) {
    const auto address = parse_url("unix:///run/my%20redis/s.sock?user=caller&password=p%40ss%2Fword&db=3");
    ASSERT_TRUE(address);
    EXPECT_EQ(address->unix_path, "/run/my redis/s.sock");
    EXPECT_EQ(address->user, "caller");
    EXPECT_EQ(address->password, "p@ss/word");
    EXPECT_EQ(address->database, 3);
}

TEST(ParseUrl, TcpWithEverything) {
    const auto address = parse_url("redis://ann:s%3Acret@redis.internal:7000/2");
    ASSERT_TRUE(address);
    EXPECT_EQ(address->unix_path, "");
    EXPECT_EQ(address->host, "redis.internal");
    EXPECT_EQ(address->port, 7000);
    EXPECT_EQ(address->user, "ann");
    EXPECT_EQ(address->password, "s:cret");
    EXPECT_EQ(address->database, 2);
}

TEST(ParseUrl, TcpDefaults) {
    const auto address = parse_url("redis://127.0.0.1");
    ASSERT_TRUE(address);
    EXPECT_EQ(address->host, "127.0.0.1");
    EXPECT_EQ(address->port, 6379);
    EXPECT_EQ(address->user, "");
    EXPECT_EQ(address->database, 0);
}

TEST(ParseUrl, PasswordWithoutUserAndIpv6) {
    const auto address = parse_url("redis://:secret@[::1]:6380/");
    ASSERT_TRUE(address);
    EXPECT_EQ(address->host, "::1");
    EXPECT_EQ(address->user, "");
    EXPECT_EQ(address->password, "secret");
}

class ParseUrlRefuses : public testing::TestWithParam<const char*> {};

TEST_P(ParseUrlRefuses, WithBadUrl) {
    const auto address = parse_url(GetParam());
    ASSERT_FALSE(address);
    EXPECT_EQ(address.error(), errc::bad_url);
}

INSTANTIATE_TEST_SUITE_P(
    Table, ParseUrlRefuses,
    testing::Values(
        "", "redis", "/run/redis.sock", "http://localhost", "rediss://localhost", "redis://", "unix://",
        "unix:///", "unix://host/path", "unix:///a%00b", "redis://h:0", "redis://h:65536", "redis://h/x",
        "redis://h/-1", "redis://h/1/2", "redis://h?timeout=3", "unix:///s?usr=x", "redis://h#frag",
        "redis://h /", "unix:///s?db=x",
        "unix:///0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567"
        "89012345678901234567"));

}  // namespace
}  // namespace rightsline::redis
