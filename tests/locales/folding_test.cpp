#include "locales/folding.hpp"

#include <gtest/gtest.h>

namespace rightsline::locales {
namespace {

struct Case {
    const char* label;
    std::string typed;
    std::string folded;
};
class Folding : public ::testing::TestWithParam<Case> {};

TEST_P(Folding, GivesTheComparableForm) {
    EXPECT_EQ(fold(GetParam().typed), GetParam().folded);
    EXPECT_EQ(fold(GetParam().folded), GetParam().folded);
}

INSTANTIATE_TEST_SUITE_P(
    All, Folding,
    ::testing::Values(Case{"ascii", "  Hello,   WORLD!! ", "hello world"}, Case{"empty", "", ""},
                      Case{"only_signs", "?!...", ""}, Case{"accents", "Sí, Español", "si espanol"},
                      Case{"split_accent", "e\xcc\x81tude", "etude"}, Case{"creole", "KREYÒL", "kreyol"},
                      Case{"full_width", "ＡＢＣ１", "abc1"}, Case{"straight_apostrophe", "m'ap", "map"},
                      Case{"curly_apostrophe", "m’ap", "map"}, Case{"acute_apostrophe", "m´ap", "map"},
                      Case{"turkish", "YARDIM ışık İ", "yardim isik i"},
                      Case{"vietnamese", "Tiếng Việt đi", "tieng viet di"},
                      Case{"bengali_digit", "৪ টি", "4 টি"}, Case{"bengali_word", "হ্যাঁ", "হ্যাঁ"},
                      Case{"circles", "①❷➂➍⓹ ⓿🄋🄌 ⓬ ㉈", "12345 000 12 10"},
                      Case{"keycap", "1\xef\xb8\x8f\xe2\x83\xa3", "1"}, Case{"arabic", "نَعَم", "نعم"},
                      Case{"alef", "أهلا", "اهلا"}, Case{"sharp_s", "Straße", "strasse"},
                      Case{"emoji", "ok 👍🏽!", "ok"},
                      Case{"joiners",
                           "a\xe2\x80\x8d"
                           "b\xe2\x80\x8b"
                           "c",
                           "abc"},
                      Case{"lines", "a\r\n\tb", "a b"},
                      Case{"invalid",
                           "a\xff"
                           "b",
                           "a b"},
                      Case{"dash", "e-mail", "e mail"}),
    [](const auto& one) { return one.param.label; });

TEST(Folding, IsBounded) { EXPECT_LE(fold(std::string(100000, 'a')).size(), longest_text); }

TEST(CleanText, KeepsGoodTextAsItIs) {
    for (const std::string good :
         {"", "plain", "línea\notra", "👩‍👩‍👧‍👦", "ক্‌ষ", "مرحبا"}) {
        EXPECT_EQ(clean_text(good), good);
    }
}

TEST(CleanText, DropsControlsAndBidi) {
    EXPECT_EQ(clean_text(std::string("a\0b\x01\x7f"
                                     "c\x1b[0m",
                                     10)),
              "abc[0m");
    EXPECT_EQ(clean_text("a\xe2\x80\xae"
                         "b\xe2\x81\xa6"
                         "c\xd8\x9c"
                         "d\xef\xbb\xbf"),
              "abcd");
    EXPECT_EQ(clean_text("a\r\nb\rc\td\xc2\x85"
                         "e"),
              "a\nb\nc d\ne");
    EXPECT_EQ(clean_text("a\xc2\x9b"
                         "b"),
              "ab");
}

TEST(CleanText, ReplacesInvalidBytes) {
    EXPECT_EQ(clean_text("a\xff"
                         "b"),
              "a\xef\xbf\xbd"
              "b");
    EXPECT_EQ(clean_text("\xc3"), "\xef\xbf\xbd");
    EXPECT_EQ(clean_text("\xc0\xaf").substr(0, 3), "\xef\xbf\xbd");             // overlong
    EXPECT_EQ(clean_text("\xed\xa0\x80").find('\xed'), std::string::npos);      // lone surrogate
    EXPECT_EQ(clean_text("\xf4\x90\x80\x80").find('\xf4'), std::string::npos);  // beyond Unicode
}

TEST(CleanText, IsBoundedBetweenCodePoints) {
    EXPECT_EQ(clean_text("ññññ", 5), "ññ");
    EXPECT_EQ(clean_text(std::string(100000, 'x')).size(), longest_text);
    EXPECT_EQ(clean_text("abc", 0), "");
}

TEST(CleanText, IsIdempotent) {
    const std::string dirty = "a\xff\xe2\x80\xae\r\n\x02ñ\xf0\x9f";
    EXPECT_EQ(clean_text(clean_text(dirty)), clean_text(dirty));
}

}  // namespace
}  // namespace rightsline::locales
