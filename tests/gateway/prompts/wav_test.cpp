#include "gateway/prompts/wav.hpp"

#include <gtest/gtest.h>
#include <sndfile.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>
#include <vector>

#include "gateway/ops/read_file.hpp"
#include "gateway/prompts/error.hpp"

namespace rightsline::prompts {
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
    /// A 32-bit float file of exactly these samples; at 8 kHz nothing is resampled.
    std::string floats(const std::vector<float>& samples, int rate = 8000) const {
        const std::string path = folder + "/floats.wav";
        SF_INFO info{};
        info.samplerate = rate;
        info.channels = 1;
        info.format = SF_FORMAT_WAV | SF_FORMAT_FLOAT;
        SNDFILE* file = sf_open(path.c_str(), SFM_WRITE, &info);
        sf_writef_float(file, samples.data(), static_cast<sf_count_t>(samples.size()));
        sf_close(file);
        return path;
    }
    /// Half a second between `peak` and `-peak`.
    static std::vector<float> square(float peak, std::size_t samples = 4000) {
        std::vector<float> all(samples);
        for (std::size_t i = 0; i < samples; ++i) {
            all[i] = i / 10 % 2 == 0 ? peak : -peak;
        }
        return all;
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

/// A small file of another kind may hold very much, and another decoder reads it.
TEST_F(Wav, AnotherKindOfSoundFileIsRefused) {
    const std::string path = folder + "/tone.flac";
    SF_INFO info{};
    info.samplerate = 8000;
    info.channels = 1;
    info.format = SF_FORMAT_FLAC | SF_FORMAT_PCM_16;
    const std::vector<float> samples = square(0.5F);
    SNDFILE* file = sf_open(path.c_str(), SFM_WRITE, &info);
    ASSERT_NE(file, nullptr);
    sf_writef_float(file, samples.data(), static_cast<sf_count_t>(samples.size()));
    sf_close(file);
    const Result<WavReport> refused = to_phone_wav(path, out());
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error(), make_error_code(errc::unreadable_audio));
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

TEST_F(Wav, WhatAPhonePlaysAlreadyStaysTheSameByteForByte) {
    ASSERT_TRUE(to_phone_wav(tone(0.2, 2), out()));
    const auto once = ops::read_file(out());
    ASSERT_TRUE(to_phone_wav(out(), folder + "/again.wav"));
    EXPECT_EQ(ops::read_file(folder + "/again.wav"), once);
}

TEST_F(Wav, WhatIsTooLongOrOfTooFewSamplesIsRefused) {
    const Result<WavReport> is_long = to_phone_wav(tone(0.2, 181, 8000, 1), out());
    ASSERT_FALSE(is_long);
    EXPECT_EQ(is_long.error(), make_error_code(errc::too_long));
    const Result<WavReport> odd = to_phone_wav(tone(0.2, 1, 4000), out());
    ASSERT_FALSE(odd);
    EXPECT_EQ(odd.error(), make_error_code(errc::odd_audio));
    EXPECT_FALSE(fs::exists(out()));
}

TEST_F(Wav, SamplesBeyondFullScaleBecomeWhatOnesOfFullScaleDo) {
    for (const int rate : {8000, 48000}) {
        ASSERT_TRUE(to_phone_wav(floats(square(1.0F), rate), out()));
        const auto limited = ops::read_file(out());
        for (const float peak : {1.02F, 1.5F, 2.0F, 1e6F, 1e30F}) {
            const Result<WavReport> report = to_phone_wav(floats(square(peak), rate), out());
            ASSERT_TRUE(report) << peak;
            EXPECT_EQ(ops::read_file(out()), limited) << peak << " at " << rate;
            EXPECT_LE(report->peak, 1.0) << peak;
            EXPECT_NE(report->warnings.back().find("clipped"), std::string::npos) << peak;
        }
    }
}

TEST_F(Wav, SamplesThatAreNoNumbersAreRefusedAndLeaveNoFile) {
    for (const float odd : {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity(),
                            -std::numeric_limits<float>::infinity()}) {
        for (const int rate : {8000, 48000}) {
            std::vector<float> samples = square(0.3F);
            samples[2000] = odd;
            const Result<WavReport> report = to_phone_wav(floats(samples, rate), out());
            ASSERT_FALSE(report) << odd;
            EXPECT_EQ(report.error(), make_error_code(errc::unreadable_audio));
            EXPECT_FALSE(fs::exists(out()));
        }
    }
}

TEST_F(Wav, WhatCannotBeWrittenLeavesNoPart) {
    fs::create_directory(out());
    std::ofstream(out() + "/in the way") << "x";
    const Result<WavReport> report = to_phone_wav(tone(0.2, 1), out());
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error(), make_error_code(errc::cannot_write));
    EXPECT_FALSE(fs::exists(out() + ".part"));
}

}  // namespace
}  // namespace rightsline::prompts
