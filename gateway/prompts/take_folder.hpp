// TakeFolder: the takes that wait to be heard, on the disk.
//
// <folder>/<language>/<group>/<key>.<piece>.wav as the phone plays it, and <key>.<piece>.take.json, its note. One take
// per line: a newer one takes the place of the older. Once it is judged the sound goes and the note stays, which
// says who spoke and who approved. Must never: write outside its folder (lines come from a compiled script), or
// lie among the folders that a server plays from. Blocking. Threading: one writer at a time (folder_claim.hpp).
#pragma once

#include <optional>
#include <string>

#include "gateway/prompts/script_sheet.hpp"
#include "gateway/prompts/take.hpp"
#include "gateway/prompts/wav.hpp"

namespace rightsline::prompts {

/// The longest sound file that is taken from outside this machine.
inline constexpr std::size_t most_sound = 1U << 20U;

/// Who recorded it, when and how: as Take says it.
struct Recorded {
    std::string by;
    std::string at;
    std::string way{};
};

class TakeFolder {
 public:
    explicit TakeFolder(std::string folder) : folder_(std::move(folder)) {}

    /// Converts the sound file at `from` and keeps it as the take of these words; on the disk, synced, when it
    /// returns. Errors: as to_phone_wav.
    Result<WavReport> keep(const ScriptLine& line, const std::string& from, const Recorded& recorded);
    /// The same of a sound file's bytes. Errors: as above, and errc::too_long over most_sound.
    Result<WavReport> keep_bytes(const ScriptLine& line, const std::string& sound, const Recorded& recorded);
    std::optional<Take> find(const ScriptLine& line) const;
    /// Where the sound lies, for whoever listens.
    std::string sound_of(const ScriptLine& line) const;
    /// The sound itself. Errors: errc::not_whole, it is not the one that was kept, byte for byte.
    Result<std::string> sound(const ScriptLine& line, const Take& take) const;
    /// Notes what became of it and takes the sound away. Errors: errc::cannot_write; then the sound is still there.
    Result<void> settle(const ScriptLine& line, const Take& take);

 private:
    std::string base_of(const ScriptLine& line) const;
    std::string note_of(const ScriptLine& line) const;

    std::string folder_;
};

}  // namespace rightsline::prompts
