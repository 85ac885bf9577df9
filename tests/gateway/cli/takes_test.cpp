// From the recorder's folder of sound files to what a call plays, as the commands do it.
#include <gtest/gtest.h>
#include <sndfile.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <vector>

#include "flows/loader.hpp"
#include "gateway/cli/sound/sound_parcel.hpp"
#include "gateway/cli/sound/takes_command.hpp"
#include "gateway/ops/read_file.hpp"
#include "gateway/prompts/audio_shelf.hpp"
#include "gateway/prompts/take_folder.hpp"
#include "gateway/stores/sources.hpp"
#include "locales/audio.hpp"

namespace rightsline::cli {
namespace {

namespace fs = std::filesystem;

constexpr int bad_data = 65;

using prompts::AudioShelf;
using prompts::content_hash;
using prompts::FolderClaim;
using prompts::ScriptLine;
using prompts::Take;
using prompts::TakeFolder;

void write_tone(const std::string& path, float loudness, std::size_t samples) {
    SF_INFO info{};
    info.samplerate = 44100;
    info.channels = 1;
    info.format = SF_FORMAT_WAV | SF_FORMAT_PCM_16;
    std::vector<float> sound(samples);
    for (std::size_t i = 0; i < samples; ++i) {
        sound[i] = loudness * std::sin(0.05F * static_cast<float>(i));
    }
    SNDFILE* file = sf_open(path.c_str(), SFM_WRITE, &info);
    sf_writef_float(file, sound.data(), static_cast<sf_count_t>(samples));
    sf_close(file);
}

class Takes : public testing::Test {
 protected:
    void SetUp() override {
        char name[] = "/tmp/rightsline-takes-XXXXXX";
        ASSERT_NE(::mkdtemp(name), nullptr);
        folder = name;
        for (const char* one : {"/in", "/audio", "/takes"}) {
            fs::create_directory(folder + one);
        }
        options.place = {source + "/flows/lesotho-gbvh", "st", folder + "/audio"};
        options.takes = folder + "/takes";
        options.from = folder + "/in";
        const auto script = read_script(options.place);
        ASSERT_TRUE(script);
        for (const ScriptLine& one : *script) {
            if (one.key == "hotline.left.say") {
                line = one;
            }
        }
        ASSERT_EQ(line.state, ScriptLine::State::missing);
    }
    void TearDown() override { fs::remove_all(folder); }

    /// Runs one of the commands by `by`, on this line.
    int run(int (*command)(const PromptsOptions&), const char* by) {
        options.by = by;
        options.names = {line.name()};
        testing::internal::CaptureStdout();
        const int code = command(options);
        said = testing::internal::GetCapturedStdout();
        return code;
    }
    void record() {
        write_tone(folder + "/in/" + line.name() + ".wav", 0.2F, 44100);
        ASSERT_EQ(run(prompts_import, "Mpho"), 0) << said;
    }
    std::string state() {
        run(prompts_status_lines, "Mpho");
        const auto at = said.find(line.name() + "\t");
        return at == std::string::npos ? said
                                       : said.substr(at + line.name().size() + 1,
                                                     said.find('\n', at) - at - line.name().size() - 1);
    }
    static int prompts_status_lines(const PromptsOptions& given) {
        PromptsOptions with_lines = given;
        with_lines.lines = true;
        return prompts_status(with_lines);
    }
    /// What the loader lets a call play there.
    flows::AudioClip clip() const {
        locales::Complaints complaints;
        const auto pack =
            flows::compile(stores::read_bundle(
                               {options.place.program, source + "/locales", {options.place.out}}, complaints))
                .pack;
        const auto language = pack->find_language(*locales::LanguageTag::parse("st"));
        return pack->audio[*language][pack->find_text(line.key)][line.piece];
    }

