#include "gateway/cli/wav.hpp"

#include <gtest/gtest.h>
#include <sndfile.h>

#include <cmath>
#include <fstream>
#include <numbers>

#include "gateway/cli/error.hpp"
#include "tests/support/redis_server.hpp"

namespace rightsline::cli {
namespace {

class Sound : public testing::Test {
 protected:
    /// A second of silence, `seconds` of a tone, a second of silence.
    std::string tone(double amplitude, double seconds = 2, int rate = 44100) const {
        const std::string path = folder.path() + "/in.wav";
        SF_INFO info{};
        info.samplerate = rate;
        info.channels = 1;
        info.format = SF_FORMAT_WAV | SF_FORMAT_PCM_16;
        SNDFILE* file = sf_open(path.c_str(), SFM_WRITE, &info);
        std::vector<double> samples(static_cast<std::size_t>((seconds + 2) * rate));
        for (std::size_t i = 0; i < samples.size(); ++i) {
            const double at = static_cast<double>(i) / rate - 1;
            const double wave = amplitude * std::sin(2 * std::numbers::pi * 440 * at);
            samples[i] = at < 0 || at > seconds ? 0 : std::clamp(wave, -1.0, 1.0);
        }
        sf_writef_double(file, samples.data(), static_cast<sf_count_t>(samples.size()));
        sf_close(file);
        return path;
    }
    std::string out() const { return folder.path() + "/out.wav"; }
    tests::TemporaryDirectory folder;
};

TEST_F(Sound, BecomesEightKilohertzMonoAndIsTrimmed) {
    const Result<WavReport> report = to_phone_wav(tone(0.2), out());
    ASSERT_TRUE(report);
    SF_INFO info{};
    SNDFILE* file = sf_open(out().c_str(), SFM_READ, &info);
    ASSERT_NE(file, nullptr);
    sf_close(file);
    EXPECT_EQ(info.samplerate, 8000);
    EXPECT_EQ(info.channels, 1);
    EXPECT_EQ(info.format & SF_FORMAT_SUBMASK, SF_FORMAT_ULAW);
    EXPECT_GE(report->length.count(), 1900);
    EXPECT_LT(report->length.count(), 3500);  // two of the four seconds were silence
}

TEST_F(Sound, IsWarnedOfWhenTooQuietAndWhenClipped) {
    const Result<WavReport> good = to_phone_wav(tone(0.15), out());
    const Result<WavReport> quiet = to_phone_wav(tone(0.01), out());
    const Result<WavReport> clipped = to_phone_wav(tone(3.0), out());
    ASSERT_TRUE(good && quiet && clipped);
    EXPECT_TRUE(good->warnings.empty()) << good->warnings.front() << " " << good->loudness;
    EXPECT_FALSE(quiet->warnings.empty()) << quiet->loudness;
    EXPECT_FALSE(clipped->warnings.empty()) << clipped->peak;
    EXPECT_LT(quiet->loudness, good->loudness);
}

TEST_F(Sound, SilenceAndWhatIsNoSoundAreRefusedAndLeaveNoFile) {
    EXPECT_EQ(to_phone_wav(tone(0), out()).error(), errc::silent_audio);
    std::ofstream(folder.path() + "/text.wav") << "no sound at all";
    EXPECT_EQ(to_phone_wav(folder.path() + "/text.wav", out()).error(), errc::unreadable_audio);
    EXPECT_EQ(to_phone_wav(folder.path() + "/missing.wav", out()).error(), errc::unreadable_audio);
    EXPECT_FALSE(std::ifstream(out()).is_open());
    EXPECT_EQ(to_phone_wav(tone(0.2), folder.path() + "/no/such/folder.wav").error(), errc::cannot_write);
}

}  // namespace
}  // namespace rightsline::cli
