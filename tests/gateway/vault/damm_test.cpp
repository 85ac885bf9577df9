#include "gateway/vault/damm.hpp"

#include <gtest/gtest.h>

#include <string>

namespace rightsline::vault {
namespace {

TEST(Damm, AgreesWithTheKnownExample) {
    EXPECT_EQ(damm_digit("572"), '4');
    EXPECT_TRUE(damm_holds("5724"));
    EXPECT_FALSE(damm_holds("5725"));
}

TEST(Damm, FindsEverySingleDigitErrorAndEveryNeighbourSwap) {
    for (int number = 0; number < 10'000; ++number) {
        std::string digits = std::to_string(10'000 + number).substr(1);
        digits += damm_digit(digits);
        ASSERT_TRUE(damm_holds(digits));
        for (std::size_t i = 0; i < digits.size(); ++i) {
            for (char other = '0'; other <= '9'; ++other) {
                std::string typed = digits;
                typed[i] = other;
                ASSERT_EQ(damm_holds(typed), typed == digits) << digits << " typed " << typed;
            }
        }
        for (std::size_t i = 0; i + 1 < digits.size(); ++i) {
            std::string typed = digits;
            std::swap(typed[i], typed[i + 1]);
            ASSERT_EQ(damm_holds(typed), typed == digits) << digits << " typed " << typed;
        }
    }
}

}  // namespace
}  // namespace rightsline::vault
