#include <gtest/gtest.h>

#include "reading_words.hpp"

namespace rightsline::locales {
namespace {

const std::vector<ReadingWords>& all() {
    static const std::vector<ReadingWords> words{testing::english(), testing::spanish(), testing::creole()};
    return words;
}

struct Case {
    const char* label;
    std::string typed;
    bool stop;
};
class IsStop : public ::testing::TestWithParam<Case> {};

TEST_P(IsStop, IsAWishToBeTextedNoMore) { EXPECT_EQ(is_stop(GetParam().typed, all()), GetParam().stop); }

INSTANTIATE_TEST_SUITE_P(
    Wishes, IsStop,
    ::testing::Values(
        Case{"plain", "STOP", true}, Case{"dressed", " stop!! ", true}, Case{"quoted", "\"Stop\"", true},
        Case{"thanks", "Stop. Thank you", true}, Case{"please_first", "please stop", true},
        Case{"please_last", "STOP please, thanks", true}, Case{"unsubscribe", "Unsubscribe", true},
        Case{"carrier_word", "QUIT", true}, Case{"opt_out", "opt-out", true},
        Case{"stop_all", "STOP ALL", true}, Case{"spanish", "Alto", true},
        Case{"spanish_thanks", "BAJA, por favor. Gracias", true}, Case{"creole", "sispann tanpri", true},
        Case{"free_text", "please stop texting me", true},
        Case{"i_want_you_to", "I want you to stop texting me", true},
        Case{"do_not", "DO NOT TEXT ME AGAIN", true}, Case{"spanish_phrase", "No me escriban más", true},
        Case{"creole_phrase", "Pa ekri m ankò", true}, Case{"full_width", "ＳＴＯＰ", true},
        Case{"twice", "STOP STOP", true}, Case{"three_times", "stop stop stop", true},
        Case{"shouted", "STOP! STOP! STOP!! please", true}, Case{"phrase_twice", "stop all stop all", true},
        Case{"own_word_twice", "alto alto", true}),
    [](const auto& one) { return one.param.label; });

INSTANTIATE_TEST_SUITE_P(
    Others, IsStop,
    ::testing::Values(
        Case{"bill", "we have to STOP this bill", false},
        Case{"got_to", "We have got to STOP this bill", false}, Case{"cry", "Stop. Help me", false},
        Case{"story", "He grabbed me. I said stop. He did not", false},
        Case{"harassment", "My boss won't stop texting me", false},
        Case{"tell_him", "tell him to stop texting me", false},
        Case{"opposite", "please don't stop texting me", false},
        Case{"long_story", "he calls my wife at night and I told them all please stop texting us", false},
        Case{"nonstop", "nonstop work", false}, Case{"stopped", "stopped", false}, Case{"digit", "1", false},
        Case{"empty", "", false}, Case{"courtesy_only", "thank you", false}, Case{"please", "please", false},
        Case{"bytes", "\xff\xfe", false}, Case{"half_repeated", "stop work stop", false},
        Case{"other_words_twice", "work work", false}),
    [](const auto& one) { return one.param.label; });

TEST(IsStop, CarrierWordsHoldWithoutAnyList) {
    for (const auto word : carrier_stop_words()) {
        EXPECT_TRUE(is_stop(word, {})) << word;
        EXPECT_EQ(fold(word), word);
    }
}

TEST(IsStop, SaysHowSureItIs) {
    for (const char* carrier : {"STOP", "end", " Cancel ", "QUIT", "stop all"}) {
        EXPECT_EQ(read_stop(carrier, all()), StopWish::carrier) << carrier;
    }
    for (const char* plain : {"stop.", "Stop. Thank you", "please cancel", "please stop texting me",
                              "STOP STOP", "stop stop stop"}) {
        EXPECT_EQ(read_stop(plain, all()), StopWish::plain) << plain;  // no carrier knows these: we answer
    }
    for (const char* own : {"alto", "Kanpe!", "sispann tanpri", "BAJA, gracias", "alto alto"}) {
        EXPECT_EQ(read_stop(own, all()), StopWish::word) << own;
    }
    EXPECT_EQ(read_stop("hello", all()), StopWish::none);
}

TEST(IsStop, ALanguageMayAddItsOwnCourtesy) {
    ReadingWords words;
    words.stop = {"acha"};
    words.courtesy = {"tafadhali"};
    EXPECT_TRUE(is_stop("Acha tafadhali", std::vector{fold_words(words)}));
    EXPECT_FALSE(is_stop("Acha kazi", std::vector{fold_words(words)}));
}

}  // namespace
}  // namespace rightsline::locales
