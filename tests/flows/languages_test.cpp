// Message-only languages and "another language", from the files of a program to what a worker hears.
#include <gtest/gtest.h>

#include "flows/scripted.hpp"
#include "tests/flows/bundles.hpp"

namespace rightsline::flows {
namespace {

PackPtr with_message_only_creole() {
    Bundle bundle = tests::excerpt();
    std::string& program = bundle.files.at("flows/fair-food/program.yaml");
    const std::string from = "ht: {name: Kreyòl, tts: true}";
    program.replace(program.find(from), from.size(), "ht: {name: Kreyòl, tts: true, message_only: true}");
    bundle.files.erase("locales/ht/fair-food.yaml");  // twenty clips, and no text of the flows
    const Compiled compiled = compile(bundle);
    EXPECT_NE(compiled.pack, nullptr) << tests::lines(compiled.complaints);
    return compiled.pack;
}

void expect_passes(const std::string& yaml) {
    const PackPtr pack = with_message_only_creole();
    ASSERT_NE(pack, nullptr);
    const ScriptedRun run = run_scripted(*pack, {{"flows/fair-food/languages.test.yaml", yaml}});
    EXPECT_FALSE(run.results.empty());
    for (const ScriptedResult& result : run.results) {
        EXPECT_TRUE(result.passed) << result.test << ':' << result.line << '\n'
                                   << result.failure << '\n'
                                   << result.transcript;
    }
    EXPECT_TRUE(run.ok()) << tests::lines(run.complaints);
}

TEST(Languages, AMessageOnlyLanguageAsksForTheMessageInItselfAndFilesIt) {
    expect_passes(R"(test: message only
mode: voice
steps:
  - call: {}
  - hear: {key: hotline.language.menu}
  - hear: {key: common.other_language}
  - press: "3"
  - hear: {key: common.record_tone, language: ht}
  - record: 20s
  - hear: {key: common.message_kept, language: ht}
  - expect: {report: filed, parts: [message], reason: spoken_message, ended: "false", code_said: "false"}
  - press: ""
  - hear: {key: common.goodbye, language: ht}
  - expect: {ended: "true"}
)");
}

TEST(Languages, AMessageOnlyLanguageWithoutAWordFilesNothing) {
    expect_passes(R"(test: message only, silent
mode: voice
steps:
  - call: {}
  - press: "3"
  - record: 0s
  - hear: {key: common.goodbye, language: ht}
  - expect: {report: none, ended: "true"}
)");
}

TEST(Languages, AnotherLanguageIsAMessageAfterTheToneOnAnyLine) {
    expect_passes(R"(test: another language
mode: voice
steps:
  - call: {}
  - hear: {key: common.other_language}
  - press: ""
  - hear: {key: common.record_tone}
  - record: 30s
  - hear: {key: common.message_kept}
  - expect: {report: filed, parts: [message], reason: spoken_message, alert: P2}
)");
}

TEST(Languages, ByTextAMessageOnlyLanguageTakesTheStoryAndGoesOnInTheBaseLanguage) {
    expect_passes(R"(test: message only by text
mode: sms
steps:
  - text: hi
  - text: "3"
  - hear: {key: hotline.danger_now.menu}
)");
}

}  // namespace
}  // namespace rightsline::flows
