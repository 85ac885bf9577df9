#include "gateway/cli/sound/wav.hpp"

#include <gtest/gtest.h>
#include <sndfile.h>

#include <cmath>
#include <filesystem>
#include <vector>

#include "gateway/cli/error.hpp"

namespace rightsline::cli {
namespace {

namespace fs = std::filesystem;

class Wav : public testing::Test {
 protected:
    void SetUp() override {
        char name[] = "/tmp/rightsline-wav-XXXXXX";
        ASSERT_NE(::mkdtemp(name), nullptr);
        folder = name;
    }
    void TearDown() override { fs::remove_all(folder); }

    /// A tone with a second of silence before and after it.
    std::string tone(double loudness, double seconds, int rate = 44100, int channels = 2) {
        const std::string path = folder + "/tone.wav";
        SF_INFO info{};
        info.samplerate = rate;
        info.channels = channels;
        info.format = SF_FORMAT_WAV | SF_FORMAT_PCM_16;
        const auto lead = static_cast<std::size_t>(rate);
        const auto body = static_cast<std::size_t>(seconds * rate);
        std::vector<float> samples((2 * lead + body) * static_cast<std::size_t>(channels));
        for (std::size_t i = 0; i < body; ++i) {
            const double value = loudness * std::sin(2 * M_PI * 440 * static_cast<double>(i) / rate);
            for (int c = 0; c < channels; ++c) {
                samples[(lead + i) * static_cast<std::size_t>(channels) + static_cast<std::size_t>(c)] =
                    static_cast<float>(value);
            }
        }
        SNDFILE* file = sf_open(path.c_str(), SFM_WRITE, &info);
        sf_writef_float(file, samples.data(), static_cast<sf_count_t>(samples.size()) / channels);
        sf_close(file);
        return path;
    }
    std::string out() const { return folder + "/out.wav"; }

    std::string folder;
};

TEST_F(Wav, BecomesEightKilohertzMonoMuLawWithoutItsSilence) {
    const Result<WavReport> report = to_phone_wav(tone(0.2, 2), out());
    ASSERT_TRUE(report);
    SF_INFO info{};
    SNDFILE* file = sf_open(out().c_str(), SFM_READ, &info);
    ASSERT_NE(file, nullptr);
    sf_close(file);
    EXPECT_EQ(info.samplerate, 8000);
    EXPECT_EQ(info.channels, 1);
    EXPECT_EQ(info.format & SF_FORMAT_SUBMASK, SF_FORMAT_ULAW);
    EXPECT_NEAR(static_cast<double>(report->length.count()), 2100, 40);  // 50 ms stay on both sides
    EXPECT_TRUE(report->warnings.empty()) << report->warnings.front();
}

TEST_F(Wav, SaysWhatIsTooQuietTooLoudAndClipped) {
    const auto warnings = [&](double loudness) { return to_phone_wav(tone(loudness, 2), out())->warnings; };
    ASSERT_EQ(warnings(0.005).size(), 1U);
    EXPECT_NE(warnings(0.005).front().find("too quiet"), std::string::npos);
    EXPECT_NE(warnings(0.7).front().find("too loud"), std::string::npos);
    EXPECT_NE(warnings(1.0).back().find("clipped"), std::string::npos);
}

TEST_F(Wav, SilenceAndWhatIsNoSoundAreRefusedAndLeaveNoFile) {
    const Result<WavReport> silent = to_phone_wav(tone(0, 1), out());
    ASSERT_FALSE(silent);
    EXPECT_EQ(silent.error(), make_error_code(errc::silent_audio));
    const Result<WavReport> none = to_phone_wav(folder + "/none.wav", out());
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error(), make_error_code(errc::unreadable_audio));
    EXPECT_FALSE(fs::exists(out()));
}

}  // namespace
}  // namespace rightsline::cli
