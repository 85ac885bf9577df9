#include "gateway/net/public_address.hpp"

#include <gtest/gtest.h>

namespace rightsline::net {
namespace {

TEST(PublicAddress, IsOneOutThere) {
    for (const char* address :
         {"93.184.216.34", "8.8.8.8", "1.1.1.1", "100.63.255.255", "100.128.0.0", "172.15.255.255",
          "172.32.0.0", "198.17.255.255", "198.20.0.0", "192.0.1.1", "223.255.255.255",
          "2606:2800:220:1:248:1893:25c8:1946", "2a00:1450:4001::1", "2001:200::1"}) {
        EXPECT_TRUE(is_public_address(address)) << address;
    }
}

TEST(PublicAddress, IsNoneOfOursNorOfNobody) {
    for (const char* address :
         {"0.0.0.0",         "0.1.2.3",     "10.0.0.1",        "10.255.255.255",  "100.64.0.1",
          "100.127.255.255", "127.0.0.1",   "127.255.255.255", "169.254.169.254", "172.16.0.1",
          "172.31.255.255",  "192.0.0.1",   "192.0.2.1",       "192.31.196.1",    "192.52.193.1",
          "192.88.99.1",     "192.168.1.1", "192.175.48.1",    "198.18.0.1",      "198.19.255.255",
          "198.51.100.1",    "203.0.113.1", "224.0.0.1",       "239.255.255.255", "240.0.0.1",
          "255.255.255.255"}) {
        EXPECT_FALSE(is_public_address(address)) << address;
    }
    for (const char* address : {"::",
                                "::1",
                                "::7f00:1",
                                "::ffff:127.0.0.1",
                                "::ffff:93.184.216.34",
                                "64:ff9b::7f00:1",
                                "64:ff9b::5db8:d822",
                                "64:ff9b:1::1",
                                "100::1",
                                "2001::1",
                                "2001:1::1",
                                "2001:2::1",
                                "2001:10::1",
                                "2001:20::1",
                                "2001:db8::1",
                                "2002:7f00:1::1",
                                "2620:4f:8000::1",
                                "3fff::1",
                                "5f00::1",
                                "fc00::1",
                                "fd00::1",
                                "fdff:ffff::1",
                                "fe80::1",
                                "fe80::1%1",
                                "fec0::1",
                                "ff02::1",
                                "4000::1"}) {
        EXPECT_FALSE(is_public_address(address)) << address;
    }
}

TEST(PublicAddress, IsNothingThatCannotBeRead) {
    for (const char* text :
         {"", "localhost", "127.1", "0x7f.1", "2130706433", "1.2.3.4.5", "1.2.3.256", "[::1]"}) {
        EXPECT_FALSE(is_public_address(text)) << text;
    }
}

}  // namespace
}  // namespace rightsline::net
