#include "locales/cells.hpp"

#include <gtest/gtest.h>

#include <string>

namespace rightsline::locales {
namespace {

constexpr std::size_t no_limit = 1000;

TEST(Cells, CoverEveryByteInOrder) {
    for (const std::string text :
         {"", "abc", "a\r\nb", "é👩‍👩‍👧‍👦ж", "\xff\xc3", "नमस्ते", "e\xcc\x81\xcc\x81x"}) {
        for (const auto& cells :
             {code_points(text), graphemes(text, no_limit, Conjuncts::apart),
              graphemes(text, no_limit, Conjuncts::together), graphemes(text, 2, Conjuncts::apart)}) {
            std::size_t at = 0;
            for (const auto& cell : cells) {
                EXPECT_EQ(cell.start, at);
                at += cell.bytes;
            }
            EXPECT_EQ(at, text.size()) << text;
        }
    }
}

TEST(Cells, GraphemesHoldTogether) {
    const auto family = graphemes("👩‍👩‍👧‍👦", no_limit, Conjuncts::apart);
    ASSERT_EQ(family.size(), 1U);
    EXPECT_EQ(family[0].units, 11U);
    EXPECT_EQ(family[0].points, 7U);
    EXPECT_EQ(graphemes("é\r\n", no_limit, Conjuncts::together).size(), 3U);
}

TEST(Cells, AConjunctIsOneForTheEyeAndTwoForACalculator) {
    EXPECT_EQ(graphemes("नमस्ते", no_limit, Conjuncts::apart).size(), 4U);
    EXPECT_EQ(graphemes("नमस्ते", no_limit, Conjuncts::together).size(), 3U);
    EXPECT_EQ(graphemes("👩‍👩", no_limit, Conjuncts::apart).size(), 1U);
    EXPECT_EQ(graphemes("🇭🇹", no_limit, Conjuncts::apart).size(), 1U);
}

TEST(Cells, AGraphemeLongerThanThePartFallsApart) {
    std::string tower = "a";
    for (int mark = 0; mark < 100; ++mark) {
        tower += "\xcc\x81";
    }
    EXPECT_EQ(graphemes(tower, no_limit, Conjuncts::apart).size(), 1U);
    EXPECT_EQ(graphemes(tower, 67, Conjuncts::apart).size(), 101U);
}

}  // namespace
}  // namespace rightsline::locales
