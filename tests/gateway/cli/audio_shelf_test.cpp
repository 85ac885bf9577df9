#include "gateway/cli/sound/audio_shelf.hpp"

#include <gtest/gtest.h>
#include <sndfile.h>

#include <cmath>
#include <filesystem>
#include <vector>

#include "gateway/stores/sources.hpp"

namespace rightsline::cli {
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

    std::string tone() {
        const std::string path = folder + "/tone.wav";
        SF_INFO info{};
        info.samplerate = 8000;
        info.channels = 1;
        info.format = SF_FORMAT_WAV | SF_FORMAT_PCM_16;
        std::vector<float> samples(8000);
        for (std::size_t i = 0; i < samples.size(); ++i) {
            samples[i] = 0.2F * std::sin(0.3F * static_cast<float>(i));
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

TEST_F(Shelf, AChangedTextNeedsANewRecording) {
    ScriptLine line = sheet.front();
    AudioShelf shelf(folder);
    ASSERT_TRUE(shelf.put(line, tone(), locales::AudioState::draft));
    EXPECT_TRUE(shelf.has(line));
    line.text += " again";
    EXPECT_FALSE(shelf.has(line));
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
}  // namespace rightsline::cli
