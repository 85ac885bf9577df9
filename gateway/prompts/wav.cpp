#include "gateway/prompts/wav.hpp"

#include <ebur128.h>
#include <sndfile.h>
#include <soxr.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <memory>

#include "gateway/prompts/error.hpp"

namespace rightsline::prompts {
namespace {

constexpr int phone_rate = 8000;
constexpr float silence = 0.001F;  // -60 dBFS
constexpr float least_step =
    4.0F / 32768;  // less is nothing in µ-law, which writes it as +0 or -0: here always as +0
constexpr int margin_samples = 400;  // 50 ms kept before and after the words
constexpr double quiet_lufs = -33;
constexpr double loud_lufs = -12;
constexpr double clipped = 0.995;
constexpr std::chrono::seconds longest{110};  // some carriers refuse a file over 1 MB
constexpr int lowest_rate = 8000;
constexpr int highest_rate = 192000;
constexpr int most_channels = 8;
constexpr std::int64_t most_seconds = 180;
constexpr std::int64_t most_samples = 40'000'000;  // of all channels: what is held in memory at once

struct SoundFileCloser {
    void operator()(SNDFILE* file) const { sf_close(file); }
};
using SoundFile = std::unique_ptr<SNDFILE, SoundFileCloser>;
struct LoudnessEnd {
    void operator()(ebur128_state* state) const { ebur128_destroy(&state); }
};

struct Sound {
    int rate = phone_rate;
    std::vector<float> samples;  // mono
};

/// What the table of the µ-law writer holds; it looks no sample over before it takes it as a place in that table.
void limit(std::vector<float>& samples) {
    for (float& one : samples) {
        one = std::clamp(one, -1.0F, 1.0F);
    }
}

Result<Sound> read_mono(const std::string& path) {
    SF_INFO info{};
    const SoundFile file(sf_open(path.c_str(), SFM_READ, &info));
    if (!file || info.frames <= 0) {
        return errc::unreadable_audio;
    }
    const int kind = info.format & SF_FORMAT_TYPEMASK;
    if (kind != SF_FORMAT_WAV && kind != SF_FORMAT_WAVEX) {
        return errc::unreadable_audio;  // no other decoder than this one meets what strangers send
    }
    const bool usual = info.samplerate >= lowest_rate && info.samplerate <= highest_rate;
    if (!usual || info.channels < 1 || info.channels > most_channels) {
        return errc::odd_audio;
    }
    if (info.frames > info.samplerate * most_seconds || info.frames * info.channels > most_samples) {
        return errc::too_long;
    }
    const auto channels = static_cast<std::size_t>(info.channels);
    std::vector<float> raw(static_cast<std::size_t>(info.frames) * channels);
    const sf_count_t got = sf_readf_float(file.get(), raw.data(), info.frames);
    if (!std::ranges::all_of(raw, [](float one) { return std::isfinite(one); })) {
        return errc::unreadable_audio;
    }
    limit(raw);
    Sound sound{info.samplerate, std::vector<float>(static_cast<std::size_t>(std::max<sf_count_t>(got, 0)))};
    for (std::size_t i = 0; i < sound.samples.size(); ++i) {
        float sum = 0;
        for (std::size_t c = 0; c < channels; ++c) {
            sum += raw[i * channels + c];
        }
        sound.samples[i] = sum / static_cast<float>(channels);
    }
    return sound;
}

Result<Sound> to_phone_rate(Sound sound) {
    if (sound.rate == phone_rate) {
        return sound;
    }
    const double ratio = static_cast<double>(phone_rate) / sound.rate;
    Sound out;
    out.samples.resize(
        static_cast<std::size_t>(std::ceil(static_cast<double>(sound.samples.size()) * ratio)) + 64);
    std::size_t done = 0;
    const soxr_error_t failed =
        soxr_oneshot(sound.rate, phone_rate, 1, sound.samples.data(), sound.samples.size(), nullptr,
                     out.samples.data(), out.samples.size(), &done, nullptr, nullptr, nullptr);
    if (failed != nullptr) {
        return errc::unreadable_audio;
    }
    out.samples.resize(done);
    limit(out.samples);  // a resampler goes a little beyond what it was given
    return out;
}

Result<Sound> trimmed(Sound sound) {
    const auto loud = [](float sample) { return std::fabs(sample) > silence; };
    const auto first = std::find_if(sound.samples.begin(), sound.samples.end(), loud);
    if (first == sound.samples.end()) {
        return errc::silent_audio;
    }
    const auto last = std::find_if(sound.samples.rbegin(), sound.samples.rend(), loud).base();
    const auto begin = first - std::min<std::ptrdiff_t>(margin_samples, first - sound.samples.begin());
    const auto end = last + std::min<std::ptrdiff_t>(margin_samples, sound.samples.end() - last);
    Sound kept{sound.rate, std::vector<float>(begin, end)};
    std::ranges::replace_if(kept.samples, [](float one) { return std::fabs(one) < least_step; }, 0.0F);
    return kept;
}

WavReport measure(const Sound& sound) {
    WavReport report;
    report.length =
        std::chrono::milliseconds(sound.samples.size() * 1000 / static_cast<std::size_t>(sound.rate));
    for (const float sample : sound.samples) {
        report.peak = std::max(report.peak, static_cast<double>(std::fabs(sample)));
    }
    const std::unique_ptr<ebur128_state, LoudnessEnd> state(
        ebur128_init(1, static_cast<unsigned long>(sound.rate), EBUR128_MODE_I));
    ebur128_add_frames_float(state.get(), sound.samples.data(), sound.samples.size());
    ebur128_loudness_global(state.get(), &report.loudness);
    char words[96];
    const bool long_enough = report.length >= std::chrono::milliseconds(400);  // R128 needs one block
    if (long_enough && report.loudness < quiet_lufs) {
        std::snprintf(words, sizeof words, "too quiet (%.0f LUFS): speak closer to the microphone",
                      report.loudness);
        report.warnings.emplace_back(words);
    }
    if (long_enough && report.loudness > loud_lufs) {
        std::snprintf(words, sizeof words, "too loud (%.0f LUFS): step back from the microphone",
                      report.loudness);
        report.warnings.emplace_back(words);
    }
    if (report.peak >= clipped) {
        report.warnings.emplace_back("clipped: the loudest parts are cut off; record again with less gain");
    }
    if (report.length > longest) {
        report.warnings.emplace_back("longer than 110 s: some carriers will not play it");
    }
    return report;
}

Result<void> write_phone_wav(const Sound& sound, const std::string& path) {
    SF_INFO info{};
    info.samplerate = phone_rate;
    info.channels = 1;
    info.format = SF_FORMAT_WAV | SF_FORMAT_ULAW;
    const std::string part = path + ".part";
    bool written = false;
    {
        const SoundFile file(sf_open(part.c_str(), SFM_WRITE, &info));
        const auto frames = static_cast<sf_count_t>(sound.samples.size());
        written = file && sf_writef_float(file.get(), sound.samples.data(), frames) == frames;
    }
    if (!written || std::rename(part.c_str(), path.c_str()) != 0) {
        std::remove(part.c_str());
        return errc::cannot_write;
    }
    return {};
}

}  // namespace

Result<WavReport> to_phone_wav(const std::string& from, const std::string& to) {
    Result<Sound> sound = read_mono(from);
    if (sound) {
        sound = to_phone_rate(std::move(*sound));
    }
    if (sound) {
        sound = trimmed(std::move(*sound));
    }
    if (!sound) {
        return sound.error();
    }
    WavReport report = measure(*sound);
    const Result<void> written = write_phone_wav(*sound, to);
    if (!written) {
        return written.error();
    }
    return report;
}

}  // namespace rightsline::prompts
