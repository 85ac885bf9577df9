#include "flows/scripted.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/flows/pack_builder.hpp"

namespace rightsline::flows {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

ScriptedRun run(const std::string& yaml) {
    return run_scripted(*testing::hotline().build(), {{"flows/test/one.test.yaml", yaml}});
}

constexpr const char* survives = R"(test: a report by voice survives a hang-up before the code is said
program: test
mode: voice
languages: [en, es, ht]
steps:
  - call: {}
  - hear: {key: hotline.language.menu}
  - press: "{language}"
  - hear: {key: hotline.danger_now.menu}
  - press: "2"
  - hear: {key: hotline.main.menu}
  - press: "2"
  - press: "1"
  - hear: {key: hotline.story.prompt}
  - record: 12s
  - hear: {key: hotline.keep.menu}
  - duplicate: {}
  - hang_up: {}
  - expect: {report: filed, parts: [story], alert: P3, code_said: false, reason: hang_up, ended: "true"}
)";

TEST(Scripted, ATestRunsInEachOfItsLanguages) {
    const ScriptedRun ran = run(survives);
    ASSERT_EQ(ran.results.size(), 3U);
    for (const ScriptedResult& result : ran.results) {
        EXPECT_TRUE(result.passed) << result.test << '\n' << result.failure << '\n' << result.transcript;
    }
    EXPECT_TRUE(ran.ok());
}

TEST(Scripted, OnlyWhatWasAssertedAndLeftIsCovered) {
    const ScriptedRun ran = run(survives);
    const auto exits = ran.coverage.exits();
    EXPECT_THAT(exits, Contains("hotline.keep es voice: hang_up"));
    EXPECT_THAT(exits, Contains("hotline.language ht voice: answered"));
    EXPECT_THAT(ran.coverage.missing(), Contains("hotline.what en voice"));
    EXPECT_THAT(ran.coverage.missing(), Contains("hotline.keep es sms"));
    EXPECT_EQ(ran.coverage.covered(), 15U);
    EXPECT_THAT(ran.coverage.summary(), ::testing::MatchesRegex("coverage: [0-9]+\\.[0-9]%"));
}

TEST(Scripted, AWaitingPromptThatIsNotLeftIsNotCovered) {
    const ScriptedRun ran =
        run("test: t\nmode: sms\nsteps:\n  - text: hi\n  - hear: {key: hotline.language.menu}\n");
    EXPECT_TRUE(ran.ok());
    EXPECT_EQ(ran.coverage.covered(), 0U);
}

TEST(Scripted, AFailingStepHasItsLineAndTheTranscript) {
    const ScriptedRun ran =
        run("test: t\nmode: sms\nsteps:\n  - text: hi\n  - hear: {key: hotline.main.menu}\n");
    ASSERT_EQ(ran.results.size(), 1U);
    EXPECT_FALSE(ran.results[0].passed);
    EXPECT_EQ(ran.results[0].line, 5);
    EXPECT_THAT(ran.results[0].failure, HasSubstr("hotline.main.menu"));
    EXPECT_THAT(ran.results[0].transcript,
                HasSubstr("> text: hi\n< hotline.language.menu [en] Choose a language."));
}

TEST(Scripted, APatternThatMatchesAnythingIsRefused) {
    for (const char* pattern :
         {"{}", "{key: \"\"}", "{key: \"*\"}", "{key: hotline.nowhere.menu}", "{text: a}"}) {
        const ScriptedRun ran =
            run(std::string("test: t\nmode: sms\nsteps:\n  - text: hi\n  - hear: ") + pattern + "\n");
        EXPECT_FALSE(ran.ok()) << pattern;
    }
    EXPECT_FALSE(run("test: t\nmode: sms\nsteps:\n  - text: hi\n  - expect: {}\n").ok());
}

TEST(Scripted, TheWrongLanguageFails) {
    EXPECT_FALSE(run("test: t\nmode: sms\nlanguages: [es]\nsteps:\n  - text: hi\n  - text: \"1\"\n"
                     "  - hear: {key: hotline.danger_now.menu}\n")
                     .ok());
}

