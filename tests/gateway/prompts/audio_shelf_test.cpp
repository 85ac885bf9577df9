#include "gateway/prompts/audio_shelf.hpp"

#include <gtest/gtest.h>
#include <sndfile.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <vector>

#include "gateway/ops/read_file.hpp"
#include "gateway/prompts/error.hpp"
#include "gateway/stores/sources.hpp"

namespace rightsline::prompts {
namespace {

namespace fs = std::filesystem;

class Shelf : public testing::Test {
 protected:
    void SetUp() override {
        char name[] = "/tmp/rightsline-shelf-XXXXXX";
        ASSERT_NE(::mkdtemp(name), nullptr);
        folder = name;
        locales::Complaints complaints;
        roots.audio_directories = {folder};
        const auto compiled = flows::compile(stores::read_bundle(roots, complaints));
        ASSERT_NE(compiled.pack, nullptr);
        sheet = script_sheet(*compiled.pack, "ht");
        ASSERT_FALSE(sheet.empty());
    }
    void TearDown() override { fs::remove_all(folder); }

    std::string tone(float loudness = 0.2F) {
        const std::string path = folder + "/tone.wav";
        SF_INFO info{};
        info.samplerate = 8000;
        info.channels = 1;
        info.format = SF_FORMAT_WAV | SF_FORMAT_PCM_16;
        std::vector<float> samples(8000);
        for (std::size_t i = 0; i < samples.size(); ++i) {
            samples[i] = loudness * std::sin(0.3F * static_cast<float>(i));
        }
        SNDFILE* file = sf_open(path.c_str(), SFM_WRITE, &info);
        sf_writef_float(file, samples.data(), static_cast<sf_count_t>(samples.size()));
        sf_close(file);
        return path;
    }

