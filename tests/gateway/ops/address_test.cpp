#include "gateway/ops/address.hpp"

#include <gtest/gtest.h>

#include "gateway/ops/error.hpp"

namespace rightsline::ops {
namespace {

TEST(Address, ReadsEveryForm) {
    EXPECT_EQ(parse_address("127.0.0.1:8080")->port, 8080);
    EXPECT_EQ(parse_address("0.0.0.0:0")->host, "0.0.0.0");
    EXPECT_EQ(parse_address("[::1]:443")->host, "::1");
    EXPECT_EQ(parse_address("unix:/run/a.sock")->unix_path, "/run/a.sock");
}

TEST(Address, RefusesTheRest) {
    for (const char* bad :
         {"", "8080", "localhost:80", "::1:80", "[127.0.0.1]:80", "127.0.0.1:", "127.0.0.1:65536",
          "127.0.0.1:8o", "127.0.0.1:-1", "unix:", "unix:relative", "1.2.3:80"}) {
        const auto address = parse_address(bad);
        ASSERT_TRUE(address.has_error()) << bad;
        EXPECT_EQ(address.error(), errc::bad_address);
    }
    EXPECT_TRUE(parse_address("unix:/" + std::string(200, 'a')).has_error());
    EXPECT_TRUE(parse_address("unix:/").has_error()) << "a folder";
}

TEST(Address, IsPublicWhereOthersReachIt) {
    for (const char* open : {"0.0.0.0:9090", "[::]:9090", "203.0.113.7:9090", "[2001:db8::1]:80",
                             "172.32.0.1:80", "192.169.0.1:80", "100.128.0.1:80"}) {
        EXPECT_TRUE(is_public(parse_address(open).value())) << open;
    }
    for (const char* own :
         {"127.0.0.1:80", "127.9.9.9:80", "[::1]:80", "10.1.2.3:80", "172.16.0.1:80", "192.168.1.1:80",
          "169.254.1.1:80", "100.64.0.1:80", "[fd00::1]:80", "[fe80::1]:80", "unix:/run/x.sock"}) {
        EXPECT_FALSE(is_public(parse_address(own).value())) << own;
    }
}

}  // namespace
}  // namespace rightsline::ops
