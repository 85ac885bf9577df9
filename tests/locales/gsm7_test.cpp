#include "locales/gsm7.hpp"

#include <gtest/gtest.h>

namespace rightsline::locales {
namespace {

TEST(Gsm7, CountsEveryKindOfCharacter) {
    EXPECT_EQ(septets_of(U'a'), 1U);
    EXPECT_EQ(septets_of(U'@'), 1U);
    EXPECT_EQ(septets_of(U'\n'), 1U);
    EXPECT_EQ(septets_of(U'ñ'), 1U);
    EXPECT_EQ(septets_of(U'Ω'), 1U);
    EXPECT_EQ(septets_of(U'Ç'), 1U);
    EXPECT_EQ(septets_of(U'€'), 2U);
    EXPECT_EQ(septets_of(U'['), 2U);
    EXPECT_EQ(septets_of(U'\f'), 2U);
    for (const char32_t missing : U"çóáíúα`\tА…’\U0001F600") {
        if (missing != 0) {
            EXPECT_EQ(septets_of(missing), 0U) << static_cast<unsigned>(missing);
        }
    }
    EXPECT_EQ(septets_of(U'\0'), 0U);
}

TEST(Gsm7, AlphabetHas127CharactersAndNinePairs) {
    unsigned single = 0;
    unsigned pairs = 0;
    for (char32_t c = 0; c < 0x10000; ++c) {
        single += septets_of(c) == 1 ? 1 : 0;
        pairs += septets_of(c) == 2 ? 1 : 0;
    }
    EXPECT_EQ(single, 127U);  // 128 places, one of them is the escape itself
    EXPECT_EQ(pairs, 10U);    // form feed too
}

TEST(MendTypography, BringsATypesettersTextIntoGsm7) {
    EXPECT_EQ(mend_typography("It’s “fine” – ok…"), "It's \"fine\" - ok...");
    EXPECT_EQ(mend_typography("a\tb\xc2\xa0"
                              "c\xe2\x80\x8b"
                              "d`e"),
              "a b cd'e");
    EXPECT_EQ(mend_typography("e\xcc\x81tude man\xcc\x83"
                              "ana"),
              "étude mañana");
    EXPECT_EQ(mend_typography("k\xea\x9e\x8c"
                              "o"),
              "k'o");
}

TEST(MendTypography, NeverTouchesWhatGsm7Has) {
    const std::string gsm7 = "ñ Ñ ¿qué? ¡sí no! à è ì ò ù é ü Ä ß Δ €[]{}~|^\\ \r\n";
    EXPECT_EQ(mend_typography("ñ Ñ é ü ¿ ¡ à ò € [x]"), "ñ Ñ é ü ¿ ¡ à ò € [x]");
    EXPECT_EQ(mend_typography(gsm7), gsm7);
}

TEST(MendTypography, LeavesATextThatStaysUcs2AsItWas) {
    EXPECT_EQ(mend_typography("patrón “malo”"), "patrón “malo”");
    EXPECT_EQ(mend_typography("👩‍👧 ok…"), "👩‍👧 ok…");
    EXPECT_EQ(mend_typography("ক্‌ষ “x”"), "ক্‌ষ “x”");
}

TEST(MendTypography, IsIdempotentAndTakesAnyBytes) {
    const std::string broken("\xff\xfe’\x80", 6);
    EXPECT_EQ(mend_typography(broken), broken);
    const auto once = mend_typography("“a” – b…");
    EXPECT_EQ(mend_typography(once), once);
}

TEST(MendCarrier, UsesTheCarriersWidths) {
    EXPECT_EQ(mend("a\tb", Mending::carrier), "a       b");
    EXPECT_EQ(mend("a\xc2\xa0"
                   "b",
                   Mending::carrier),
              "a  b");
    EXPECT_EQ(mend("“ó”", Mending::carrier), "\"ó\"");
    EXPECT_EQ(mend("👩‍👧", Mending::carrier), "👩‍👧");
    EXPECT_EQ(mend("a\tb", Mending::none), "a\tb");
}

}  // namespace
}  // namespace rightsline::locales
