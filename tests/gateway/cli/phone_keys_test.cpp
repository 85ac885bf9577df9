// phone: which keys arrive of a line that somebody typed.
#include <gtest/gtest.h>

#include "gateway/cli/phone.hpp"

namespace rightsline::cli {
namespace {

TEST(PhoneKeys, ArriveAsAPhoneSendsThem) {
    EXPECT_EQ(pressed_keys("2927 4645 3856", 12), "292746453856");
    EXPECT_EQ(pressed_keys("292746453856#", 12), "292746453856");
    EXPECT_EQ(pressed_keys("2927464538561", 12), "292746453856");
    EXPECT_EQ(pressed_keys("29274645385", 12), "29274645385");
}

TEST(PhoneKeys, PoundAloneIsAKeyAndAMenuGetsAllOfAWrongAnswer) {
    EXPECT_EQ(pressed_keys("#", 12), "#");
    EXPECT_EQ(pressed_keys("*", 1), "*");
    EXPECT_EQ(pressed_keys("12", 1), "12");
}

}  // namespace
}  // namespace rightsline::cli
