// tone_audio: a recording for every piece of a program's texts, made of tones: quick to make, and each unlike all
// others, so that a test knows by its hash what a caller was played.
#pragma once

#include <map>
#include <string>

namespace rightsline::tests {

struct ToneClip {
    std::string language;
    std::string name;  // "hotline.main.menu.0"
    std::string text;
};

/// Writes <folder>/<language>/audio/… with its index files; gives the clips by the hash of their bytes. Throws when
/// the program does not compile.
std::map<std::string, ToneClip> write_tones(const std::string& program_folder, const std::string& locales_folder,
                                            const std::string& folder);

}  // namespace rightsline::tests
