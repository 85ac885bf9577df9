// The sentences that may be sent to a worker as they stand: of the programs that are shipped, and what check says of bad ones.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "flows/lint.hpp"
#include "flows/words.hpp"
#include "locales/audio.hpp"
#include "tests/flows/bundles.hpp"

namespace rightsline::flows {
namespace {

using locales::Complaints;

constexpr const char* program = "flows/lesotho-gbvh/program.yaml";
constexpr const char* sesotho = "locales/st/lesotho-gbvh.yaml";
constexpr const char* spoken = "locales/st/audio/lesotho-gbvh/index.yaml";

/// The shipped program with another beginning of its answers.
Bundle with_answers(const std::string& answers) {
    Bundle bundle = tests::shipped("lesotho-gbvh");
    std::string& text = bundle.files.at(program);
    text.replace(text.find("\nanswers:\n"), 10, "\nanswers:\n" + answers);
    return bundle;
}

Bundle in_sesotho(Bundle bundle, const std::string& line) {
    std::string& text = bundle.files.at(sesotho);
    text.replace(text.find("\ntexts:\n"), 8, "\ntexts:\n" + line);
    return bundle;
}

std::set<std::string> rules_of(const Complaints& complaints) {
    std::set<std::string> rules;
    for (const locales::Complaint& one : complaints) {
        rules.insert(one.rule);
    }
    return rules;
}

std::set<std::string> lint_of(const Bundle& bundle) {
    const Compiled compiled = compile(bundle);
    EXPECT_NE(compiled.pack, nullptr) << tests::lines(compiled.complaints);
    return compiled.pack ? rules_of(lint(bundle, *compiled.pack)) : std::set<std::string>();
}

std::string clip_of(const std::string& key, const std::string& words) {
    return "language: st\nclips:\n  program.answers." + key +
           ".0: {file: a.wav, hash: " + std::string(64, 'a') +
           ", text_hash: " + locales::to_hex(locales::hash_text(words)) +
           ", length_ms: 2000, state: approved}\n";
}

class ShippedAnswers : public ::testing::TestWithParam<const char*> {};

TEST_P(ShippedAnswers, AreThereInEveryLanguageAndNoTwoAreTheSame) {
    const PackPtr pack = compile(tests::shipped(GetParam())).pack;
    ASSERT_NE(pack, nullptr);
    EXPECT_GE(pack->answers.size(), 6U);
    for (std::size_t language = 0; language < pack->languages.size(); ++language) {
        std::set<std::string> all;
        for (const ReadyAnswer& one : pack->answers) {
            const std::string words = pack->text(static_cast<LanguageIndex>(language), one.say).text({});
            EXPECT_LE(words.size(), 120U) << one.key;
            EXPECT_TRUE(all.insert(words).second) << one.key;
            const bool own = pack->text(static_cast<LanguageIndex>(language), one.say).language() ==
                             pack->languages[language];
            EXPECT_TRUE(own) << one.key << " is not said in " << pack->language_names[language];
        }
    }
}

INSTANTIATE_TEST_SUITE_P(All, ShippedAnswers,
                         ::testing::Values("fair-food", "lesotho-gbvh", "milk-with-dignity"),
                         [](const auto& one) {
                             std::string name = one.param;
                             std::erase(name, '-');
                             return name;
                         });

TEST(ReadyAnswers, WithoutWordsInALanguageAreRefused) {
    Bundle bundle = with_answers("  soon: {say: We will be back soon.}\n");
    EXPECT_TRUE(rules_of(compile(bundle).complaints).contains("missing-text"));
    EXPECT_EQ(compile(bundle).pack, nullptr);
    bundle = in_sesotho(std::move(bundle), "  program.answers.soon: \"Re tla khutla.\"\n");
    EXPECT_NE(compile(bundle).pack, nullptr);
}

TEST(ReadyAnswers, AreRefusedForTheirShape) {
    for (const auto& [answers, rule] :
         {std::pair("  Soon: {say: Soon.}\n", "bad-name"), std::pair("  soon: {}\n", "no-words"),
          std::pair("  a_name_that_is_longer_than_any: {say: Soon.}\n", "bad-name"),
          std::pair("  soon: {say: Soon., urgency: P1}\n", "unknown-key")}) {
        EXPECT_TRUE(rules_of(compile(with_answers(answers)).complaints).contains(rule)) << answers;
    }
    std::string many;
    for (int i = 0; i < 12; ++i) {
        many += "  more_" + std::to_string(i) + ": {say: Number " + std::to_string(i) + "}\n";
    }
    EXPECT_TRUE(rules_of(compile(with_answers(many)).complaints).contains("too-many-answers"));
}

TEST(ReadyAnswers, NameNoTopicHoldNothingToFillInAndAreShort) {
    const auto lint_one = [](const std::string& words) {
        return lint_of(in_sesotho(with_answers("  soon: {say: \"" + words + "\"}\n"),
                                  "  program.answers.soon: \"" +
                                      (words.find('{') == words.npos ? "Re tla khutla." : words) + "\"\n"));
    };
    EXPECT_TRUE(lint_one("About your harassment report.").contains("dangerous-word"));
    EXPECT_TRUE(lint_one("It is about pay and hours.").contains("not-neutral"));
    EXPECT_TRUE(lint_one("Your number is {code, spell}.").contains("answer-placeholder"));
    EXPECT_TRUE(lint_one(std::string(121, 'a')).contains("answer-too-long"));
    const std::set<std::string> fine = lint_one("We will be back soon.");
    for (const char* rule : {"dangerous-word", "not-neutral", "answer-placeholder", "answer-too-long"}) {
        EXPECT_FALSE(fine.contains(rule)) << rule;
    }
}

TEST(ReadyAnswers, AreRecordedAsEveryPromptIsAndAChangedOneIsStale) {
    Bundle bundle = tests::shipped("lesotho-gbvh");
    const PackPtr silent = compile(bundle).pack;
    ASSERT_NE(silent, nullptr);
    const LanguageIndex st = *silent->find_language(*LanguageTag::parse("st"));
    const TextIndex more = silent->find_answer("more");
    ASSERT_NE(more, no_text);
    EXPECT_FALSE(silent->is_recorded(st, more));
    EXPECT_EQ(silent->find_answer("gone"), no_text);
    EXPECT_EQ(silent->find_answer(""), no_text);
    const std::string words = silent->text(st, more).text({});
    bundle.files[spoken] = clip_of("more", words);
    const PackPtr recorded = compile(bundle).pack;
    ASSERT_NE(recorded, nullptr);
    EXPECT_TRUE(recorded->is_recorded(st, recorded->find_answer("more")));
    const Complaints missing = lint(bundle, *recorded);
    const auto lacks = [&](const std::string& key) {
        return std::ranges::any_of(missing, [&](const locales::Complaint& one) {
            return one.rule == "missing-audio" && one.what.find("'" + key + "'") != std::string::npos;
        });
    };
    EXPECT_FALSE(lacks("program.answers.more"));
    EXPECT_TRUE(lacks("program.answers.safe"));
    bundle.files[spoken] = clip_of("more", "Other words.");
    EXPECT_TRUE(lint_of(bundle).contains("stale-audio"));
    EXPECT_FALSE(compile(bundle).pack->is_recorded(st, more)) << "better none than a wrong one";
}

TEST(ReadyAnswers, AreSaidByTheirRecordingWhereAReplyIsRead) {
    Bundle bundle = tests::shipped("lesotho-gbvh");
    const PackPtr written = compile(bundle).pack;
    const LanguageIndex st = *written->find_language(*LanguageTag::parse("st"));
    const std::string words = written->text(st, written->find_answer("more")).text({});
    bundle.files[spoken] = clip_of("more", words);
    const PackPtr pack = compile(bundle).pack;
    const Values values{{"message", words}, {"answer", "more"}};
    const Utterance said = Words(*pack, Mode::voice, values).say(pack->find_text("messages.last.say"), st);
    ASSERT_EQ(said.clips.size(), 1U);
    EXPECT_EQ(said.clips[0].audio_hash, std::string(64, 'a'));
    EXPECT_EQ(said.text, words);
    EXPECT_TRUE(said.secret);
    const Values own{{"message", words}, {"answer", ""}};
    EXPECT_TRUE(Words(*pack, Mode::voice, own).say(pack->find_text("messages.last.say"), st).clips.empty())
        << "somebody's own words have no recording, and no machine speaks Sesotho";
}

}  // namespace
}  // namespace rightsline::flows
