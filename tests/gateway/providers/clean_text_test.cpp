#include "gateway/providers/clean_text.hpp"

#include <gtest/gtest.h>

namespace rightsline::providers {
namespace {

TEST(CleanText, KeepsWhatPeopleWrite) {
    for (const std::string text :
         {"", "They did not pay us.", "ñ é ü 😀", "মজুরি", "line\nline", "क्‍ष"}) {
        EXPECT_EQ(clean_text(text), text);
    }
}

TEST(CleanText, DropsControlAndBidiCharacters) {
    EXPECT_EQ(clean_text(std::string("a\0b\a\x1b[31m\x7f"
                                     "c",
                                     11)),
              "ab[31mc");
    EXPECT_EQ(clean_text("a\u202Eb\u2066c\u200F\u061C\uFEFF"), "abc");
    EXPECT_EQ(clean_text("a\tb\r\nc"), "a b\nc");
    EXPECT_EQ(clean_text("a\u0085b\uFFFEc"), "abc");
}

TEST(CleanText, ReplacesWhatIsNoUtf8) {
    EXPECT_EQ(clean_text("\xFF"), "\uFFFD");
    EXPECT_EQ(clean_text("a\xC3"), "a\uFFFD");
    EXPECT_EQ(clean_text("\xE2\x82"), "\uFFFD\uFFFD");
    EXPECT_EQ(clean_text("\xC0\xAF"), "\uFFFD\uFFFD");                      // overlong
    EXPECT_EQ(clean_text("\xED\xA0\x80"), "\uFFFD\uFFFD\uFFFD");            // half a surrogate pair
    EXPECT_EQ(clean_text("\xF4\x90\x80\x80"), "\uFFFD\uFFFD\uFFFD\uFFFD");  // past the end of Unicode
}

TEST(CleanText, IsDoneOnce) {
    std::string bytes;
    for (int i = 0; i < 4096; ++i) {
        bytes += static_cast<char>(i * 37 + i / 7);
    }
    EXPECT_EQ(clean_text(clean_text(bytes)), clean_text(bytes));
}

}  // namespace
}  // namespace rightsline::providers
