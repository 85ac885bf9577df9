#include "locales/typo.hpp"

#include <gtest/gtest.h>

#include <string>

namespace rightsline::locales {
namespace {

TEST(Typo, OneSlipInALongWord) {
    EXPECT_TRUE(is_phrase_with_typo("wagess", "wages"));
    EXPECT_TRUE(is_phrase_with_typo("wags", "wages"));
    EXPECT_TRUE(is_phrase_with_typo("wagse", "wages"));
    EXPECT_TRUE(is_phrase_with_typo("qages", "wages"));
    EXPECT_TRUE(is_phrase_with_typo("talk to a persom", "talk to a person"));
}

TEST(Typo, NotTwoNotInShortWordsNotTheSame) {
    EXPECT_FALSE(is_phrase_with_typo("wages", "wages"));
    EXPECT_FALSE(is_phrase_with_typo("wgaes x", "wages"));
    EXPECT_FALSE(is_phrase_with_typo("wag", "wages"));
    EXPECT_FALSE(is_phrase_with_typo("cow", "now"));
    EXPECT_FALSE(is_phrase_with_typo("tolk to a persom", "talk to a person"));
    EXPECT_FALSE(is_phrase_with_typo("wagex hourx", "wages hours"));
    EXPECT_FALSE(is_phrase_with_typo("", "wages"));
    EXPECT_FALSE(is_phrase_with_typo("\xff\xfe", "wages"));
    EXPECT_FALSE(is_phrase_with_typo(std::string(40, 'a'), std::string(41, 'a')));
}

TEST(Typo, LettersAreCodePoints) {
    EXPECT_TRUE(is_phrase_with_typo("প্রশ্", "প্রশ্ন"));
    EXPECT_EQ(count_letters("año"), 3U);
    EXPECT_EQ(count_letters(std::string(100, 'a')), 32U);
}

}  // namespace
}  // namespace rightsline::locales
