#include "gateway/vault/recovery_code.hpp"

#include <gtest/gtest.h>

#include <set>

#include "gateway/vault/error.hpp"

namespace rightsline::vault {
namespace {

TEST(RecoveryCodes, AreFiftyDigitsThatReadBackAsTheyStandOnPaper) {
    std::set<std::string> seen;
    for (int i = 0; i < 200; ++i) {
        const RecoveryCode code = RecoveryCode::random();
        ASSERT_EQ(code.digits().size(), 50U);
        std::string paper = code.on_paper().reveal();
        EXPECT_EQ(paper.size(), 59U);
        std::ranges::replace(paper, '\n', ' ');
        ASSERT_EQ(RecoveryCode::parse(paper)->digits(), code.digits());
        ASSERT_EQ(mistake_in_code(paper), "");
        seen.insert(std::string(code.digits()));
    }
    EXPECT_EQ(seen.size(), 200U);
}

TEST(RecoveryCodes, ShowEveryWrongDigitAndNameItsGroup) {
    const RecoveryCode code = RecoveryCode::random();
    for (std::size_t i = 0; i < code.digits().size(); ++i) {
        for (char digit = '0'; digit <= '9'; ++digit) {
            std::string typed(code.digits());
            if (typed[i] == digit) {
                continue;
            }
            typed[i] = digit;
            ASSERT_EQ(RecoveryCode::parse(typed).error(), errc::not_a_recovery_code) << i;
            ASSERT_NE(mistake_in_code(typed).find("group " + std::to_string(i / 5 + 1) + ":"),
                      std::string::npos)
                << i;
        }
    }
}

TEST(RecoveryCodes, ShowTwoSwappedNeighboursAndTwoSwappedGroups) {
    const RecoveryCode code = RecoveryCode::random();
    const std::string digits(code.digits());
    for (std::size_t i = 0; i + 1 < digits.size(); ++i) {
        std::string typed = digits;
        std::swap(typed[i], typed[i + 1]);
        ASSERT_TRUE(typed == digits || !RecoveryCode::parse(typed)) << i;
    }
    for (std::size_t a = 0; a < RecoveryCode::groups; ++a) {
        for (std::size_t b = a + 1; b < RecoveryCode::groups; ++b) {
            std::string typed = digits;
            std::swap_ranges(typed.begin() + static_cast<std::ptrdiff_t>(a * 5),
                             typed.begin() + static_cast<std::ptrdiff_t>(a * 5 + 5),
                             typed.begin() + static_cast<std::ptrdiff_t>(b * 5));
            ASSERT_TRUE(typed == digits || !RecoveryCode::parse(typed)) << a << " " << b;
        }
    }
}

TEST(RecoveryCodes, SayWhatIsMissing) {
    const std::string digits(RecoveryCode::random().digits());
    EXPECT_NE(mistake_in_code(digits.substr(1)).find("49 digits"), std::string::npos);
    EXPECT_NE(mistake_in_code(digits + "1").find("51 digits"), std::string::npos);
    EXPECT_NE(mistake_in_code("my passphrase").find("digits alone"), std::string::npos);
    EXPECT_NE(mistake_in_code("").find("0 digits"), std::string::npos);
    EXPECT_FALSE(RecoveryCode::parse(std::string(10'000, '1')));
}

}  // namespace
}  // namespace rightsline::vault
