#include "locales/spelling.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>

namespace rightsline::locales {
namespace {

TEST(SpellDigits, LastOfEachGroupFalls) {
    std::string said;
    for (const auto& one : spell_digits("1234 5678 9012")) {
        said += one.digit;
        said += one.final_in_group ? "." : "";
    }
    EXPECT_EQ(said, "1234.5678.9012.");
    EXPECT_THAT(spell_digits("911"), ::testing::ElementsAre(SpokenDigit{'9', false}, SpokenDigit{'1', false},
                                                            SpokenDigit{'1', true}));
    EXPECT_TRUE(spell_digits("").empty());
    EXPECT_TRUE(spell_digits("no digits").empty());
}

TEST(Damm, KnownValue) {
    EXPECT_EQ(damm_digit("572"), '4');
    EXPECT_TRUE(damm_ok("5724"));
    EXPECT_FALSE(damm_ok("5723"));
}

TEST(Damm, RefusesWhatIsNotDigits) {
    EXPECT_FALSE(damm_digit(""));
    EXPECT_FALSE(damm_digit("12a"));
    EXPECT_FALSE(damm_digit("12 3"));
    EXPECT_FALSE(damm_ok(""));
    EXPECT_FALSE(damm_ok("0"));
    EXPECT_FALSE(damm_ok("57 24"));
}

std::string random_code(std::mt19937& random) {
    std::string code;
    std::uniform_int_distribution<int> digit(0, 9);
    for (int place = 0; place < 11; ++place) {
        code += static_cast<char>('0' + digit(random));
    }
    code += *damm_digit(code);
    return code;
}

TEST(Damm, OneMistypedDigitIsAlwaysCaught) {
    std::mt19937 random(7);
    for (int round = 0; round < 500; ++round) {
        const auto code = random_code(random);
        ASSERT_TRUE(damm_ok(code)) << code;
        for (std::size_t at = 0; at < code.size(); ++at) {
            for (char other = '0'; other <= '9'; ++other) {
                auto mistyped = code;
                mistyped[at] = other;
                EXPECT_EQ(damm_ok(mistyped), other == code[at]) << code << " " << mistyped;
            }
        }
    }
}

TEST(Damm, OneSwapOfNeighboursIsAlwaysCaught) {
    std::mt19937 random(8);
    for (int round = 0; round < 500; ++round) {
        const auto code = random_code(random);
        for (std::size_t at = 0; at + 1 < code.size(); ++at) {
            auto swapped = code;
            std::swap(swapped[at], swapped[at + 1]);
            EXPECT_EQ(damm_ok(swapped), code[at] == code[at + 1]) << code << " " << swapped;
        }
    }
}

TEST(Damm, TableIsTotallyAntiSymmetricFromEveryState) {
    // All pairs of digits behind all prefixes of one digit reach all ten states of the table.
    for (char state = '0'; state <= '9'; ++state) {
        for (char x = '0'; x <= '9'; ++x) {
            for (char y = '0'; y <= '9'; ++y) {
                const auto there = damm_digit(std::string{state, x, y});
                const auto back = damm_digit(std::string{state, y, x});
                EXPECT_EQ(there == back, x == y);
            }
        }
    }
}

}  // namespace
}  // namespace rightsline::locales
