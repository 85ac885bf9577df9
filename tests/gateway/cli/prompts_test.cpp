#include <gtest/gtest.h>
#include <sndfile.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>

#include "gateway/cli/audio_shelf.hpp"
#include "gateway/cli/script_sheet.hpp"
#include "tests/flows/bundles.hpp"
#include "tests/support/redis_server.hpp"

namespace rightsline::cli {
namespace {

flows::PackPtr excerpt() { return flows::compile(flows::tests::excerpt()).pack; }

TEST(ScriptSheet, NamesEveryPieceThatIsSpokenOnceAndNothingThatIsOnlySent) {
    const flows::PackPtr pack = excerpt();
    ASSERT_NE(pack, nullptr);
    std::vector<std::string> names;
    for (const ScriptLine& line : script_sheet(*pack, "en")) {
        EXPECT_EQ(line.language, "en");
        EXPECT_FALSE(line.text.empty()) << line.name();
        EXPECT_FALSE(line.key.ends_with(".sms") || line.key.ends_with(".ussd")) << line.key;
        EXPECT_EQ(line.state, ScriptLine::State::missing);
        names.push_back(line.name());
    }
    EXPECT_NE(std::find(names.begin(), names.end(), "hotline.main.menu.0"), names.end());
    std::sort(names.begin(), names.end());
    EXPECT_EQ(std::adjacent_find(names.begin(), names.end()), names.end());
    EXPECT_GT(script_sheet(*pack, "").size(), names.size());
    EXPECT_TRUE(script_sheet(*pack, "xx").empty());
}

class Shelf : public testing::Test {
 protected:
    void SetUp() override {
        SF_INFO info{};
        info.samplerate = 8000;
        info.channels = 1;
        info.format = SF_FORMAT_WAV | SF_FORMAT_PCM_16;
        SNDFILE* file = sf_open(sound().c_str(), SFM_WRITE, &info);
        std::vector<double> samples(16000);
        for (std::size_t i = 0; i < samples.size(); ++i) {
            samples[i] = 0.2 * std::sin(static_cast<double>(i) / 3);
        }
        sf_writef_double(file, samples.data(), 16000);
        sf_close(file);
    }
    std::string sound() const { return folder.path() + "/in.wav"; }
    tests::TemporaryDirectory folder;
    ScriptLine line{"en", "fair-food", "hotline.main.menu", 0, "What do you need?", {}};
};

TEST_F(Shelf, RemembersWhatItWasGivenAndForgetsItWhenTheWordsChange) {
    {
        AudioShelf shelf(folder.path());
        EXPECT_FALSE(shelf.has(line));
        ASSERT_TRUE(shelf.put(line, sound(), locales::AudioState::approved));
        EXPECT_TRUE(shelf.has(line));
        ASSERT_TRUE(shelf.save());
    }
    AudioShelf again(folder.path());
    EXPECT_TRUE(again.has(line));
    EXPECT_TRUE(std::filesystem::exists(folder.path() + "/en/audio/fair-food/index.yaml"));
    EXPECT_TRUE(std::filesystem::exists(folder.path() + "/en/audio/fair-food/hotline.main.menu.0.wav"));
    ScriptLine changed = line;
    changed.text = "What do you need today?";
    EXPECT_FALSE(again.has(changed));
}

TEST_F(Shelf, WhatIsNoSoundChangesNothing) {
    std::ofstream(folder.path() + "/text.wav") << "words";
    AudioShelf shelf(folder.path());
    EXPECT_FALSE(shelf.put(line, folder.path() + "/text.wav", locales::AudioState::approved));
    EXPECT_FALSE(shelf.has(line));
}

}  // namespace
}  // namespace rightsline::cli
