#include "gateway/vault/number_range.hpp"

#include <gtest/gtest.h>

namespace rightsline::vault {
namespace {

Range of(const char* number) { return range_of(PhoneNumber::parse(number).value()); }

TEST(NumberRange, WhatCostsExtraIsKnownByItsDigits) {
    for (const char* number :
         {"+19002345678", "+449098790123", "+33891234567", "+979123456789", "+80812345678"}) {
        EXPECT_EQ(of(number), Range::premium) << number;
    }
    for (const char* number : {"+870776123456", "+881612345678", "+882161234567", "+883510012345"}) {
        EXPECT_EQ(of(number), Range::satellite) << number;
    }
}

TEST(NumberRange, APhoneLikeAnyOtherIsOrdinary) {
    for (const char* number :
         {"+13055550171", "+50934101234", "+26650123456", "+8801812345678", "+18005550199"}) {
        EXPECT_EQ(of(number), Range::ordinary) << number;
    }
}

TEST(NumberRange, WhatNoCountryHasGivenOutIsNone) {
    for (const char* number : {"+15995550102", "+2101234567890", "+13050000000"}) {
        EXPECT_EQ(of(number), Range::unassigned) << number;
    }
}

}  // namespace
}  // namespace rightsline::vault
