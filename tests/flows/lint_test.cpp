#include "flows/lint.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <sstream>

#include "locales/audio.hpp"
#include "tests/flows/bundles.hpp"

namespace rightsline::flows {
namespace {

using locales::Complaints;

constexpr const char* program = "flows/fair-food/program.yaml";
constexpr const char* hotline = "flows/fair-food/hotline.flow.yaml";
constexpr const char* spanish = "locales/es/fair-food.yaml";
constexpr const char* creole = "locales/ht/fair-food.yaml";
constexpr const char* spanish_common = "locales/es/common.yaml";
constexpr const char* creole_common = "locales/ht/common.yaml";
constexpr const char* english_common = "locales/en/common.yaml";

struct Change {
    std::string file;
    std::string from;
    std::string to;
};

void apply(Bundle& bundle, const Change& change) {
    std::string& text = bundle.files.at(change.file);
    const std::size_t at = text.find(change.from);
    ASSERT_NE(at, std::string::npos) << change.from;
    text.replace(at, change.from.size(), change.to);
}

/// The excerpt has texts for three languages, and words to read for two: here it has both.
Bundle whole() {
    Bundle bundle = tests::excerpt();
    for (const auto& [wide, narrow] :
         {std::pair("la línea", "la linea"), std::pair("Cuál se parece más", "Se parece"),
          std::pair("mi código", "mi clave"), std::pair("¿Dónde es?", "¿En qué sitio?"),
          std::pair("mostrarlo aquí", "mostrarlo"), std::pair("Sí, mándelo", "OK"),
          std::pair("Cuéntenos qué pasó. Puede", "Cuente lo que pasa. Puede"),
          std::pair("Todavía estamos guardando lo que nos contó", "Lo estamos guardando"),
          std::pair("Su número para volver:", "Su clave:"), std::pair("Mándenos su mensaje", "Escriba"),
          std::pair("Ese número no abre nada. Puede intentar más tarde", "Esa clave no abre nada")}) {
        apply(bundle, {spanish, wide, narrow});  // one SMS part each, as what is shipped
    }
    apply(bundle, {program, "dangerous_words:", "danger_words: [a gun]\ndangerous_words:"});
    apply(bundle,
          {english_common, "  done: [done]\n", "  done: [done]\n  erase: [delete]\n  skip: [skip]\n"});
    apply(bundle,
          {spanish_common, "  done: [listo]\n", "  done: [listo]\n  erase: [borrar]\n  skip: [saltar]\n"});
    apply(bundle,
          {creole_common, "  no: [non]\n",
           "  no: [non]\n  stop: [sispann]\n  help: [ede m]\n  erase: [efase]\n  done: [fini]\n  skip: "
           "[sote]\n"});
    apply(bundle, {creole, "texts:\n", "danger_words: [revolvè]\ntexts:\n"});
    return bundle;
}

Bundle approved() {
    Bundle bundle = whole();
    apply(bundle, {program, "status: draft", "status: approved"});
    return bundle;
}

LintOptions options() {
    LintOptions given;
    given.today = std::chrono::sys_days(std::chrono::year(2026) / 11 / 30);
    given.free = {{"sms", false}, {"voice", true}, {"ussd", false}};
    return given;
}

Complaints lint_of(const Bundle& bundle) {
    const Compiled compiled = compile(bundle);
    if (compiled.pack == nullptr) {
        Complaints errors = compiled.complaints;
        std::erase_if(errors, [](const auto& c) { return c.level != locales::Complaint::Level::error; });
        return errors;
    }
    return lint(bundle, *compiled.pack, options());
}

int line_of(const Bundle& bundle, const std::string& file, const std::string& marker) {
    const std::string& text = bundle.files.at(file);
    const std::size_t at = text.find(marker);
    return at == std::string::npos
               ? -1
               : 1 + static_cast<int>(
                         std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
}

TEST(Lint, ACorrectProgramHasNoFindings) {
    const Complaints findings = lint_of(approved());
    EXPECT_TRUE(findings.empty()) << tests::lines(findings);
}

TEST(Lint, ADraftIsAWarningHereAndAnErrorInProduction) {
    const Bundle bundle = whole();
    const Compiled compiled = compile(bundle);
    ASSERT_NE(compiled.pack, nullptr);
    LintOptions given = options();
    const Complaints here = lint(bundle, *compiled.pack, given);
    ASSERT_EQ(here.size(), 1U) << tests::lines(here);
    EXPECT_EQ(locales::to_line(here[0]).substr(0, 46), "flows/fair-food/program.yaml:3: not-approved: ");
    EXPECT_EQ(here[0].level, locales::Complaint::Level::warning);
    given.production = true;
    EXPECT_EQ(lint(bundle, *compiled.pack, given)[0].level, locales::Complaint::Level::error);
}

TEST(Lint, APackOfOtherSourcesIsNotJudged) {
    const Compiled compiled = compile(tests::excerpt());
    const Complaints findings = lint(approved(), *compiled.pack, options());
    ASSERT_EQ(findings.size(), 1U);
    EXPECT_EQ(findings[0].rule, "other-sources");
}

struct Broken {
    const char* label;
    Change change;
    const char* rule;
    const char* marker;  // stands on the line of the finding
};
void PrintTo(const Broken& broken, std::ostream* out) { *out << broken.label; }

class LintFinds : public testing::TestWithParam<Broken> {};

TEST_P(LintFinds, ExactlyThatRuleAtThatLine) {
    Bundle bundle = approved();
    apply(bundle, GetParam().change);
    const Complaints findings = lint_of(bundle);
    ASSERT_FALSE(findings.empty());
    const int line = line_of(bundle, GetParam().change.file, GetParam().marker);
    bool there = false;
    for (const auto& finding : findings) {
        EXPECT_EQ(finding.rule, GetParam().rule) << locales::to_line(finding);
        EXPECT_FALSE(finding.mend.empty());
        there = there || (finding.file == GetParam().change.file && finding.line == line);
    }
    EXPECT_TRUE(there) << "expected line " << line << "\n" << tests::lines(findings);
}

const Broken broken[] = {
    {"StaleTranslation",
     {spanish, "texts:\n", "from:\n  hotline.leave.say: 00\ntexts:\n"},
     "stale-translation",
     "  hotline.leave.say: 00"},
    {"UntrackedTranslation",
     {spanish, "texts:\n", "from: {}\ntexts:\n"},
     "stale-translation",
     "  hotline.leave.say: OK."},
    {"Unreachable",
     {hotline, "blocks:\n", "blocks:\n  lost: {say: Lost., end: true}\n"},
     "unreachable-block",
     "lost:"},
    {"DeadEnd",
     {hotline, "try again later.\", end: true}", "try again later.\"}"},
     "dead-end",
     "not_saved: {"},
    {"DeadEndChoice",
     {hotline, "safe:   {say: \"No\", go: main}", "safe:   {say: \"No\"}"},
     "dead-end",
     "danger_now:\n"},
    {"Loop",
     {hotline, "help:      {say: \"Send MENU for the choices, 0 for a person, X to leave.\", next: main}",
      "help:      {say: \"Send MENU for the choices, 0 for a person, X to leave.\", next: help}"},
     "loop-without-input",
     "help:      {"},
    {"QuestionThatNobodyIsLedBackTo",
     {hotline, "person:    {do: handoff, ok", "person:    {do: handoff, resume: true, ok"},
     "lost-question",
     "person:    {"},
    {"Pending",
     {hotline, "    ok: safe_to_text\n    pending: on_its_way\n", "    ok: on_its_way\n"},
     "unhandled-exit",
     "  file:\n"},
    {"ContactOfWhoShowsNoNumber",
     {hotline, "person:    {do: handoff, ok",
      "person:    {do: contact, with: {mode: relay}, no_text: goodbye, ok"},
     "unhandled-exit",
     "person:    {"},
    {"ContactInUnknownWords",
     {hotline, "person:    {do: handoff, ok", "person:    {do: contact, with: {mode: text}, ok"},
     "bad-value",
     "person:    {"},
    {"CallWithoutASafeTime",
     {hotline, "person:    {do: handoff, ok",
      "person:    {do: contact, with: {mode: call}, no_number: goodbye, ok"},
     "bad-value",
     "person:    {"},
    {"ConsentToWhatNobodyKnows",
     {hotline, "person:    {do: handoff, ok",
      "person:    {do: consent, with: {purpose: boss, answer: yes}, ok"},
     "bad-value",
     "person:    {"},
    {"OneConsentToAllSharing",
     {hotline, "person:    {do: handoff, ok",
      "person:    {do: consent, with: {purpose: sharing, answer: yes}, ok"},
     "bad-value",
     "person:    {"},
    {"UnknownTarget", {hotline, "go: rights}", "go: rihgts}"}, "unknown-target", "go: rihgts}"},
    {"UnknownString",
     {hotline, "invalid: common.invalid", "invalid: common.invlid"},
     "unknown-string",
     "common.invlid"},
    {"UnknownFamily", {program, "{family: wages,", "{family: wage,"}, "unknown-family", "{family: wage,"},
    {"UnknownAction", {hotline, "do: report.delete", "do: report.delte"}, "unknown-action", "report.delte"},
    {"UnknownKey",
     {hotline, "    seal: true\n    skip: true", "    seal: true\n    skipp: true"},
     "unknown-key",
     "skipp: true"},
    {"UnknownChoice", {hotline, "is: danger}", "is: dangr}"}, "unknown-choice", "is: dangr}"},
    {"UnsealedWords",
     {hotline, "    seal: true\n    skip: true", "    skip: true"},
     "unsealed-words",
     "where:\n"},
    {"KeyCollision", {hotline, "go: rights}", "key: \"9\", go: rights}"}, "key-collision", "key: \"9\""},
    {"KeyTwice", {hotline, "go: rights}", "key: \"2\", go: rights}"}, "key-twice", "report: {say"},
    {"OptOutWord", {hotline, "words: [code, status]", "words: [code, cancel]"}, "opt-out-word", "cancel"},
    {"OptOutWordSpanish", {spanish, "[derechos, ley]", "[derechos, end]"}, "opt-out-word", "[derechos, end]"},
    {"CollisionWithStop",
     {hotline, "words: [code, status]", "words: [code, alto]"},
     "word-collision",
     "main:\n"},
    {"CollisionWithAKeyword",
     {hotline, "words: [code, status]", "words: [code, menu]"},
     "word-collision",
     "main:\n"},
    {"CollisionOfReading",
     {english_common, "done: [done]", "done: [done, alto]"},
     "word-collision",
     "done: [done"},
    {"TwoChoicesOfOneWord",
     {hotline, "words: [rights, law]", "words: [rights, law, complaint]"},
     "word-collision",
     "report: {say: Report"},
    {"TwoChoicesOfOneSpanishWord",
     {spanish, "[derechos, ley]", "[derechos, \"reportar un problema\"]"},
     "word-collision",
     "hotline.main.report: ["},
    {"NoEmergencyNumber",
     {program, "{\"\": \"911\"}", "{\"\": \"\"}"},
     "bad-emergency-number",
     "emergency_numbers:"},
    {"EmergencyLetters",
     {program, "{\"\": \"911\"}", "{\"\": \"911\", US: \"9x1\"}"},
     "bad-emergency-number",
     "emergency_numbers:"},
    {"EmergencyTooShort",
     {program, "{\"\": \"911\"}", "{\"\": \"911\", US: \"+9\"}"},
     "bad-emergency-number",
     "emergency_numbers:"},
    {"NoWordToEnd", {creole_common, "  done: [fini]\n", ""}, "missing-words", "reading:"},
    {"NoDangerWords", {creole, "danger_words: [revolvè]\n", ""}, "missing-words", "program:"},
    {"OptOutKeyword", {hotline, "X: leave}", "QUIT: leave}"}, "opt-out-word", "QUIT"},
    {"YesNoTrap",
     {hotline, "keep:   {say: Keep it, go: where}", "keep:   {say: Keep it, words: [\"yes\"], go: where}"},
     "yes-no-trap",
     "keep:\n    menu"},
    {"Placeholders",
     {spanish, "llame al {emergency, spell}", "llame al 911"},
     "placeholders-differ",
     "hotline.danger.say"},
    {"Dangerous",
     {hotline, "Thank you. You can call", "Thank the union. You can call"},
     "dangerous-word",
     "the union"},
    {"AsksName",
     {hotline, "prompt: Where is it?", "prompt: What is your name?"},
     "asks-identity",
     "your name?"},
    {"AsksPapersSpanish", {spanish, "¿En qué sitio?", "¿Tiene sus papeles?"}, "asks-identity", "papeles"},
    {"NotFree", {hotline, "You can call or text at any time.", "Texts are free."}, "not-free", "are free"},
    {"SealedInCondition",
     {hotline, "{result: danger_now, is: danger}", "{result: where, known: true}"},
     "sealed-in-condition",
     "result: where"},
    {"SecretByText",
     {hotline, "sms: {after: safe_to_text, text: \"Your", "sms: {text: \"Your"},
     "secret-by-text",
     "receipt:\n"},
    {"UnmarkedSecret", {hotline, "    secret: true\n", ""}, "unmarked-secret", "Your report is saved"},
    {"OldFact",
     {hotline, "fact_reviewed: 2026-11-21", "fact_reviewed: 2025-11-21"},
     "old-fact",
     "fact_reviewed"},
    {"UndatedFact", {hotline, "    fact_reviewed: 2026-11-21\n", ""}, "undated-fact", "source:"},
    {"OneSegment",
     {english_common, "Hello. Pick a language.", "Hello. " + std::string(150, 'a') + "."},
     "not-one-segment",
     "opener:"},
    {"PingOfOneSegment",
     {english_common, "You have a message.", "You have a message. " + std::string(150, 'a') + "."},
     "not-one-segment",
     "ping:"},
    {"PingThatNamesATopic",
     {english_common, "You have a message.", "You have a message about pay and hours."},
     "not-neutral",
     "ping:"},
    {"PingThatNamesTheProgram",
     {english_common, "You have a message.", "You have a message, fair-food."},
     "not-neutral",
     "ping:"},
    {"CostlyText",
     {spanish, "Escriba. Mande 1 al terminar.", "Mándenos su mensaje " + std::string(80, 'a') + "."},
     "costly-text",
     "leave_message.sms"},
    {"CostlyMenu",
     {hotline, "menu: What do you need?", "menu: \"What do you need? \U0001F642\""},
     "costly-text",
     "menu: \"What do"},
    {"CostlyChoice",
     {hotline, "say: Learn your rights", "say: Learn your rights \U0001F642"},
     "costly-text",
     "rights: {say"},
    {"CostlySayBeforeAQuestion",
     {hotline, "{say: That number does not open anything. You can try again later.",
      "{say: \"No. \U0001F642\""},
     "costly-text",
     "wrong_code: {say"},
    {"CostlyWayToSkip",
     {english_common, "skip_text: \"Or send 0 to skip.\"", "skip_text: \"Or send 0 to skip. \U0001F642\""},
     "costly-text",
     "skip_text:"},
    {"UssdOverflow",
     {hotline, "{say: Thank you. You can call",
      "{modes: [ussd], say: Thank you. " + std::string(600, 'a') + " You can call"},
     "ussd-overflow",
     "goodbye:   {"},
    {"Plural",
     {spanish, "Bien.", "\"{choice, plural, other {x}}\""},
     "incomplete-plural",
     "contact_mode.done.say"},
    {"TooMany",
     {hotline, "person: {say: Talk to a person,   words: [person, call], go: person}",
      "person: {say: Talk to a person,   words: [person, call], go: person}\n      e: {say: E1, fixed: true, "
      "go: main}\n      f: {say: F1, fixed: true, go: main}"},
     "too-many-choices",
     "main:\n"},
};

INSTANTIATE_TEST_SUITE_P(Table, LintFinds, testing::ValuesIn(broken),
                         [](const auto& one) { return one.param.label; });

/// Findings that stand in another file than the change.
TEST(Lint, WhatIsAbsentIsNamedInTheFileWhereItBelongs) {
    Bundle bundle = approved();
    apply(bundle, {program, "ht: {name: Kreyòl, tts: true}", "ht: {name: Kreyòl, tts: false}"});
    const Complaints silent = lint_of(bundle);
    ASSERT_EQ(silent.size(), 2U) << tests::lines(silent);
    EXPECT_EQ(silent[0].rule, "mute-language");  // and calls leave the choice out
    EXPECT_EQ(silent[1].rule, "missing-audio");
    EXPECT_EQ(silent[1].file, "locales/ht/fair-food.yaml");
    bundle = approved();
    apply(bundle, {program, "{\"\": \"911\"}", "{US: \"911\"}"});
    const Complaints numbers = lint_of(bundle);
    ASSERT_FALSE(numbers.empty());
    EXPECT_EQ(numbers[0].rule, "no-emergency-number");
}

TEST(Lint, AWrittenNumberWithPlusAndSpacesCanBeCalled) {
    Bundle bundle = approved();
    apply(bundle, {program, "{\"\": \"911\"}", "{\"\": \"+1 305 555 0100\"}"});
    EXPECT_TRUE(lint_of(bundle).empty()) << tests::lines(lint_of(bundle));
}

TEST(Lint, AProgramThatFilesNothingIsAnError) {
    Bundle bundle = approved();
    apply(bundle, {hotline, "    files: true\n", ""});
    EXPECT_TRUE(lint_of(bundle).empty()) << tests::lines(lint_of(bundle));
    apply(bundle, {hotline, "    files: true\n", ""});
    const Complaints findings = lint_of(bundle);
    ASSERT_EQ(findings.size(), 1U) << tests::lines(findings);
    EXPECT_EQ(findings[0].rule, "never-filed");
    EXPECT_EQ(findings[0].file, program);
    EXPECT_EQ(findings[0].level, locales::Complaint::Level::error);
}

TEST(Lint, ALanguageWithTextsAndNoWordsNamesEveryEmptyList) {
    Bundle bundle = approved();
    std::string& common = bundle.files.at(creole_common);
    common.erase(common.find("reading:"));
    apply(bundle, {creole, "danger_words: [revolvè]\n", ""});
    const Complaints findings = lint_of(bundle);
    ASSERT_EQ(findings.size(), 1U) << tests::lines(findings);
    EXPECT_EQ(findings[0].rule, "missing-words");
    EXPECT_EQ(findings[0].file, creole_common);
    EXPECT_EQ(findings[0].level, locales::Complaint::Level::warning);
    EXPECT_NE(findings[0].what.find("yes, no, stop, help, erase, done, skip, danger_words"),
              std::string::npos);
    EXPECT_NE(findings[0].mend.find("locales/ht/fair-food.yaml"), std::string::npos);
}

TEST(Lint, TheCostIsThatOfTheWholeMessageAndNamesTheCharacter) {
    Bundle bundle = approved();
    apply(bundle, {hotline, "menu: What do you need?", "menu: \"What do you need? \U0001F642\""});
    const Complaints findings = lint_of(bundle);
    ASSERT_EQ(findings.size(), 1U) << tests::lines(findings);
    EXPECT_NE(findings[0].what.find("makes the whole message cost 3 SMS parts instead of 1"),
              std::string::npos)
        << findings[0].what;
    EXPECT_NE(findings[0].what.find("\U0001F642 (U+1F642)"), std::string::npos) << findings[0].what;
}

TEST(Lint, ALanguageThatNeedsUcs2IsNotToldSoTextByText) {
    Bundle bundle = approved();
    for (const char* file : {spanish, spanish_common}) {
        std::istringstream lines(bundle.files.at(file));
        std::string wide;
        for (std::string line; std::getline(lines, line);) {
            if (line.starts_with("  ") && line.find('[') == std::string::npos) {
                line.insert(line.ends_with('"') ? line.size() - 1 : line.size(), " ợ");  // GSM-7 lacks it
            }
            wide += line + "\n";
        }
        bundle.files.at(file) = wide;
    }
    ASSERT_NE(compile(bundle).pack, nullptr) << tests::lines(compile(bundle).complaints);
    for (const auto& finding : lint_of(bundle)) {
        EXPECT_NE(finding.rule, "costly-text") << locales::to_line(finding);
    }
}

constexpr const char* clip_index = "locales/es/audio/fair-food/index.yaml";

std::string index_of(const std::string& key, const std::string& words, int length) {
    return "language: es\nclips:\n  " + key + ".0: {file: a.wav, hash: " + std::string(64, 'a') +
           ", text_hash: " + locales::to_hex(locales::hash_text(words)) +
           ", length_ms: " + std::to_string(length) + ", state: approved}\n";
}

TEST(Lint, ARecordingOfOtherWordsIsStale) {
    Bundle bundle = approved();
    bundle.files[clip_index] = index_of("hotline.goodbye.say", "Otras palabras.", 900);
    const Complaints findings = lint_of(bundle);
    ASSERT_EQ(findings.size(), 1U) << tests::lines(findings);
    EXPECT_EQ(findings[0].rule, "stale-audio");
    EXPECT_EQ(findings[0].line, 3);
    EXPECT_NE(findings[0].what.find("a synthetic voice speaks the new words"), std::string::npos);
    EXPECT_EQ(findings[0].level, locales::Complaint::Level::warning);
}

TEST(Lint, WhatNoVoiceMaySpeakAndNobodyRecordedIsAnErrorInProduction) {
    Bundle bundle = approved();
    apply(bundle, {program, "ht: {name: Kreyòl, tts: true}", "ht: {name: Kreyòl, tts: false}"});
    const Compiled compiled = compile(bundle);
    ASSERT_NE(compiled.pack, nullptr) << tests::lines(compiled.complaints);
    LintOptions given = options();
    for (const bool production : {false, true}) {
        given.production = production;
        Complaints findings = lint(bundle, *compiled.pack, given);
        std::erase_if(findings, [](const auto& c) { return c.rule != "missing-audio"; });
        ASSERT_EQ(findings.size(), 1U);
        EXPECT_EQ(findings[0].level == locales::Complaint::Level::error, production);
    }
}

TEST(Lint, AMachinesDraftThatMayBePlayedIsNoRecordingInProduction) {
    Bundle bundle = approved();
    std::string index =
        index_of("hotline.goodbye.say", "Gracias. Puede llamar o escribir cuando quiera.", 900);
    const std::string state = "state: approved";
    ASSERT_NE(index.find(state), std::string::npos);
    bundle.files[clip_index] = index.replace(index.find(state), state.size(), "state: draft");
    apply(bundle, {program, "status: approved", "status: approved\nplay_drafts: true"});
    apply(bundle, {program, "es: {name: Español, tts: true}", "es: {name: Español, tts: false}"});
    const Compiled compiled = compile(bundle);
    ASSERT_NE(compiled.pack, nullptr) << tests::lines(compiled.complaints);
    LintOptions given = options();
    const auto lacking = [&](bool production) {
        given.production = production;
        return std::ranges::count(lint(bundle, *compiled.pack, given), "missing-audio",
                                  &locales::Complaint::rule);
    };
    EXPECT_GT(lacking(false), 1) << "all but the one that is played";
    EXPECT_EQ(lacking(true), 1) << "all: that is said once";
}

TEST(Lint, AStaleRecordingOfALanguageThatNoVoiceMaySpeakIsSilenceAndAnErrorInProduction) {
    Bundle bundle = approved();
    bundle.files[clip_index] = index_of("hotline.goodbye.say", "Otras palabras.", 900);
    apply(bundle, {program, "es: {name: Español, tts: true}", "es: {name: Español, tts: false}"});
    const Compiled compiled = compile(bundle);
    ASSERT_NE(compiled.pack, nullptr) << tests::lines(compiled.complaints);
    LintOptions given = options();
    for (const bool production : {false, true}) {
        given.production = production;
        Complaints findings = lint(bundle, *compiled.pack, given);
        std::erase_if(findings, [](const auto& c) { return c.rule != "stale-audio"; });
        ASSERT_EQ(findings.size(), 1U);
        EXPECT_NE(findings[0].what.find("a call is silent there"), std::string::npos);
        EXPECT_EQ(findings[0].level == locales::Complaint::Level::error, production);
    }
}

TEST(Lint, WhatTheEnginePagesOntoThreeScreensIsFine) {
    Bundle bundle = approved();
    apply(bundle, {hotline, "{say: Thank you. You can call",
                   "{modes: [ussd], say: Thank you. " + std::string(300, 'a') + " You can call"});
    const Complaints findings = lint_of(bundle);
    EXPECT_TRUE(findings.empty()) << tests::lines(findings);
}

TEST(Lint, APromptThatNoKeyCutsStaysUnderTwentySeconds) {
    Bundle bundle = approved();
    bundle.files[clip_index] =
        index_of("hotline.goodbye.say", "Gracias. Puede llamar o escribir cuando quiera.", 21000);
    const Complaints findings = lint_of(bundle);
    ASSERT_EQ(findings.size(), 1U) << tests::lines(findings);
    EXPECT_EQ(findings[0].rule, "long-prompt");
    EXPECT_EQ(findings[0].level, locales::Complaint::Level::error);
    bundle.files[clip_index] =
        index_of("hotline.goodbye.say", "Gracias. Puede llamar o escribir cuando quiera.", 19000);
    EXPECT_TRUE(lint_of(bundle).empty());
}

}  // namespace
}  // namespace rightsline::flows
