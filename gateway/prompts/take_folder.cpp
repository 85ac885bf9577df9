#include "gateway/prompts/take_folder.hpp"

#include <filesystem>

#include "gateway/ops/durable_file.hpp"
#include "gateway/ops/read_file.hpp"
#include "gateway/prompts/audio_shelf.hpp"
#include "gateway/prompts/error.hpp"
#include "locales/audio.hpp"

namespace rightsline::prompts {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t longest_note = 64U << 10U;

/// A file on the way to its name: gone on every way out, with what was written of it and what one before left.
class Scratch {
 public:
    explicit Scratch(std::string path) : path_(std::move(path)) {}
    ~Scratch() {
        std::error_code ignored;  // one that stays is written over by the next
        fs::remove(path_, ignored);
        fs::remove(path_ + ".part", ignored);
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    const std::string& path() const { return path_; }

 private:
    std::string path_;
};

}  // namespace

std::string TakeFolder::base_of(const ScriptLine& line) const {
    return folder_ + "/" + line.language + "/" + line.group + "/" + line.name();
}
std::string TakeFolder::sound_of(const ScriptLine& line) const { return base_of(line) + ".wav"; }
std::string TakeFolder::note_of(const ScriptLine& line) const { return base_of(line) + ".take.json"; }

Result<WavReport> TakeFolder::keep(const ScriptLine& line, const std::string& from,
                                   const Recorded& recorded) {
    const std::string sound = sound_of(line);
    if (!ops::make_folders(fs::path(sound).parent_path().string())) {
        return errc::cannot_write;
    }
    const Scratch scratch(base_of(line) + ".new");
    const Result<WavReport> report = to_phone_wav(from, scratch.path());
    if (!report) {
        return report;
    }
    const std::string bytes = ops::read_file(scratch.path()).value_or("");
    Take take;
    take.by = recorded.by;
    take.at = recorded.at;
    take.way = recorded.way;
    take.text_hash = locales::hash_text(line.text);
    take.hash = content_hash(bytes);
    take.length = report->length;
    for (const std::string& warning : report->warnings) {
        take.warnings += (take.warnings.empty() ? "" : "; ") + warning;
    }
    // The sound first: a note whose sound is another one is noticed, and no note names a sound that is not there.
    if (bytes.empty() || !ops::replace_file(sound, bytes) ||
        !ops::replace_file(note_of(line), to_note(take))) {
        return errc::cannot_write;
    }
    return report;
}

Result<WavReport> TakeFolder::keep_bytes(const ScriptLine& line, const std::string& sound,
                                         const Recorded& recorded) {
    if (sound.size() > most_sound) {
        return errc::too_long;
    }
    const Scratch came(base_of(line) + ".came");
    if (!ops::make_folders(fs::path(came.path()).parent_path().string()) ||
        !ops::replace_file(came.path(), sound)) {
        return errc::cannot_write;
    }
    return keep(line, came.path(), recorded);
}

std::optional<Take> TakeFolder::find(const ScriptLine& line) const {
    std::error_code failed;
    if (!fs::exists(note_of(line), failed)) {
        return std::nullopt;
    }
    return parse_take(ops::read_file(note_of(line), longest_note).value_or(""));
}

Result<std::string> TakeFolder::sound(const ScriptLine& line, const Take& take) const {
    std::optional<std::string> bytes = ops::read_file(sound_of(line));
    if (!bytes || content_hash(*bytes) != take.hash) {
        return errc::not_whole;
    }
    return *std::move(bytes);
}

Result<void> TakeFolder::settle(const ScriptLine& line, const Take& take) {
    if (!ops::replace_file(note_of(line), to_note(take))) {
        return errc::cannot_write;
    }
    std::error_code ignored;  // a sound that stays is noticed by nobody: its note says that it is judged
    fs::remove(sound_of(line), ignored);
    return {};
}

}  // namespace rightsline::prompts
