// AudioShelf: an audio folder with its index files, as the loader reads them.
//
// <folder>/<language>/audio/<group>/<key>.<piece>.<hash>.wav and index.yaml beside them. put() converts and remembers;
// save() puts each index that changed in the place of the old one, synced: what somebody approved is on the disk once it has
// returned; the sounds of drafts can be made again and are not waited for.
// Must never: take an index that it cannot read for an empty one, whose next save() would lose all the others; or write
// over a sound that is in use. A running server serves files by the hash that its index gave them, to
// phone companies that keep them for ever: under that name no other words may ever be heard.
// Threading: one writer at a time (folder_claim.hpp).
#pragma once

#include <map>
#include <string>

#include "gateway/prompts/script_sheet.hpp"
#include "gateway/prompts/wav.hpp"
#include "locales/audio.hpp"

namespace rightsline::prompts {

/// Hex SHA-256: the name of a sound.
std::string content_hash(const std::string& bytes);

class AudioShelf {
 public:
    explicit AudioShelf(std::string folder) : folder_(std::move(folder)) {}

    /// Whether this line can be put here at all. Errors: errc::unreadable_index, it must be mended or taken away by hand.
    Result<void> can_take(const ScriptLine& line);
    /// The shelf has a recording of exactly these words already. Of an index that cannot be read it has none, here and below.
    bool has(const ScriptLine& line);
    /// What somebody recorded of exactly these words, and is there; nullptr when nobody did. Valid until the next put().
    const locales::AudioEntry* approved(const ScriptLine& line);
    /// The shelf has a recording of this line, and it says other words.
    bool has_stale(const ScriptLine& line);
    /// Converts the sound file at `from` and puts it under `line`; a call hears it after save(). Errors: as
    /// to_phone_wav and can_take.
    Result<WavReport> put(const ScriptLine& line, const std::string& from, locales::AudioState state);
    /// Puts a sound that to_phone_wav made and somebody has heard, byte for byte, as approved. Errors: errc::cannot_write; as
    /// can_take.
    Result<void> put_as_heard(const ScriptLine& line, const std::string& sound,
                              std::chrono::milliseconds length);
    /// Errors: errc::cannot_write.
    Result<void> save();

 private:
    struct Shelf {
        locales::AudioIndex index;
        bool changed = false;
        bool readable = true;
    };
    using Place = std::pair<std::string, std::string>;  // language, group
    Shelf& shelf(const ScriptLine& line);
    std::string group_folder(const Place& place) const;
    /// Where a sound is made before it has its name; its folder is there.
    std::string fresh_file(const ScriptLine& line) const;
    Result<void> take_in(const ScriptLine& line, std::chrono::milliseconds length, locales::AudioState state);

    std::string folder_;
    std::map<Place, Shelf> shelves_;
};

}  // namespace rightsline::prompts
