#include "gateway/cli/sound/prompts.hpp"

#include <unistd.h>

#include <filesystem>
#include <iostream>
#include <map>

#include "flows/loader.hpp"
#include "gateway/cli/sound/audio_shelf.hpp"
#include "gateway/cli/sound/espeak.hpp"
#include "gateway/cli/sound/script_sheet.hpp"
#include "gateway/stores/sources.hpp"

namespace rightsline::cli {
namespace {

namespace fs = std::filesystem;

constexpr int bad_data = 65;
constexpr int ok = 0;

flows::PackPtr compile(const PromptsOptions& options, const std::string& locales_folder) {
    stores::SourceRoots roots{options.program, locales_folder, {}};
    if (!options.out.empty()) {
        roots.audio_directories.push_back(options.out);
    }
    locales::Complaints complaints;
    const flows::Bundle bundle = stores::read_bundle(roots, complaints);
    flows::Compiled compiled = flows::compile(bundle);
    complaints.insert(complaints.end(), compiled.complaints.begin(), compiled.complaints.end());
    for (const locales::Complaint& complaint : complaints) {
        if (complaint.level == locales::Complaint::Level::error) {
            std::cerr << to_line(complaint) << "\n";
        }
    }
    return compiled.pack;
}

std::string_view word(ScriptLine::State state) {
    switch (state) {
        case ScriptLine::State::draft:
            return "draft";
        case ScriptLine::State::recorded:
            return "recorded";
        case ScriptLine::State::missing:
            break;
    }
    return "missing";
}

std::string out_folder(const PromptsOptions& options) {
    return options.out.empty() ? stores::locales_beside(options.program) : options.out;
}

/// Runs `work` on every line of the script and saves the shelf. Returns the exit code.
template <class Work>
int with_shelf(const PromptsOptions& options, Work work) {
    const flows::PackPtr pack = compile(options, stores::locales_beside(options.program));
    if (!pack) {
        return bad_data;
    }
    AudioShelf shelf(out_folder(options));
    const int code = work(shelf, script_sheet(*pack, options.language));
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

}  // namespace

int prompts_sheet(const PromptsOptions& options) {
    const flows::PackPtr pack = compile(options, stores::locales_beside(options.program));
    if (!pack) {
        return bad_data;
    }
    for (const ScriptLine& line : script_sheet(*pack, options.language)) {
        if (!options.missing_only || line.state != ScriptLine::State::recorded) {
            std::cout << line.language << "\t" << line.name() << "\t" << word(line.state) << "\t" << line.text
                      << "\n";
        }
    }
    return ok;
}

int prompts_import(const PromptsOptions& options) {
    return with_shelf(options, [&](AudioShelf& shelf, const std::vector<ScriptLine>& sheet) {
        std::map<std::string, const ScriptLine*> wanted;
        for (const ScriptLine& line : sheet) {
            wanted.emplace(line.name(), &line);
        }
        int refused = 0;
        std::error_code failed;
        for (const auto& file : fs::directory_iterator(options.from, failed)) {
            const auto line = wanted.find(file.path().stem().string());
            if (line == wanted.end()) {
                std::cout << file.path().filename().string() << ": no line of the script has this name\n";
                ++refused;
                continue;
            }
            const Result<WavReport> kept =
                shelf.put(*line->second, file.path().string(), locales::AudioState::approved);
            if (!kept) {
                std::cout << file.path().filename().string() << ": refused: " << kept.error().message()
                          << "\n";
                ++refused;
                continue;
            }
            std::cout << file.path().filename().string() << ": kept, "
                      << static_cast<double>(kept->length.count()) / 1000 << " s\n";
            for (const std::string& warning : kept->warnings) {
                std::cout << "  " << warning << "\n";
            }
        }
        if (failed) {
            std::cerr << options.from << ": " << failed.message() << "\n";
            return 1;
        }
        return refused == 0 ? ok : bad_data;
    });
}

int prompts_draft(const PromptsOptions& options) {
    return with_shelf(options, [&](AudioShelf& shelf, const std::vector<ScriptLine>& sheet) {
        const std::string scratch =
            (fs::temp_directory_path() / ("rightsline-draft-" + std::to_string(getpid()) + ".wav")).string();
        std::size_t made = 0;
        std::size_t failed = 0;
        for (const ScriptLine& line : sheet) {
            if (line.state == ScriptLine::State::recorded || shelf.has(line)) {
                continue;
            }
            draft_one(shelf, line, scratch) ? ++made : ++failed;
            if ((made + failed) % 100 == 0) {
                std::cerr << "  " << made << " of " << sheet.size() << " lines spoken\n";
            }
        }
        fs::remove(scratch);
        std::cerr << made << " drafts made, " << sheet.size() - made - failed << " were there, " << failed
                  << " failed\n";
        return failed == 0 ? ok : 1;
    });
}

}  // namespace rightsline::cli
