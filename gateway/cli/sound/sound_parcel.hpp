// SoundParcel: recordings on their way from one installation to another: a folder per language, and in it a list of the
// words that each sound says.
//
// <folder>/<language>/<key>.<piece>.wav and manifest.tsv: name, hash of the words, milliseconds, the words. Must
// never: hold a draft, or a sound whose words have changed. Blocking. Threading: one command per process.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "gateway/cli/sound/prompts.hpp"

namespace rightsline::cli {

inline constexpr const char* manifest_name = "manifest.tsv";

/// By the name of the sound: locales::hash_text() of what it says. Empty when the folder has no list; a line that is
/// none of ours is left out.
std::map<std::string, std::uint64_t> read_manifest(const std::string& folder);

/// Copies every approved recording to `options.from`; returns an exit code. 1: not all could be written.
int prompts_export(const PromptsOptions& options);

}  // namespace rightsline::cli
