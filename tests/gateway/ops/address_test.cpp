#include "gateway/net/address.hpp"

#include <gtest/gtest.h>

#include "gateway/net/error.hpp"

namespace rightsline::net {
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
}

}  // namespace
}  // namespace rightsline::net
