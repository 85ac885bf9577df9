// tone_audio: a recording for every piece of a program's texts, made of tones: quick to make, and each unlike all
// others, so that a test knows by its hash what a caller was played.
#pragma once

#include <map>
#include <string>

#include "flows/pack.hpp"

namespace rightsline::tests {

struct ToneClip {
    std::string language;
    std::string name;  // "hotline.main.menu.0"
    std::string text;
};

/// Writes <folder>/<language>/audio/… with its index files; gives the clips by the hash of their bytes.
std::map<std::string, ToneClip> write_tones(const flows::Pack& pack, const std::string& folder);

}  // namespace rightsline::tests
