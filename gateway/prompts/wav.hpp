// Wav: a recording as it came, made into one that a phone line plays: 8 kHz, mono, µ-law, trimmed and checked.
//
// Reads what libsndfile reads; resamples with libsoxr; measures loudness with libebur128 (EBU R128, LUFS).
// Blocking and slow (milliseconds): for commands and a worker's thread, never for the loop. Threading: reentrant.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "locales/result.hpp"

namespace rightsline::prompts {

struct WavReport {
    std::chrono::milliseconds length{0};
    double loudness = 0;                // LUFS of the whole file; -HUGE_VAL for silence
    double peak = 0;                    // 0 … 1
    std::vector<std::string> warnings;  // "too quiet (-41 LUFS): record closer to the microphone"
};

/// Converts `from` to `to`. Errors: errc::unreadable_audio, errc::odd_audio, errc::silent_audio, errc::too_long,
/// errc::cannot_write.
Result<WavReport> to_phone_wav(const std::string& from, const std::string& to);

}  // namespace rightsline::prompts
