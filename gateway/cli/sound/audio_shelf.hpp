// AudioShelf: an audio folder with its index files, as the loader reads them.
//
// <folder>/<language>/audio/<group>/<key>.<piece>.wav and index.yaml beside them. put() converts and remembers;
// save() writes each index that changed, under a temporary name first.
// Threading: one command at a time.
#pragma once

#include <map>
#include <string>

#include "gateway/cli/sound/script_sheet.hpp"
#include "gateway/cli/sound/wav.hpp"
#include "locales/audio.hpp"

namespace rightsline::cli {

class AudioShelf {
 public:
    explicit AudioShelf(std::string folder) : folder_(std::move(folder)) {}

    /// The shelf has a recording of exactly these words already.
    bool has(const ScriptLine& line);
    /// Converts the sound file at `from` and puts it under `line`. Errors: as to_phone_wav.
    Result<WavReport> put(const ScriptLine& line, const std::string& from, locales::AudioState state);
    /// Errors: errc::cannot_write.
    Result<void> save();

 private:
    struct Shelf {
        locales::AudioIndex index;
        bool changed = false;
    };
    using Place = std::pair<std::string, std::string>;  // language, group
    Shelf& shelf(const ScriptLine& line);
    std::string group_folder(const Place& place) const;

    std::string folder_;
    std::map<Place, Shelf> shelves_;
};

}  // namespace rightsline::cli
