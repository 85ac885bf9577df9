// Espeak: speaks a draft with espeak-ng, a program of its own (GPL-3) that we run and never link.
//
// Must never: go through a shell, or be taken for an approved recording. Blocks until the program has ended,
// so only commands use it. Threading: one command at a time.
#pragma once

#include <string>

#include "locales/result.hpp"

namespace rightsline::cli {

/// Writes `text` in `language` (BCP-47) as a WAV file. No shell is involved. Errors: errc::no_voice.
Result<void> espeak(const std::string& text, const std::string& language, const std::string& to);

}  // namespace rightsline::cli
