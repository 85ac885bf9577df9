#include "gateway/http/url.hpp"

#include <gtest/gtest.h>

#include "gateway/http/error.hpp"

namespace rightsline::http {
namespace {

TEST(Url, GivesHostPortAndTarget) {
    const auto to = parse_url("https://api.example.org/2010/a.json?b=c%20d");
    ASSERT_TRUE(to);
    EXPECT_TRUE(to->tls);
    EXPECT_EQ(to->host, "api.example.org");
    EXPECT_EQ(to->host_field, "api.example.org");
    EXPECT_EQ(to->port, 443);
    EXPECT_EQ(to->target, "/2010/a.json?b=c%20d");
}

TEST(Url, KnowsOtherPortsAndPlain) {
    const auto to = parse_url("http://127.0.0.1:8080");
    ASSERT_TRUE(to);
    EXPECT_FALSE(to->tls);
    EXPECT_EQ(to->host_field, "127.0.0.1:8080");
    EXPECT_EQ(to->target, "/");
    const auto v6 = parse_url("https://[::1]:8443?x");
    ASSERT_TRUE(v6);
    EXPECT_EQ(v6->host, "::1");
    EXPECT_EQ(v6->host_field, "[::1]:8443");
    EXPECT_EQ(v6->target, "/?x");
}

TEST(Url, RefusesWhatCouldMislead) {
    for (const char* bad : {"", "api.example.org", "ftp://a/", "https:///x", "https://u:p@a/", "https://a/#b",
                            "https://a:0/", "https://a b/", "https://a/\r\nX: y", "https://a:99999/"}) {
        const auto to = parse_url(bad);
        ASSERT_TRUE(to.has_error()) << bad;
        EXPECT_EQ(to.error(), errc::bad_url);
    }
}

}  // namespace
}  // namespace rightsline::http
