#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reading_words.hpp"

namespace rightsline::locales {
namespace {

TEST(FoldWords, FoldsOnceAndDropsWhatIsEmptyOrRepeated) {
    ReadingWords words;
    words.yes = {"Sí", "si", "!", "Claro"};
    words.languages = {{"es", {"Español", "espanol"}}};
    words.numbers[2] = {"Dos", ""};
    const auto folded = fold_words(words);
    EXPECT_THAT(folded.yes, ::testing::ElementsAre("si", "claro"));
    EXPECT_THAT(folded.languages.at("es"), ::testing::ElementsAre("espanol"));
    EXPECT_THAT(folded.numbers[2], ::testing::ElementsAre("dos"));
    EXPECT_EQ(fold_words(folded).yes, folded.yes);
}

struct Case {
    const char* label;
    std::string text;
    bool story;
};
class LooksLikeStory : public ::testing::TestWithParam<Case> {};

TEST_P(LooksLikeStory, FourWordsOrMore) { EXPECT_EQ(looks_like_story(GetParam().text), GetParam().story); }

INSTANTIATE_TEST_SUITE_P(
    All, LooksLikeStory,
    ::testing::Values(
        Case{"four", "they hit my friend", true}, Case{"three", "they hit me", false},
        Case{"three_and_signs", "hi - hello ! there", false}, Case{"apostrophes", "don't they pay me", true},
        Case{"spanish", "No me pagan desde mayo", true}, Case{"spanish_three", "¿Hay alguien ahí?", false},
        Case{"numbers", "1 2 3 4 5", false}, Case{"code", "1234 5678 9012", false}, Case{"empty", "", false},
        Case{"emoji", "😀 😀 😀 😀 😀", false}, Case{"bengali", "আমার মালিক বেতন দেয় না", true},
        Case{"bengali_two", "আমি ভালো", false}, Case{"thai", "นายจ้างไม่จ่ายค่าจ้างให้ฉัน", true},
        Case{"thai_hello", "สวัสดี", false}, Case{"khmer", "ថៅកែមិនបើកប្រាក់ខែឱ្យខ្ញុំទេ", true},
        Case{"burmese", "အလုပ်ရှင်က လစာမပေးဘူး ကျွန်တော် ကြောက်တယ်", true},
        Case{"amharic", "አሠሪዬ ደሞዜን አልከፈለኝም እርዱኝ", true}, Case{"lines", "no\npay\nfor\nweeks", true},
        Case{"bytes", "\xff \xfe \xff \xfe", false}),
    [](const auto& one) { return one.param.label; });

TEST(LooksLikeStory, TakesEndlessTexts) {
    EXPECT_FALSE(looks_like_story(std::string(100000, 'a')));
    std::string words;
    for (int word = 0; word < 20000; ++word) {
        words += "na ";
    }
    EXPECT_TRUE(looks_like_story(words));
}

}  // namespace
}  // namespace rightsline::locales
