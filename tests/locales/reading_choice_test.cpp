#include <gtest/gtest.h>

#include "reading_words.hpp"

namespace rightsline::locales {
namespace {

using Kind = ChoiceRead::Kind;

const Words rights_words{"rights", "law"};
const Words report_words{"report", "complaint"};
const Words code_words{"code", "status"};
const std::vector<ChoiceWords> menu{{"1", "learn your rights", rights_words},
                                    {"2", "report a problem", report_words},
                                    {"3", "return with my code", code_words},
                                    {"4", "talk to a person", {}},
                                    {"5", "reporters", {}}};

struct Case {
    const char* label;
    std::string typed;
    int picked;  // -1 none, -2 ambiguous
};
class ReadChoice : public ::testing::TestWithParam<Case> {};

TEST_P(ReadChoice, PicksOneOrNone) {
    const auto read = read_choice(GetParam().typed, menu, testing::english());
    const int picked = read.kind == Kind::one         ? static_cast<int>(read.index)
                       : read.kind == Kind::ambiguous ? -2
                                                      : -1;
    EXPECT_EQ(picked, GetParam().picked) << GetParam().typed;
}

INSTANTIATE_TEST_SUITE_P(
    Menu, ReadChoice,
    ::testing::Values(Case{"digit", "1", 0}, Case{"dressed", "(2).", 1}, Case{"bengali", "৩", 2},
                      Case{"keycap", "4️⃣", 3}, Case{"leading_zero", "02", 1}, Case{"no_such_digit", "9", -1},
                      Case{"two_digits", "12", -1}, Case{"spelled", "three", 2}, Case{"word", "LAW", 0},
                      Case{"whole_label", "Talk to a person!", 3}, Case{"prefix", "compl", 1},
                      Case{"label_prefix", "learn", 0}, Case{"prefix_of_two", "re", -2},
                      Case{"exact_beats_prefix", "report", 1}, Case{"one_letter", "l", -1},
                      Case{"typo", "righst", 0}, Case{"typo_missing", "ights", 0},
                      Case{"typo_extra", "statuss", 2}, Case{"typo_wrong", "complaimt", 1},
                      Case{"typo_in_short_word", "lav", -1}, Case{"two_typos", "rigtsh", -1},
                      Case{"typo_in_phrase", "report a problen", 1},
                      Case{"story", "my boss took my papers", -1}, Case{"empty", "", -1},
                      Case{"emoji", "😀", -1}, Case{"signs", "???", -1}, Case{"bytes", "\xff\xff", -1},
                      Case{"long", std::string(5000, 'r'), -1}, Case{"decimal_is_no_key", "1.5", -1}),
    [](const auto& one) { return one.param.label; });

TEST(ReadChoice, ATypoBetweenTwoIsNeverAGuess) {
    const std::vector<ChoiceWords> pair{{"1", "hours", {}}, {"2", "hourl", {}}};
    EXPECT_EQ(read_choice("hourx", pair, testing::english()).kind, Kind::ambiguous);
}

TEST(ReadChoice, OtherWordsForYesPickTheYesChoice) {
    const std::vector<ChoiceWords> danger{{"1", "si", {}}, {"2", "no", {}}};
    const auto spanish = testing::spanish();
    EXPECT_EQ(read_choice("claro", danger, spanish), (ChoiceRead{Kind::one, 0}));
    EXPECT_EQ(read_choice("Sí", danger, spanish), (ChoiceRead{Kind::one, 0}));
    EXPECT_EQ(read_choice("N", danger, spanish), (ChoiceRead{Kind::one, 1}));
    EXPECT_EQ(read_choice("yeah", danger, spanish).kind, Kind::none);
}

TEST(ReadChoice, YesIsNothingWhereNobodyAskedYesOrNo) {
    EXPECT_EQ(read_choice("yes", menu, testing::english()).kind, Kind::none);
}

TEST(ReadChoice, AWordOfTheChoiceBeatsASpelledNumber) {
    // Vietnamese "không" is both "no" and "zero".
    ReadingWords words;
    words.numbers[0] = {"không"};
    words.no = {"không"};
    words = fold_words(std::move(words));
    const auto label = fold("Không");
    const std::vector<ChoiceWords> choices{{"0", "co", {}}, {"2", label, {}}};
    EXPECT_EQ(read_choice("không", choices, words), (ChoiceRead{Kind::one, 1}));
}

TEST(ReadChoice, WordsInOtherScriptsAndTypos) {
    const auto rights = fold("অধিকার");
    const std::vector<ChoiceWords> choices{{"1", rights, {}}, {"2", "x", {}}};
    EXPECT_EQ(read_choice("অধিকার", choices, {}), (ChoiceRead{Kind::one, 0}));
    EXPECT_EQ(read_choice("অধিকা", choices, {}), (ChoiceRead{Kind::one, 0}));
    EXPECT_EQ(read_choice("অধিকর", choices, {}), (ChoiceRead{Kind::one, 0}));
}

TEST(ReadYesNo, WordsThumbsAndNothing) {
    const auto words = testing::english();
    EXPECT_EQ(read_yes_no("YES!", words), true);
    EXPECT_EQ(read_yes_no("nope", words), false);
    EXPECT_EQ(read_yes_no("👍🏾", words), true);
    EXPECT_EQ(read_yes_no("👎", words), false);
    EXPECT_EQ(read_yes_no("👍👎", words), std::nullopt);
    EXPECT_EQ(read_yes_no("maybe", words), std::nullopt);
    EXPECT_EQ(read_yes_no("", words), std::nullopt);
    ReadingWords both;
    both.yes = both.no = {"eh"};
    EXPECT_EQ(read_yes_no("eh", both), std::nullopt);
}

TEST(IsOneOf, WholeMessageOnly) {
    const Words done{"done", "listo"};
    EXPECT_TRUE(is_one_of(" Listo. ", done));
    EXPECT_FALSE(is_one_of("not done", done));
    EXPECT_FALSE(is_one_of("", done));
}

TEST(ReadLanguage, NamesInAnyLanguage) {
    const std::vector<ReadingWords> all{testing::english(), testing::spanish(), testing::creole()};
    EXPECT_EQ(read_language("Español", all), "es");
    EXPECT_EQ(read_language("espanol", all), "es");
    EXPECT_EQ(read_language("KREYOL", all), "ht");
    EXPECT_EQ(read_language("Haitian Creole", all), "ht");
    EXPECT_EQ(read_language("Mam", all), std::nullopt);
    EXPECT_EQ(read_language("", all), std::nullopt);
}

}  // namespace
}  // namespace rightsline::locales