TEST(Scripted, StoreDownResultWaitSilentAndReorder) {
    const ScriptedRun ran = run(R"(test: store down
mode: voice
steps:
  - call: {}
  - press: "1"
  - press: "2"
  - press: "2"
  - press: "1"
  - record: 9s
  - store: down
  - press: "1"
  - hear: {key: common.not_now}
  - expect: {report: none, parts: [story], code_said: "false"}
  - store: up
  - press: "1"
  - hear: {key: hotline.receipt.say}
---
test: no code
mode: voice
steps:
  - call: {}
  - press: "1"
  - press: "2"
  - press: "2"
  - press: "1"
  - record: 9s
  - result: {report.file: else}
  - press: "1"
  - hear: {key: hotline.not_saved.say}
  - expect: {report: filed, reason: no_code, code_said: "false"}
---
test: pending
mode: voice
steps:
  - call: {}
  - press: "1"
  - press: "2"
  - press: "2"
  - press: "1"
  - record: 9s
  - result: {report.file: pending}
  - press: "1"
  - hear: {key: hotline.pending.say}
  - expect: {code_said: "true"}
---
test: thirty minutes
mode: sms
steps:
  - text: My boss did not pay us
  - hear: {key: common.first_text}
  - wait: 31m
  - expect: {report: filed, reason: silence}
  - text: hello
  - hear: {key: common.opener}
  - text: STOP
  - silent: {}
---
test: reorder
mode: sms
steps:
  - text: hi
  - text: "1"
  - text: "2"
  - text: "2"
  - text: "1"
  - reorder: [{text: second}, {text: first}]
  - duplicate: {}
  - late: {}
  - text: "1"
  - expect: {parts: [story, story]}
---
test: return with a code
mode: sms
open: {status: new}
steps:
  - text: hi
  - text: "1"
  - text: "2"
  - text: "3"
  - text: "{code}"
  - hear: {key: hotline.opened.say}
)");
    for (const ScriptedResult& result : ran.results) {
        EXPECT_TRUE(result.passed) << result.test << ':' << result.line << '\n'
                                   << result.failure << '\n'
                                   << result.transcript;
    }
    EXPECT_EQ(ran.results.size(), 6U);
}

TEST(Scripted, AStoreThatIsGoneIsSaidAndNothingElseIs) {
    const std::string begin =
        "test: t\nmode: sms\nsteps:\n  - text: hi\n  - text: \"1\"\n  - store: down\n  - text: \"2\"\n";
    EXPECT_TRUE(run(begin + "  - hear: {key: common.not_kept}\n").ok());
    EXPECT_TRUE(run(begin + "  - hear: {key: common.not_kept, language: ht}\n").ok());
    EXPECT_FALSE(run(begin + "  - hear: {key: hotline.main.menu}\n").ok());
    EXPECT_FALSE(run(begin + "  - duplicate: {}\n").ok());  // it was never kept, so nothing can repeat it
}

TEST(Scripted, ATestThatFailsCoversNothing) {
    const std::string asked =
        "test: t\nmode: sms\nsteps:\n  - text: hi\n  - hear: {key: hotline.language.menu}\n  - text: \"1\"\n";
    EXPECT_EQ(run(asked).coverage.covered(), 1U);
    EXPECT_EQ(run(asked + "  - hear: {key: hotline.main.menu}\n").coverage.covered(), 0U);
}

TEST(Scripted, ATestThatCannotBeReadProvesNothing) {
    EXPECT_FALSE(run("test: t\nsteps:\n  - text: hi\n").ok());
    EXPECT_FALSE(run("test: t\nmode: sms\nstep: []\n").ok());
    EXPECT_FALSE(run("test: t\nmode: sms\nsteps:\n  - txt: hi\n").ok());
    EXPECT_FALSE(run("test: t\nmode: sms\nlanguages: [xx]\nsteps:\n  - text: hi\n").ok());
}

}  // namespace
}  // namespace rightsline::flows
