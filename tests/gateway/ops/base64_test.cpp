#include "gateway/ops/base64.hpp"

#include <gtest/gtest.h>

#include <utility>

namespace rightsline::ops {
namespace {

// The vectors of RFC 4648, section 10.
TEST(Base64, IsThatOfRfc4648BothWays) {
    for (const auto& [plain, coded] : {std::pair{"", ""}, std::pair{"f", "Zg=="}, std::pair{"fo", "Zm8="},
                                       std::pair{"foo", "Zm9v"}, std::pair{"foobar", "Zm9vYmFy"}}) {
        EXPECT_EQ(to_base64(plain), coded);
        EXPECT_EQ(from_base64(coded), plain);
    }
    const std::string bytes("\0\xff\x80", 3);
    EXPECT_EQ(from_base64(to_base64(bytes)), bytes);
}

TEST(Base64, RefusesWhatIsNone) {
    for (const char* odd : {"Zg", "Zg=", "Zg==x", "Z g=", "====", "Zm9v\n", "-_8="}) {
        EXPECT_EQ(from_base64(odd), std::nullopt) << odd;
    }
}

}  // namespace
}  // namespace rightsline::ops
