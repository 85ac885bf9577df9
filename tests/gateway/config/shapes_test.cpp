#include "gateway/config/shapes.hpp"

#include <gtest/gtest.h>

namespace rightsline::config {
namespace {

TEST(Shapes, AnAddressIsDigitsAndAPortThatExists) {
    for (const char* good : {"127.0.0.1:8080", "0.0.0.0:65535", "[::1]:80", "[::]:0", "unix:/run/x.sock"}) {
        EXPECT_TRUE(is_listen_address(good)) << good;
    }
    for (const char* bad : {"", "foo", "8080", ":8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536",
                            "127.0.0.1:99999", "127.0.0.1:-1", "127.0.0.1:8 0", "localhost:80", "::1:80",
                            "[127.0.0.1]:80", "256.0.0.1:80", "unix:/", "unix:x"}) {
        EXPECT_FALSE(is_listen_address(bad)) << bad;
    }
}

TEST(Shapes, OnePortIsForOneListenerUnlessItIsAnyPort) {
    EXPECT_TRUE(collide("127.0.0.1:80", "127.0.0.1:80"));
    EXPECT_TRUE(collide("0.0.0.0:80", "127.0.0.1:80"));
    EXPECT_FALSE(collide("127.0.0.1:80", "127.0.0.1:81"));
    EXPECT_FALSE(collide("127.0.0.1:80", "127.0.0.2:80"));
    EXPECT_FALSE(collide("127.0.0.1:0", "127.0.0.1:0"));
    EXPECT_TRUE(collide("unix:/a", "unix:/a"));
}

TEST(Shapes, ALineIsANumberAShortCodeOrAUssdCode) {
    for (const char* good : {"+15005550006", "+2517000000", "22395", "911", "*384*1#", "*123#"}) {
        EXPECT_TRUE(is_line(good)) << good;
    }
    for (const char* bad : {"", "15005550006", "+1 500 555 0006", "+1500555000x", "+0123456789", "+123",
                            "hotline", "12", "*", "*a#", "+1234567890123456"}) {
        EXPECT_FALSE(is_line(bad)) << bad;
    }
}

TEST(Shapes, ATwilioSidIsAcAndThirtyTwoHexDigits) {
    EXPECT_TRUE(is_twilio_sid("AC0123456789abcdef0123456789abcdef"));
    EXPECT_FALSE(is_twilio_sid("AC0123456789abcdef0123456789abcde"));
    EXPECT_FALSE(is_twilio_sid("SK0123456789abcdef0123456789abcdef"));
    EXPECT_FALSE(is_twilio_sid("AC0123456789abcdef0123456789abcdeg"));
}

}  // namespace
}  // namespace rightsline::config
