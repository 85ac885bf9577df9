#include "flows/loader.hpp"

#include <gtest/gtest.h>

#include "flows/error.hpp"
#include "locales/audio.hpp"
#include "tests/flows/bundles.hpp"

namespace rightsline::flows {
namespace {

PackPtr excerpt_pack() {
    const Compiled compiled = compile(tests::excerpt());
    EXPECT_NE(compiled.pack, nullptr) << tests::lines(compiled.complaints);
    return compiled.pack;
}

const Block& block_of(const Pack& pack, std::string_view name) {
    return pack.blocks.at(pack.find_block("hotline", name));
}

TEST(Loader, TheExcerptCompilesAndOnlyItsFallbacksAreShown) {
    const Compiled compiled = compile(tests::excerpt());
    ASSERT_NE(compiled.pack, nullptr) << tests::lines(compiled.complaints);
    EXPECT_FALSE(compiled.complaints.empty());
    for (const auto& complaint : compiled.complaints) {
        EXPECT_EQ(complaint.rule, "falls-back") << locales::to_line(complaint);
        EXPECT_EQ(complaint.level, locales::Complaint::Level::warning);
    }
}

TEST(Loader, NamesBecomeIndexes) {
    const PackPtr pack = excerpt_pack();
    ASSERT_EQ(pack->flows.size(), 2U);
    EXPECT_EQ(pack->flows[0].name, "hotline");
    EXPECT_EQ(pack->block_key(pack->flows[0].start), "hotline.language");
    EXPECT_EQ(pack->block_key(pack->flows[0].first_text), "hotline.story");
    EXPECT_EQ(pack->block_key(pack->flows[0].hotkeys.at('0')), "hotline.person");
    EXPECT_EQ(pack->flows[0].repeat_key, '*');
    EXPECT_EQ(pack->flows[0].back_key, '#');
    EXPECT_EQ(pack->block_key(pack->flows[0].keywords.at("menu")), "hotline.main");
    EXPECT_EQ(pack->block_key(std::get<CallBlock>(block_of(*pack, "contact").kind).start),
              "contact_mode.how");
    EXPECT_EQ(pack->find_block("hotline", "nowhere"), no_block);
}

TEST(Loader, AMenuHasKeysWordsAndTargets) {
    const PackPtr pack = excerpt_pack();
    const auto& menu = std::get<MenuBlock>(block_of(*pack, "main").kind);
    ASSERT_EQ(menu.choices.size(), 4U);
    EXPECT_EQ(menu.choices[1].name, "report");
    EXPECT_EQ(menu.choices[1].key, "2");
    EXPECT_EQ(pack->block_key(menu.choices[1].go), "hotline.what_happened");
    EXPECT_EQ(menu.choices[1].words.at(0),
              (std::vector<std::string>{"report", "complaint", "report a problem"}));
    EXPECT_EQ(menu.choices[1].words.at(1),
              (std::vector<std::string>{"reporte", "queja", "reportar un problema"}));
    ASSERT_EQ(menu.again.size(), 1U);
    EXPECT_EQ(pack->text_keys[menu.again[0]], "hotline.main.again.1");
}

TEST(Loader, FamiliesBecomeChoicesWithTheirUrgency) {
    const PackPtr pack = excerpt_pack();
    const auto& menu = std::get<MenuBlock>(block_of(*pack, "what_happened").kind);
    ASSERT_EQ(menu.choices.size(), 3U);
    EXPECT_TRUE(menu.families);
    EXPECT_EQ(menu.choices[2].name, "force");
    EXPECT_EQ(menu.choices[2].urgency, Urgency::p1);
    EXPECT_EQ(pack->text(1, menu.choices[0].say).text({}), "Pago y horas");
    EXPECT_EQ(menu.choices[0].words.at(1).front(), "sueldo");
}

TEST(Loader, AnAskIsReadWhole) {
    const PackPtr pack = excerpt_pack();
    const Block& story = block_of(*pack, "story");
    const auto& ask = std::get<AskBlock>(story.kind);
    EXPECT_EQ(ask.kind, AskKind::story);
    EXPECT_EQ(ask.voice.record, Seconds(180));
    EXPECT_TRUE(ask.voice.consent_recording);
    EXPECT_TRUE(ask.seal);
    EXPECT_TRUE(ask.files);
    EXPECT_EQ(pack->text_keys[ask.prompt.sms], "hotline.story.sms");
    EXPECT_EQ(pack->block_key(story.exits.no_input), "hotline.person");
    const Block& back = block_of(*pack, "key_back");
    EXPECT_EQ(back.modes, 2);
    EXPECT_EQ(std::get<AskBlock>(back.kind).voice.digit_timeout, Seconds(10));
    EXPECT_EQ(std::get<AskBlock>(back.kind).check, "report.code");
}

TEST(Loader, ASecretIsTextedOnlyAfterItsQuestion) {
    const PackPtr pack = excerpt_pack();
    const auto& say = std::get<SayBlock>(block_of(*pack, "receipt").kind);
    EXPECT_TRUE(say.secret);
    EXPECT_EQ(pack->block_key(say.after), "hotline.safe_to_text");
    EXPECT_EQ(say.prompt.any, no_text);
    EXPECT_EQ(pack->text_keys[say.prompt.sms], "hotline.receipt.sms");
}

TEST(Loader, ConditionsAndActionsKeepTheirExits) {
    const PackPtr pack = excerpt_pack();
    const auto& choose = std::get<IfBlock>(block_of(*pack, "where_now").kind);
    ASSERT_EQ(choose.conditions.size(), 3U);
    EXPECT_EQ(choose.conditions[1].test, Condition::Test::result_is);
    EXPECT_EQ(pack->block_key(choose.conditions[1].block), "hotline.danger_now");
    EXPECT_EQ(choose.conditions[2].values, (std::vector<std::string>{"08:00", "20:00"}));
    EXPECT_EQ(pack->block_key(choose.otherwise), "hotline.story");
    const auto& open = std::get<DoBlock>(block_of(*pack, "open").kind);
    EXPECT_EQ(open.action, "report.open");
    EXPECT_EQ(pack->block_key(open.exits.at("limited")), "hotline.wrong_code");
    EXPECT_EQ(pack->block_key(open.exits.at("ok")), "hotline.status");
}

TEST(Loader, EveryLanguageHasItsWordsAndFixedOnesAreShared) {
    const PackPtr pack = excerpt_pack();
    const TextIndex need = pack->find_text("hotline.main.menu");
    EXPECT_EQ(pack->text(0, need).text({}), "What do you need?");
    EXPECT_EQ(pack->text(1, need).text({}), "¿Qué necesita?");
    EXPECT_EQ(pack->text(2, need).text({}), "What do you need?");
    const TextIndex fixed = pack->find_text("hotline.language.es");
    EXPECT_EQ(pack->text(2, fixed).text({}), "Español");
    EXPECT_EQ(pack->reading[1].yes, (std::vector<std::string>{"si"}));
    EXPECT_EQ(pack->reading[1].numbers[3], (std::vector<std::string>{"tres"}));
    EXPECT_EQ(pack->danger_words[1], (std::vector<std::string>{"peligro", "arma"}));
    EXPECT_EQ(pack->language_names[2], "Kreyòl");
}

TEST(Loader, ARecordingOfTheseWordsIsPlayedAndAnyOtherIsNot) {
    Bundle bundle = tests::excerpt();
    const auto index = [](const std::string& words) {
        return "language: en\nclips:\n  hotline.goodbye.say.0: {file: g.wav, hash: " + std::string(64, 'b') +
               ", text_hash: " + locales::to_hex(locales::hash_text(words)) +
               ", length_ms: 1500, state: draft}\n";
    };
    bundle.files["locales/en/audio/fair-food/index.yaml"] =
        index("Thank you. You can call or text at any time.");
    const PackPtr fresh = compile(bundle).pack;
    ASSERT_NE(fresh, nullptr);
    const AudioClip& clip = fresh->audio[0][fresh->find_text("hotline.goodbye.say")].at(0);
    EXPECT_EQ(clip.hash, std::string(64, 'b'));
    EXPECT_EQ(clip.length, std::chrono::milliseconds(1500));
    EXPECT_TRUE(clip.draft);
    bundle.files["locales/en/audio/fair-food/index.yaml"] = index("Something else.");
    const PackPtr stale = compile(bundle).pack;
    ASSERT_NE(stale, nullptr);
    EXPECT_EQ(stale->audio[0][stale->find_text("hotline.goodbye.say")].at(0).hash, "");
}

TEST(Loader, ARecordedPromptWinsOverADraftOfTheSameWordsClipByClip) {
    Bundle bundle = tests::excerpt();
    const auto clip = [](const std::string& key, char hash, const std::string& words, const char* state) {
        return "  " + key + ".0: {file: g.wav, hash: " + std::string(64, hash) + ", text_hash: \"" +
               locales::to_hex(locales::hash_text(words)) + "\", length_ms: 1500, state: " + state + "}\n";
    };
    const std::string bye = "hotline.goodbye.say";
    const std::string bye_words = "Thank you. You can call or text at any time.";
    const std::string where = "hotline.where.prompt";
    const std::string where_words = "Where is it? Say the company, the farm, or a place near it.";
    const std::string begin = "language: en\nclips:\n";
    const auto played = [&bundle](const std::string& key) {
        const PackPtr pack = compile(bundle).pack;
        const AudioClip& one = pack->audio[0][pack->find_text(key)].at(0);
        return one.hash.substr(0, 1) + (one.draft ? " draft" : " recorded");
    };
    const std::string first = "locales/en/audio/fair-food/index.yaml";
    const std::string second = "locales/en/audio/fair-food/index.1.yaml";
    bundle.files[first] = begin + clip(bye, 'a', bye_words, "approved");
    bundle.files[second] =
        begin + clip(bye, 'b', bye_words, "draft") + clip(where, 'c', where_words, "draft");
    EXPECT_EQ(played(bye), "a recorded");
    EXPECT_EQ(played(where), "c draft");
    std::swap(bundle.files[first], bundle.files[second]);
    EXPECT_EQ(played(bye), "a recorded") << "wherever it lies";
    bundle.files[second] = begin + clip(bye, 'a', "Other words.", "approved");
    EXPECT_EQ(played(bye), "b draft") << "of these words";
}

Compiled with_statuses(const std::string& lines) {
    Bundle bundle = tests::excerpt();
    std::string& program = bundle.files.at("flows/fair-food/program.yaml");
    const std::string line = "  received: {say: We have your report.}\n";
    program.replace(program.find(line), line.size(), line + lines);
    return compile(bundle);
}

TEST(Loader, StatusesSayWhetherTheyWaitOrCloseAndWhatTheyFollow) {
    const Compiled compiled = with_statuses(
        "  taken: {say: Someone has it.}\n  asked: {say: We have a question., name: Asked, waits: true}\n"
        "  done: {say: It is done., closes: true, after: [received, asked]}\nclocks: [wsr, eu, wsr]\n");
    ASSERT_TRUE(compiled.pack) << tests::lines(compiled.complaints);
    const std::vector<CaseStatus>& all = compiled.pack->statuses;
    ASSERT_EQ(all.size(), 4U);
    EXPECT_TRUE(all[1].by_itself);
    EXPECT_TRUE(all[2].waits);
    EXPECT_EQ(all[2].name, "Asked");
    EXPECT_TRUE(all[3].closes);
    EXPECT_EQ(all[3].name, "done");
    EXPECT_EQ(all[3].after, (std::vector<std::string>{"received", "asked"}));
    EXPECT_EQ(compiled.pack->clocks, (std::vector<ClockPreset>{ClockPreset::wsr, ClockPreset::eu}));
}

TEST(Loader, AStatusOrAClockThatCannotBeIsToldWithItsMend) {
    for (const auto& [lines, rule] : std::vector<std::pair<std::string, std::string>>{
             {"  done: {say: It is done., after: [aksed]}\n", "unknown-status"},
             {"  taken: {say: Someone has it., closes: true}\n", "bad-value"},
             {"  both: {say: It is done., closes: true, waits: true}\n", "bad-value"},
             {"clocks: [wsr, soon]\n", "unknown-clock"}}) {
        const Compiled compiled = with_statuses(lines);
        EXPECT_FALSE(compiled.pack) << lines;
        EXPECT_NE(tests::lines(compiled.complaints).find(rule), std::string::npos) << lines;
    }
}

TEST(Loader, RetentionSaysHowLongAndALessThanADayIsRefused) {
    const auto with = [](const std::string& retention) {
        Bundle bundle = tests::excerpt();
        bundle.files.at("flows/fair-food/program.yaml") += "\nretention: " + retention + "\n";
        return compile(bundle);
    };
    const Compiled kept = with("{recordings: 30d, content: 365d}");
    ASSERT_NE(kept.pack, nullptr) << tests::lines(kept.complaints);
    EXPECT_EQ(kept.pack->retention.recordings, std::chrono::days(30));
    EXPECT_EQ(kept.pack->retention.content, std::chrono::days(365));
    EXPECT_EQ(kept.pack->retention.relay, std::chrono::seconds(0)) << "for ever";
    EXPECT_EQ(excerpt_pack()->retention.content, std::chrono::seconds(0));
    for (const char* bad : {"{content: 2h}", "{content: soon}", "{contents: 365d}"}) {
        EXPECT_EQ(with(bad).pack, nullptr) << bad;
    }
}

TEST(Loader, HolidaysAreDaysThatSomebodyStandsFor) {
    using namespace std::chrono;
    const Compiled compiled =
        with_statuses("holidays: {source: the agreement, days: [\"2026-12-25\", \"2026-11-26\"]}\n");
    ASSERT_TRUE(compiled.pack) << tests::lines(compiled.complaints);
    EXPECT_EQ(compiled.pack->holidays, (std::vector<sys_days>{year(2026) / 11 / 26, year(2026) / 12 / 25}));
    for (const auto& [lines, rule] : std::vector<std::pair<std::string, std::string>>{
             {"holidays: {days: [\"2026-12-25\"]}\n", "no-source"},
             {"holidays: {source: us, days: [\"2026-02-29\"]}\n", "bad-value"},
             {"holidays: {source: us, days: [\"26-12-25\"]}\n", "bad-value"},
             {"holidays: {source: us, days: [\"2026-1-125\"]}\n", "bad-value"},
             {"holidays: {source: us, day: [\"2026-12-25\"]}\n", "unknown-key"}}) {
        const Compiled wrong = with_statuses(lines);
        EXPECT_FALSE(wrong.pack) << lines;
        EXPECT_NE(tests::lines(wrong.complaints).find(rule), std::string::npos) << lines;
    }
}

TEST(Loader, AMissingTextIsAnErrorUnlessTheProgramAllowsAFallback) {
    Bundle bundle = tests::excerpt();
    std::string& text = bundle.files["flows/fair-food/program.yaml"];
    text.replace(text.find("fallback: true"), 14, "fallback: false");
    const Compiled compiled = compile(bundle);
    EXPECT_EQ(compiled.pack, nullptr);
    for (const auto& complaint : compiled.complaints) {
        EXPECT_EQ(complaint.rule, "missing-text");
        EXPECT_EQ(complaint.file.substr(0, 11), "locales/ht/");
    }
}

TEST(Loader, AllMistakesAreToldAtOnce) {
    Bundle bundle{
        "p",
        {{"flows/p/program.yaml", "program: p\nstatus: finished\nlanguages: {en: {name: English}}\n"},
         {"flows/p/a.flow.yaml", "flow: a\nstrat: x\nblocks:\n  x: {say: Hi, next: y}\n  z: {mneu: Hi}\n"}}};
    const Compiled compiled = compile(bundle);
    EXPECT_EQ(compiled.pack, nullptr);
    EXPECT_EQ(tests::lines(compiled.complaints),
              "flows/p/a.flow.yaml:2: unknown-key: 'strat' is not known here. did you mean 'start'?\n"
              "flows/p/a.flow.yaml:4: unknown-target: there is no block 'y' to go to. known are: x, z\n"
              "flows/p/a.flow.yaml:5: no-kind: block 'z' does nothing. give it one of say, menu, ask, if, "
              "do, call\n"
              "flows/p/program.yaml:2: bad-value: 'finished' is not a status of a program. write draft or "
              "approved\n");
}

TEST(Loader, AFileThatCannotBeReadIsTheOnlyComplaint) {
    Bundle bundle = tests::excerpt();
    bundle.files["flows/fair-food/hotline.flow.yaml"] += "  broken: {say: a: b}\n";
    const Compiled compiled = compile(bundle);
    EXPECT_EQ(compiled.pack, nullptr);
    ASSERT_EQ(compiled.complaints.size(), 1U) << tests::lines(compiled.complaints);
    EXPECT_EQ(compiled.complaints[0].rule, "bad-yaml");
}

TEST(Bundle, BytesAreCanonicalAndComeBack) {
    const Bundle bundle = tests::excerpt();
    const std::string bytes = to_bytes(bundle);
    const auto back = parse_bundle(bytes);
    ASSERT_TRUE(back);
    EXPECT_EQ(back->program, bundle.program);
    EXPECT_EQ(back->files, bundle.files);
    EXPECT_EQ(hash_of(*back), excerpt_pack()->hash);
}

TEST(Bundle, TheHashKnowsWhereOneFileEndsAndTheNextBegins) {
    const Bundle one{"p", {{"a", "bc"}}};
    const Bundle other{"p", {{"ab", "c"}}};
    EXPECT_NE(hash_of(one), hash_of(other));
    EXPECT_EQ(to_bytes(one), "rightsline-bundle-1\n1:p1:a2:bc");
    // From sha256sum.
    EXPECT_EQ(to_hex(hash_of(one)), "17f9b31324a0b1590b99051a55908e06f6894ae4c3e87ef32629f724d05d99fe");
}

TEST(Bundle, OtherBytesAreRefused) {
    for (const char* bytes :
         {"", "x", "rightsline-bundle-1\n", "rightsline-bundle-1\n1:p1:a", "rightsline-bundle-1\n1:p1:a9:x",
          "rightsline-bundle-1\n01:p", "rightsline-bundle-1\n1:p1:b0:1:a0:",
          "rightsline-bundle-1\n1:p1:a0:1:a0:", "rightsline-bundle-1\n99999999999:p"}) {
        const auto bundle = parse_bundle(bytes);
        ASSERT_FALSE(bundle) << bytes;
        EXPECT_EQ(bundle.error(), errc::bad_bundle);
    }
}

}  // namespace
}  // namespace rightsline::flows