    const std::string source = RIGHTSLINE_SOURCE_DIR;
    stores::SourceRoots roots{source + "/flows/fair-food", source + "/locales", {}};
    std::string folder;
    std::vector<ScriptLine> sheet;
};

TEST_F(Shelf, ARecordingThatWasPutIsWhatTheLoaderPlays) {
    const ScriptLine& line = sheet.front();
    AudioShelf shelf(folder);
    EXPECT_FALSE(shelf.has(line));
    ASSERT_TRUE(shelf.put(line, tone(), locales::AudioState::approved));
    ASSERT_TRUE(shelf.save());
    locales::Complaints complaints;
    const auto compiled = flows::compile(stores::read_bundle(roots, complaints));
    ASSERT_NE(compiled.pack, nullptr);
    const auto language = compiled.pack->find_language(*locales::LanguageTag::parse("ht"));
    const auto& clip = compiled.pack->audio[*language][compiled.pack->find_text(line.key)][line.piece];
    EXPECT_EQ(clip.hash.size(), 64U);
    EXPECT_FALSE(clip.draft);
    EXPECT_GT(clip.length.count(), 900);
    const auto files = stores::audio_files(roots);
    ASSERT_TRUE(files.contains(clip.hash));
    EXPECT_TRUE(fs::exists(files.at(clip.hash)));
}

TEST_F(Shelf, ASoundThatAServerKnowsByItsHashIsNeverWrittenOver) {
    AudioShelf shelf(folder);
    ASSERT_TRUE(shelf.put(sheet.front(), tone(), locales::AudioState::approved));
    ASSERT_TRUE(shelf.save());
    const auto known = stores::audio_files(roots);
    ASSERT_EQ(known.size(), 1U);
    ASSERT_TRUE(shelf.put(sheet.front(), tone(0.4F), locales::AudioState::approved));
    ASSERT_TRUE(shelf.save());
    const auto& [hash, file] = *known.begin();
    EXPECT_EQ(content_hash(ops::read_file(file).value_or("")), hash);
    EXPECT_FALSE(stores::audio_files(roots).contains(hash))
        << "the new one is played from the next reading on";
}

TEST_F(Shelf, KnowsARecordingOfOtherWords) {
    ScriptLine line = sheet.front();
    AudioShelf shelf(folder);
    EXPECT_FALSE(shelf.has_stale(line));
    ASSERT_TRUE(shelf.put(line, tone(), locales::AudioState::approved));
    EXPECT_FALSE(shelf.has_stale(line));
    line.text += " again";
    EXPECT_TRUE(shelf.has_stale(line));
}

TEST_F(Shelf, AChangedTextNeedsANewRecording) {
    ScriptLine line = sheet.front();
    AudioShelf shelf(folder);
    ASSERT_TRUE(shelf.put(line, tone(), locales::AudioState::draft));
    EXPECT_TRUE(shelf.has(line));
    line.text += " again";
    EXPECT_FALSE(shelf.has(line));
}

TEST_F(Shelf, AnIndexThatCannotBeReadIsNoEmptyOneAndIsNotWrittenOver) {
    const ScriptLine& line = sheet.front();
    AudioShelf first(folder);
    ASSERT_TRUE(first.put(line, tone(), locales::AudioState::approved));
    ASSERT_TRUE(first.save());
    const std::string path = folder + "/ht/audio/" + line.group + "/index.yaml";
    const std::string whole = ops::read_file(path).value_or("");
    const std::string entry = whole.substr(0, whole.find("hash:"));
    for (const std::string& broken : {std::string(), whole.substr(0, 20), entry, std::string("clips: ["),
                                      whole.substr(0, whole.find("state:")) + "state: aproved}\n"}) {
        std::ofstream(path, std::ios::trunc) << broken;
        AudioShelf again(folder);
        EXPECT_FALSE(again.has(line)) << broken;
        const Result<WavReport> put = again.put(line, tone(0.4F), locales::AudioState::approved);
        ASSERT_FALSE(put) << broken;
        EXPECT_EQ(put.error(), make_error_code(errc::unreadable_index)) << broken;
        EXPECT_FALSE(again.put_as_heard(line, "a sound", std::chrono::seconds(1))) << broken;
        EXPECT_TRUE(again.save());
        EXPECT_EQ(ops::read_file(path).value_or("(none)"), broken);
    }
}

TEST_F(Shelf, AnIndexIsForTheServersUserToReadAndLeavesNothingBeside) {
    AudioShelf shelf(folder);
    ASSERT_TRUE(shelf.put_as_heard(sheet.front(), "a sound", std::chrono::seconds(1)));
    ASSERT_TRUE(shelf.save());
    const std::string group = folder + "/ht/audio/" + sheet.front().group;
    std::size_t files = 0;
    for (const auto& one : fs::directory_iterator(group)) {
        ++files;
        EXPECT_NE(fs::status(one).permissions() & fs::perms::others_read, fs::perms::none) << one.path();
    }
    EXPECT_EQ(files, 2U);
}

TEST_F(Shelf, AnotherRunFindsWhatTheFirstSaved) {
    {
        AudioShelf shelf(folder);
        ASSERT_TRUE(shelf.put(sheet.front(), tone(), locales::AudioState::draft));
        ASSERT_TRUE(shelf.save());
    }
    AudioShelf again(folder);
    EXPECT_TRUE(again.has(sheet.front()));
    EXPECT_FALSE(again.has(sheet.back()));
}

TEST(ScriptSheet, TextsThatAreOnlySentNeedNoVoice) {
    const std::string source = RIGHTSLINE_SOURCE_DIR;
    locales::Complaints complaints;
    const auto compiled = flows::compile(
        stores::read_bundle({source + "/flows/fair-food", source + "/locales", {}}, complaints));
    ASSERT_NE(compiled.pack, nullptr);
    for (const ScriptLine& line : script_sheet(*compiled.pack, "")) {
        EXPECT_FALSE(line.key.ends_with(".sms") || line.key.ends_with(".ussd")) << line.key;
        EXPECT_EQ(line.state, ScriptLine::State::missing);
    }
}

}  // namespace
}  // namespace rightsline::prompts
