// Lint of what only a caller lives through: the wait for the key of a language, words that come again, prompts that no key cuts.
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include "flows/language_waits.hpp"
#include "flows/lint.hpp"
#include "locales/audio.hpp"
#include "tests/flows/bundles.hpp"

namespace rightsline::flows {
namespace {

using namespace std::chrono_literals;
using locales::Complaint;
using locales::Complaints;

/// One language's recordings in a bundle, each of exactly the words that it is of.
class Recordings {
 public:
    explicit Recordings(std::string language, std::string group = "fair-food")
        : language_(std::move(language)), group_(std::move(group)) {}

    Recordings& add(const std::string& piece, const std::string& words, std::chrono::milliseconds length) {
        clips_ += "  " + piece + ": {file: " + piece + ".wav, hash: " + next_hash() +
                  ", text_hash: " + locales::to_hex(locales::hash_text(words)) +
                  ", length_ms: " + std::to_string(length.count()) + ", state: approved}\n";
        return *this;
    }
    void put(Bundle& bundle) const {
        bundle.files["locales/" + language_ + "/audio/" + group_ + "/index.yaml"] =
            "language: " + language_ + "\nclips:\n" + clips_;
    }

 private:
    /// 64 digits, another for each recording.
    static std::string next_hash() {
        static int count = 0;
        const std::string number = std::to_string(++count);
        return std::string(64 - number.size(), 'a') + number;
    }
    std::string language_;
    std::string group_;
    std::string clips_;
};

/// The excerpt with an opening menu that is recorded whole; the first words of it take so long.
Bundle recorded(std::chrono::milliseconds opening) {
    Bundle bundle = tests::excerpt();
    Recordings("en")
        .add("hotline.language.menu.0", "This is the workers' line. You need not give your name.", opening)
        .add("hotline.language.en.0", "English", 500ms)
        .put(bundle);
    Recordings("es").add("hotline.language.es.0", "Español", 600ms).put(bundle);
    Recordings("ht").add("hotline.language.ht.0", "Kreyòl", 700ms).put(bundle);
    return bundle;
}

PackPtr compiled(const Bundle& bundle) {
    const Compiled made = compile(bundle);
    EXPECT_NE(made.pack, nullptr) << tests::lines(made.complaints);
    return made.pack;
}

Complaints of_rule(const Bundle& bundle, const std::string& rule, bool production = false) {
    const PackPtr pack = compiled(bundle);
    LintOptions options;
    options.production = production;
    Complaints found = pack == nullptr ? Complaints() : lint(bundle, *pack, options);
    std::erase_if(found, [&](const Complaint& one) { return one.rule != rule; });
    return found;
}

TEST(LanguageWaits, AreTheLengthsOfTheRecordingsThatACallPlaysUpToTheKeyOfEach) {
    const PackPtr pack = compiled(recorded(3000ms));
    ASSERT_NE(pack, nullptr);
    const std::vector<LanguageWait> longer = language_waits(*compiled(recorded(4000ms)));
    const std::vector<LanguageWait> waits = language_waits(*pack);
    ASSERT_EQ(waits.size(), 3U);
    EXPECT_EQ(waits[0].language, "English");
    EXPECT_EQ(waits[1].key, "2");
    EXPECT_EQ(waits[2].language, "Kreyòl");
    for (std::size_t i = 0; i < waits.size(); ++i) {
        EXPECT_EQ(longer[i].named - waits[i].named, 1000ms) << waits[i].language;
        EXPECT_GT(waits[i].named, i == 0 ? 3500ms : waits[i - 1].named) << waits[i].language;
        EXPECT_GT(waits[i].next_named, 0ms) << "the question about danger comes behind it";
        EXPECT_TRUE(waits[i].guessed) << "'press 1' is spoken by a machine here";
    }
}

TEST(LanguageWaits, AreNoneWhereACallBeginsWithoutAMenuOfLanguages) {
    Bundle bundle = tests::excerpt();
    std::string& flow = bundle.files.at("flows/fair-food/hotline.flow.yaml");
    const std::string start = "start: language";
    flow.replace(flow.find(start), start.size(), "start: main");
    EXPECT_TRUE(language_waits(*compiled(bundle)).empty());
}

TEST(LintVoice, EachOfThreeLanguagesIsReachedWithinTenSeconds) {
    EXPECT_TRUE(of_rule(recorded(2000ms), "slow-language").empty());
    const Complaints slow = of_rule(recorded(9000ms), "slow-language");
    ASSERT_EQ(slow.size(), 1U) << tests::lines(slow);
    EXPECT_EQ(slow[0].file, "flows/fair-food/hotline.flow.yaml");
    EXPECT_EQ(slow[0].level, Complaint::Level::warning);
    const Complaints in_production = of_rule(recorded(9000ms), "slow-language", true);
    ASSERT_EQ(in_production.size(), 1U);
    EXPECT_EQ(in_production[0].level, Complaint::Level::error);
}

TEST(LintVoice, ADraftThatIsNotPlayedIsNotMeasured) {
    Bundle bundle = recorded(9000ms);
    std::string& index = bundle.files.at("locales/en/audio/fair-food/index.yaml");
    const std::string state = "state: approved";
    index.replace(index.find(state), state.size(), "state: draft");
    EXPECT_TRUE(of_rule(bundle, "slow-language").empty())
        << "a machine voice says those words in four seconds";
}

/// The excerpt without the lines that begin so, in whichever file.
Bundle without(const std::vector<std::string>& beginnings) {
    Bundle bundle = tests::excerpt();
    for (auto& [name, text] : bundle.files) {
        for (const std::string& beginning : beginnings) {
            for (auto at = text.find("\n" + beginning); at != std::string::npos;
                 at = text.find("\n" + beginning)) {
                text.erase(at, text.find('\n', at + 1) - at);
            }
        }
    }
    return bundle;
}

TEST(LintVoice, WhoIsNotUnderstoodHearsOtherWordsEachTime) {
    EXPECT_TRUE(of_rule(tests::excerpt(), "same-words-again").empty());
    const std::vector<std::vector<std::string>> needed{
        {"    again: [Pick a language.", "  hotline.language.again."},  // a menu of languages
        {"  invalid_2:"},                                               // any other menu
        {"  nothing_recorded_2:"},                                      // a question for words
        {"  invalid_code_2:"}};                                         // the question for the number
    for (const std::vector<std::string>& lines : needed) {
        const Bundle bundle = without(lines);
        const Complaints found = of_rule(bundle, "same-words-again");
        EXPECT_FALSE(found.empty()) << lines.front();
        for (const Complaint& one : found) {
            EXPECT_EQ(one.level, Complaint::Level::warning);
            EXPECT_TRUE(one.file.ends_with(".flow.yaml")) << one.file;
        }
        for (const Complaint& one : of_rule(bundle, "same-words-again", true)) {
            EXPECT_EQ(one.level, Complaint::Level::error);
        }
    }
}

/// What is too long when one text of the excerpt is recorded so.
Complaints too_long(const std::string& piece, const std::string& words, std::chrono::milliseconds length) {
    Bundle bundle = tests::excerpt();
    Recordings("en").add(piece, words, length).put(bundle);
    return of_rule(bundle, "long-prompt");
}

TEST(LintVoice, WhatIsSaidBeforeAToneStaysUnderTwentySecondsAndWhatAKeyCutsMayBeLonger) {
    const std::string where = "Where is it? Say the company, the farm, or a place near it.";
    EXPECT_EQ(too_long("hotline.where.prompt.0", where, 21s).size(), 1U);
    EXPECT_TRUE(too_long("hotline.where.prompt.0", where, 19s).empty());
    EXPECT_TRUE(too_long("hotline.main.menu.0", "What do you need?", 40s).empty());
}

TEST(LintVoice, SharedWordsStayUnderTwentySecondsToo) {
    Bundle bundle = tests::excerpt();
    Recordings("en", "common").add("common.nothing_recorded.0", "We did not hear you.", 21s).put(bundle);
    const Complaints found = of_rule(bundle, "long-prompt");
    ASSERT_EQ(found.size(), 1U) << tests::lines(found);
    EXPECT_NE(found[0].what.find("common.nothing_recorded"), std::string::npos);
}

}  // namespace
}  // namespace rightsline::flows
