#include "gateway/cli/sound/prompts.hpp"

#include <unistd.h>

#include <filesystem>
#include <functional>
#include <iostream>
#include <map>
#include <set>

#include "gateway/cli/sound/espeak.hpp"
#include "gateway/cli/sound/sound_parcel.hpp"
#include "gateway/ops/clock.hpp"
#include "gateway/prompts/audio_shelf.hpp"
#include "gateway/prompts/take_folder.hpp"
#include "locales/audio.hpp"

namespace rightsline::cli {
namespace {

namespace fs = std::filesystem;

using prompts::AudioShelf;
using prompts::ScriptLine;
using prompts::WavReport;

constexpr int bad_data = 65;
constexpr int busy = 75;
constexpr int ok = 0;

using Keep = std::function<Result<WavReport>(const ScriptLine&, const std::string& file)>;

/// Runs `work` on every line of the script and saves the shelf. Returns the exit code.
template <class Work>
int with_shelf(const PromptsOptions& options, Work work) {
    const auto script = read_script(options.place);
    if (!script) {
        return bad_data;
    }
    const auto claim = claim_folder(script_place(options.place).recordings);
    if (!claim) {
        return busy;
    }
    AudioShelf shelf(script_place(options.place).recordings);
    const int code = work(shelf, *script);
    const Result<void> saved = shelf.save();
    if (!saved) {
        std::cerr << "The index could not be written: " << saved.error().message() << "\n";
        return 1;
    }
    return code;
}

bool draft_one(AudioShelf& shelf, const ScriptLine& line, const std::string& scratch) {
    const Result<void> spoken = espeak(line.text, line.language, scratch);
    const Result<WavReport> kept =
        spoken ? shelf.put(line, scratch, locales::AudioState::draft) : Result<WavReport>(spoken.error());
    if (!kept) {
        std::cerr << line.language << " " << line.name() << ": " << kept.error().message() << "\n";
    }
    return static_cast<bool>(kept);
}

/// Whether it was kept; says what became of it either way.
bool bring_in_one(const fs::path& file, const ScriptLine* line, bool other_words, const Keep& keep) {
    const std::string name = file.filename().string();
    if (line == nullptr) {
        std::cout << name << ": no line of the script has this name\n";
        return false;
    }
    if (line->state == ScriptLine::State::untranslated) {
        std::cout << name << ": refused: nobody has translated this line yet, so no call would play it\n";
        return false;
    }
    if (other_words) {
        std::cout << name << ": refused: by its " << manifest_name
                  << " it says other words than the script does now\n";
        return false;
    }
    const Result<WavReport> kept = keep(*line, file.string());
    if (!kept) {
        std::cout << name << ": refused: " << kept.error().message() << "\n";
        return false;
    }
    std::cout << name << ": kept, " << static_cast<double>(kept->length.count()) / 1000 << " s\n";
    for (const std::string& warning : kept->warnings) {
        std::cout << "  " << warning << "\n";
    }
    return true;
}

int bring_in(const std::string& from, const std::vector<ScriptLine>& script, const Keep& keep) {
    std::map<std::string, const ScriptLine*> wanted;
    for (const ScriptLine& line : script) {
        wanted.emplace(line.name(), &line);
    }
    std::error_code failed;
    std::set<fs::path> files;
    for (fs::directory_iterator at(from, failed), end; !failed && at != end; at.increment(failed)) {
        files.insert(at->path());
    }
    if (failed) {
        std::cerr << from << ": " << failed.message() << "\n";
        return 1;
    }
    files.erase(fs::path(from) / manifest_name);
    const auto said = read_manifest(from);
    int refused = 0;
    for (const fs::path& file : files) {
        const auto found = wanted.find(file.stem().string());
        const ScriptLine* line = found == wanted.end() ? nullptr : found->second;
        const auto words = said.find(file.stem().string());
        const bool other_words =
            line != nullptr && words != said.end() && words->second != locales::hash_text(line->text);
        refused += bring_in_one(file, line, other_words, keep) ? 0 : 1;
    }
    return refused == 0 ? ok : bad_data;
}

}  // namespace

int prompts_sheet(const PromptsOptions& options) {
    const auto script = read_script(options.place);
    if (!script) {
        return bad_data;
    }
    std::map<std::string, int> numbers;  // of each language's lines, as a recording call says them
    for (const ScriptLine& line : *script) {
        const int number = ++numbers[line.language];
        if (!options.missing_only || line.state != ScriptLine::State::recorded) {
            std::cout << line.language << "\t" << line.name() << "\t" << word(line.state) << "\t" << line.text
                      << "\t" << number << "\n";
        }
    }
    return ok;
}

int prompts_import(const PromptsOptions& options) {
    if (options.takes.empty()) {
        return with_shelf(options, [&](AudioShelf& shelf, const std::vector<ScriptLine>& script) {
            return bring_in(options.from, script, [&](const ScriptLine& line, const std::string& file) {
                return shelf.put(line, file, locales::AudioState::approved);
            });
        });
    }
    const auto script = read_script(options.place);
    if (!script) {
        return bad_data;
    }
    const auto claim = claim_folder(options.takes);
    if (!claim) {
        return busy;
    }
    prompts::TakeFolder takes(options.takes);
    const std::string by = prompts::read_name(options.by).value_or("");
    const std::string now = prompts::take_time(ops::SystemClock{}.now());
    return bring_in(options.from, *script, [&](const ScriptLine& line, const std::string& file) {
        return takes.keep(line, file, {by, now});
    });
}

int prompts_draft(const PromptsOptions& options) {
    return with_shelf(options, [&](AudioShelf& shelf, const std::vector<ScriptLine>& script) {
        const std::string scratch =
            (fs::temp_directory_path() / ("rightsline-draft-" + std::to_string(getpid()) + ".wav")).string();
        std::size_t made = 0;
        std::size_t failed = 0;
        for (const ScriptLine& line : script) {
            const bool needless = line.state == ScriptLine::State::recorded ||
                                  line.state == ScriptLine::State::untranslated || shelf.has(line);
            if (needless) {
                continue;
            }
            draft_one(shelf, line, scratch) ? ++made : ++failed;
            if ((made + failed) % 100 == 0) {
                std::cerr << "  " << made << " of " << script.size() << " lines spoken\n";
            }
        }
        fs::remove(scratch);
        std::cerr << made << " drafts made, " << script.size() - made - failed << " were there, " << failed
                  << " failed\n";
        return failed == 0 ? ok : 1;
    });
}

}  // namespace rightsline::cli
