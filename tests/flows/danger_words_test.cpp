// What people write who are in danger, and what only looks like it: a hundred of each in every language (tests/data/danger).
//
// The phrases are ours, and the lists were widened until they held: a worker's own words may be others. So the question
// about danger comes before everything, and nobody's report waits for a word of a list.
#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

#include "flows/engine.hpp"
#include "flows/engine/read.hpp"
#include "tests/flows/bundles.hpp"
#include "tests/flows/phone.hpp"

namespace rightsline::flows {
namespace {

using testing::Phone;

constexpr std::size_t phrases_of_each = 100;
constexpr std::size_t least_found = 95;
constexpr std::size_t most_false = 6;  // as it stands: a list that alarms at everything is seen

struct Corpus {
    std::vector<std::string> danger;
    std::vector<std::string> harmless;
};

Corpus corpus_of(const std::string& language) {
    std::istringstream file(
        tests::read_file(std::string(RIGHTSLINE_SOURCE_DIR) + "/tests/data/danger/" + language + ".txt"));
    Corpus corpus;
    std::vector<std::string>* part = nullptr;
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with('[')) {
            part = line == "[danger]" ? &corpus.danger : &corpus.harmless;
        } else if (part != nullptr && !line.empty()) {
            part->push_back(line);
        }
    }
    return corpus;
}

PackPtr pack_of(const std::string& program) {
    const Compiled compiled = compile(tests::shipped(program));
    EXPECT_NE(compiled.pack, nullptr) << tests::lines(compiled.complaints);
    return compiled.pack;
}

std::vector<std::string> found_in(const Pack& pack, const std::vector<std::string>& phrases, bool named) {
    std::vector<std::string> found;
    std::ranges::copy_if(phrases, std::back_inserter(found), [&](const std::string& phrase) {
        return read_danger(pack, fold_text(phrase)).named == named;
    });
    return found;
}

std::string joined(const std::vector<std::string>& phrases) {
    std::string all;
    for (const std::string& one : phrases) {
        all += "\n  " + one;
    }
    return all;
}

class DangerWords : public ::testing::TestWithParam<const char*> {
 protected:
    /// What each of the program's languages is called, and its phrases.
    void each(const auto& look) const {
        for (std::size_t i = 0; i < pack->languages.size(); ++i) {
            SCOPED_TRACE(std::string(GetParam()) + " " + pack->language_names[i]);
            look(pack->language_names[i], corpus_of(pack->languages[i].str()));
        }
    }
    Phone at_the_menu(const std::string& language) const {
        Phone phone(pack);
        phone.text("hi").text(language).text("2");
        EXPECT_TRUE(phone.heard("hotline.main.menu")) << language;
        return phone;
    }

    PackPtr pack = pack_of(GetParam());
};

TEST_P(DangerWords, OfAHundredPhrasesOfEachLanguageNinetyFiveAreFound) {
    each([&](const std::string&, const Corpus& corpus) {
        EXPECT_EQ(corpus.danger.size(), phrases_of_each);
        const std::vector<std::string> missed = found_in(*pack, corpus.danger, false);
        EXPECT_GE(corpus.danger.size() - missed.size(), least_found) << joined(missed);
    });
}

TEST_P(DangerWords, OfAHundredThatLookAlikeFewRaiseAnAlarm) {
    each([&](const std::string&, const Corpus& corpus) {
        EXPECT_EQ(corpus.harmless.size(), phrases_of_each);
        const std::vector<std::string> alarms = found_in(*pack, corpus.harmless, true);
        EXPECT_LE(alarms.size(), most_false) << joined(alarms);
    });
}

TEST_P(DangerWords, AFalseAlarmHurriesTheReportAndCutsNoMenu) {
    each([&](const std::string& language, const Corpus& corpus) {
        for (const std::string& words : found_in(*pack, corpus.harmless, true)) {
            Phone phone = at_the_menu(language);
            phone.text(words);
            EXPECT_TRUE(phone.heard("danger.help_now.menu")) << words;
            ASSERT_EQ(phone.parts.size(), 1U) << words;
            EXPECT_EQ(phone.parts.front().text.reveal(), words);
            EXPECT_EQ(phone.filings.back().urgency, Urgency::p1) << words;
            phone.text("menu");
            EXPECT_TRUE(phone.heard("hotline.main.menu") || phone.heard("hotline.number_first.menu"))
                << "every way is open as before: " << words;
        }
    });
}

TEST_P(DangerWords, AFalseAlarmInAStoryAsksForMoreAsEveryStoryDoes) {
    each([&](const std::string& language, const Corpus& corpus) {
        for (const std::string& words : found_in(*pack, corpus.harmless, true)) {
            Phone phone = at_the_menu(language);
            phone.text("2").text("1").text(words);
            EXPECT_TRUE(phone.heard("common.danger_call")) << words;
            EXPECT_TRUE(phone.heard("common.story_more")) << words;
            EXPECT_TRUE(phone.text("1").heard("hotline.keep.menu") || phone.heard("hotline.saved.say"))
                << words << ": " << phone.body();
        }
    });
}

INSTANTIATE_TEST_SUITE_P(Shipped, DangerWords,
                         ::testing::Values("fair-food", "lesotho-gbvh", "milk-with-dignity"),
                         [](const auto& one) {
                             std::string name = one.param;
                             std::erase_if(name, [](char c) { return c == '-'; });
                             return name;
                         });

}  // namespace
}  // namespace rightsline::flows
