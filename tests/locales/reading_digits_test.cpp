#include <gtest/gtest.h>

#include "reading_words.hpp"

namespace rightsline::locales {
namespace {

struct Case {
    const char* label;
    std::string typed;
    std::string digits;  // "": none
};
class ReadDigits : public ::testing::TestWithParam<Case> {};

TEST_P(ReadDigits, UnderstandsOrRefuses) {
    const auto read = read_digits(GetParam().typed, testing::english());
    EXPECT_EQ(read.value_or(""), GetParam().digits) << GetParam().typed;
    EXPECT_NE(read, std::optional<std::string>(""));
}

INSTANTIATE_TEST_SUITE_P(
    Scripts, ReadDigits,
    ::testing::Values(
        Case{"ascii", "1", "1"}, Case{"bengali", "১", "1"}, Case{"bengali_many", "৯৮৭৬৫৪৩২১০", "9876543210"},
        Case{"arabic_indic", "٣", "3"}, Case{"arabic_many", "٠١٢٣٤٥٦٧٨٩", "0123456789"},
        Case{"persian", "۴", "4"}, Case{"devanagari", "२", "2"}, Case{"burmese", "၅", "5"},
        Case{"khmer", "៦", "6"}, Case{"thai", "๗", "7"}, Case{"lao", "໘", "8"}, Case{"shan", "႙", "9"},
        Case{"tamil", "௧", "1"}, Case{"telugu", "౨", "2"}, Case{"gurmukhi", "੩", "3"},
        Case{"full_width", "４", "4"}, Case{"pahawh_hmong", "𖭕", "5"}, Case{"ethiopic_1", "፩", "1"},
        Case{"ethiopic_10", "፲", "10"}, Case{"ethiopic_12", "፲፪", "12"}, Case{"ethiopic_99", "፺፱", "99"},
        Case{"ethiopic_100", "፻", "100"}, Case{"ethiopic_200", "፪፻", "200"},
        Case{"ethiopic_2023", "፳፻፳፫", "2023"}, Case{"ethiopic_10000", "፼", "10000"},
        Case{"ethiopic_with_dot", "፩።", "1"}, Case{"ethiopic_wrong_order", "፪፩", ""},
        Case{"keycap", "1️⃣", "1"}, Case{"keycap_plain", "2\xe2\x83\xa3", "2"}, Case{"two_keycaps", "1️⃣2️⃣", "12"},
        Case{"circled", "③", "3"}, Case{"circled_10", "⑩", "10"}, Case{"dingbat", "❷", "2"}),
    [](const auto& one) { return one.param.label; });

INSTANTIATE_TEST_SUITE_P(
    Dressing, ReadDigits,
    ::testing::Values(Case{"stop", "1.", "1"}, Case{"dots", "1...", "1"}, Case{"bracket", "(2)", "2"},
                      Case{"half_bracket", "3)", "3"}, Case{"hash", "#4", "4"}, Case{"spaces", "  5  ", "5"},
                      Case{"quotes", "“6”", "6"}, Case{"bang", "7!!", "7"}, Case{"emoji", "1 👍", "1"},
                      Case{"line", "8\n", "8"}, Case{"code_spaces", "1234 5678 9012", "123456789012"},
                      Case{"code_dashes", "1234-5678-9012", "123456789012"},
                      Case{"code_dots", "1234.5678.9012", "123456789012"},
                      Case{"bidi",
                           "\xe2\x80\x8f"
                           "9",
                           "9"},
                      Case{"thousand", "1,200", "1200"}, Case{"leading_zero", "01", "01"}),
    [](const auto& one) { return one.param.label; });

INSTANTIATE_TEST_SUITE_P(Words, ReadDigits,
                         ::testing::Values(Case{"one", "one", "1"}, Case{"upper", "TWO.", "2"},
                                           Case{"twelve", "twelve", "12"}, Case{"zero", "Zero", "0"},
                                           Case{"row", "one two 3", "123"}, Case{"ten_in_row", "ten two", ""},
                                           Case{"other_word", "one day", ""},
                                           Case{"typo_is_no_number", "thre", ""}),
                         [](const auto& one) { return one.param.label; });

INSTANTIATE_TEST_SUITE_P(Refused, ReadDigits,
                         ::testing::Values(Case{"empty", "", ""}, Case{"spaces", "   ", ""},
                                           Case{"signs", "?!", ""}, Case{"decimal", "7.25", ""},
                                           Case{"decimal_comma", "7,5", ""},
                                           Case{"arabic_decimal", "٧٫٥", ""}, Case{"time", "10:30", ""},
                                           Case{"date", "11/21/2026", ""},
                                           Case{"date_dots", "21.11.2026", ""}, Case{"half", "½", ""},
                                           Case{"letters", "1a", ""}, Case{"ordinal", "1st", ""},
                                           Case{"emoji", "😀", ""}, Case{"bytes", "\xff\xfe", ""},
                                           Case{"endless", std::string(2000, '1'), ""},
                                           Case{"long_row", std::string(100, '7'), ""}),
                         [](const auto& one) { return one.param.label; });

TEST(ReadDigits, AWordForTwoNumbersIsNoGuess) {
    auto words = testing::english();
    words.numbers[3].push_back("one");
    EXPECT_FALSE(read_digits("one", words));
}

TEST(ReadDigits, EachLanguageHasItsOwnWords) {
    EXPECT_EQ(read_digits("Una", testing::spanish()), "1");
    EXPECT_EQ(read_digits("once", testing::spanish()), "11");
    EXPECT_EQ(read_digits("dis", testing::creole()), "10");
    EXPECT_FALSE(read_digits("dos", testing::english()));
}

}  // namespace
}  // namespace rightsline::locales