    const std::string source = RIGHTSLINE_SOURCE_DIR;
    std::string folder;
    std::string said;
    ScriptLine line;
    PromptsOptions options;
};

TEST_F(Takes, ACallPlaysATakeOnlyOnceSomebodyElseHasHeardItAndThenThatVerySound) {
    record();
    EXPECT_EQ(state(), "missing+waiting");
    EXPECT_EQ(clip().hash, "");
    const auto heard = ops::read_file(TakeFolder(options.takes).sound_of(line));
    ASSERT_TRUE(heard);
    ASSERT_EQ(run(prompts_approve, "Lerato"), 0) << said;
    EXPECT_EQ(state(), "recorded");
    EXPECT_EQ(clip().hash, content_hash(*heard));
    EXPECT_FALSE(clip().draft);
}

TEST_F(Takes, WhoSpokeAndWhoApprovedStaysKnownAndTheSoundIsNotLeftLying) {
    record();
    ASSERT_EQ(run(prompts_approve, "Lerato"), 0) << said;
    const auto take = TakeFolder(options.takes).find(line);
    ASSERT_TRUE(take);
    EXPECT_EQ(take->state, Take::State::approved);
    EXPECT_EQ(take->by, "Mpho");
    EXPECT_EQ(take->judged_by, "Lerato");
    EXPECT_FALSE(fs::exists(TakeFolder(options.takes).sound_of(line)));
}

TEST_F(Takes, WhoRecordedItCannotApproveIt) {
    record();
    EXPECT_EQ(run(prompts_approve, " mpho "), bad_data);
    EXPECT_NE(said.find("somebody else must listen"), std::string::npos) << said;
    EXPECT_EQ(state(), "missing+waiting");
    EXPECT_EQ(clip().hash, "");
}

TEST_F(Takes, ARejectedOneMustBeRecordedAgain) {
    record();
    options.why = "a door slams at the end";
    ASSERT_EQ(run(prompts_reject, "Lerato"), 0) << said;
    EXPECT_EQ(state(), "missing+rejected");
    EXPECT_FALSE(fs::exists(TakeFolder(options.takes).sound_of(line)));
    EXPECT_EQ(run(prompts_approve, "Lerato"), bad_data);
    EXPECT_EQ(run(prompts_takes, "Mpho"), 0);
    EXPECT_NE(said.find("a door slams at the end"), std::string::npos) << said;
    record();
    EXPECT_EQ(state(), "missing+waiting");
}

TEST_F(Takes, WordsThatChangedSinceMustBeReadAgain) {
    ScriptLine before = line;
    before.text += " Kea leboha.";
    write_tone(folder + "/tone.wav", 0.2F, 44100);
    ASSERT_TRUE(
        TakeFolder(options.takes).keep(before, folder + "/tone.wav", {"Mpho", "2026-11-23T15:40:00Z"}));
    EXPECT_EQ(state(), "missing+outdated");
    EXPECT_EQ(run(prompts_approve, "Lerato"), bad_data);
    EXPECT_EQ(clip().hash, "");
}

TEST_F(Takes, ARecordingOfOtherWordsIsStaleAndATakeStandsBesideIt) {
    ScriptLine before = line;
    before.text += " Kea leboha.";
    write_tone(folder + "/tone.wav", 0.2F, 44100);
    AudioShelf shelf(options.place.out);
    ASSERT_TRUE(shelf.put(before, folder + "/tone.wav", locales::AudioState::approved));
    ASSERT_TRUE(shelf.save());
    EXPECT_EQ(state(), "stale");
    record();
    EXPECT_EQ(state(), "stale+waiting");
}

TEST_F(Takes, ASoundThatIsNotTheOneThatWasKeptIsNotApproved) {
    record();
    write_tone(TakeFolder(options.takes).sound_of(line), 0.3F, 30000);
    EXPECT_EQ(run(prompts_approve, "Lerato"), bad_data);
    EXPECT_NE(said.find("not the one that was kept"), std::string::npos) << said;
    EXPECT_EQ(clip().hash, "");
}

TEST_F(Takes, SilenceAndWhatIsNoSoundAreRefusedAndKeepTheOlderTake) {
    record();
    const auto kept = TakeFolder(options.takes).find(line);
    const std::string file = folder + "/in/" + line.name() + ".wav";
    write_tone(file, 0.0F, 44100);
    EXPECT_EQ(run(prompts_import, "Tau"), bad_data);
    std::ofstream(file) << "no sound";
    EXPECT_EQ(run(prompts_import, "Tau"), bad_data);
    EXPECT_EQ(TakeFolder(options.takes).find(line), kept);
}

TEST_F(Takes, AnApprovalThatWasCutShortIsDoneAgain) {
    record();
    const auto take = TakeFolder(options.takes).find(line);
    AudioShelf shelf(options.place.out);  // the power went before the note was written
    const auto heard = ops::read_file(TakeFolder(options.takes).sound_of(line));
    ASSERT_TRUE(heard);
    ASSERT_TRUE(shelf.put_as_heard(line, *heard, take->length));
    ASSERT_TRUE(shelf.save());
    EXPECT_EQ(state(), "recorded+waiting");
    options.why = "a door slams at the end";
    EXPECT_EQ(run(prompts_reject, "Lerato"), bad_data) << "calls play it";
    EXPECT_EQ(state(), "recorded+waiting");
    EXPECT_EQ(run(prompts_approve, "Lerato"), 0) << said;
    EXPECT_EQ(state(), "recorded");
    EXPECT_EQ(clip().hash, take->hash);
}

TEST_F(Takes, TwoCommandsDoNotWriteOneIndexAtOnce) {
    record();
    {
        const auto other = FolderClaim::take(options.place.out);
        ASSERT_TRUE(other);
        EXPECT_EQ(run(prompts_approve, "Lerato"), 75);
        EXPECT_EQ(state(), "missing+waiting");
    }
    EXPECT_EQ(run(prompts_approve, "Lerato"), 0) << said;
}

TEST_F(Takes, NamesThatTheScriptDoesNotHaveAreRefusedAndTouchNothing) {
    options.by = "Lerato";
    options.names = {"../../escape.0", "hotline.left.say.99"};
    testing::internal::CaptureStdout();
    EXPECT_EQ(prompts_approve(options), bad_data);
    EXPECT_EQ(prompts_reject(options), bad_data);
    testing::internal::GetCapturedStdout();
    EXPECT_TRUE(fs::is_empty(options.takes));
    EXPECT_TRUE(fs::is_empty(options.place.out));
}

TEST_F(Takes, WhatIsTooLoudIsSaidWhenItIsBroughtInAndWhenItIsApproved) {
    write_tone(folder + "/in/" + line.name() + ".wav", 1.0F, 44100);
    ASSERT_EQ(run(prompts_import, "Mpho"), 0) << said;
    EXPECT_NE(said.find("too loud"), std::string::npos) << said;
    ASSERT_EQ(run(prompts_takes, "Mpho"), 0);
    EXPECT_NE(said.find("too loud"), std::string::npos) << said;
    ASSERT_EQ(run(prompts_approve, "Lerato"), 0) << said;
    EXPECT_NE(said.find("too loud"), std::string::npos) << said;
}

TEST_F(Takes, WhatWasApprovedGoesToAnotherInstallationWithTheWordsThatItSays) {
    record();
    ASSERT_EQ(run(prompts_approve, "Lerato"), 0) << said;
    const std::string sound = clip().hash;
    options.from = folder + "/parcel";
    ASSERT_EQ(prompts_export(options), 0);
    EXPECT_EQ(read_manifest(options.from + "/st").count(line.name()), 1U);

    options.place.out = folder + "/elsewhere";
    options.takes.clear();
    options.from += "/st";
    EXPECT_EQ(clip().hash, "");
    EXPECT_EQ(run(prompts_import, ""), 0) << said;
    EXPECT_EQ(clip().hash, sound);
}

TEST_F(Takes, ASoundThatSaysOtherWordsThanTheScriptIsNotBroughtIn) {
    write_tone(folder + "/in/" + line.name() + ".wav", 0.2F, 44100);
    std::ofstream(folder + "/in/manifest.tsv")
        << line.name() << "\t" << locales::to_hex(locales::hash_text("other words"))
        << "\t1000\tother words\n";
    EXPECT_EQ(run(prompts_import, "Mpho"), bad_data);
    EXPECT_NE(said.find("other words"), std::string::npos) << said;
    options.takes.clear();
    EXPECT_EQ(run(prompts_import, ""), bad_data);
    EXPECT_EQ(clip().hash, "");
}

TEST_F(Takes, NeitherDraftsNorTakesAreExported) {
    record();
    ScriptLine other = line;
    other.key = "common.leave";
    other.group = "common";
    write_tone(folder + "/tone.wav", 0.2F, 44100);
    AudioShelf shelf(options.place.out);
    ASSERT_TRUE(shelf.put(other, folder + "/tone.wav", locales::AudioState::draft));
    ASSERT_TRUE(shelf.save());
    run(prompts_status_lines, "Mpho");
    ASSERT_NE(said.find("common.leave.0\tdraft\n"), std::string::npos) << said;
    options.from = folder + "/parcel";
    ASSERT_EQ(prompts_export(options), 0);
    EXPECT_FALSE(fs::exists(options.from));
}

}  // namespace
}  // namespace rightsline::cli
