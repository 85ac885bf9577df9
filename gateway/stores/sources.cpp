#include "gateway/stores/sources.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>

#include "flows/limits.hpp"
#include "gateway/ops/read_file.hpp"

namespace rightsline::stores {
namespace {

namespace fs = std::filesystem;
using locales::Complaint;

constexpr unsigned most_audio_folders = 9;

std::optional<std::string> slurp(const fs::path& path) {
    std::error_code failed;
    const auto size = fs::file_size(path, failed);
    if (failed || size > flows::limits::pack_bytes) {
        return std::nullopt;
    }
    return ops::read_file(path.string());
}

std::vector<fs::path> entries(const fs::path& folder) {
    std::vector<fs::path> out;
    std::error_code failed;
    for (fs::directory_iterator it(folder, failed), end; !failed && it != end; it.increment(failed)) {
        out.push_back(it->path());
    }
    std::sort(out.begin(), out.end());
    return out;
}

void add(flows::Bundle& bundle, const std::string& name, const fs::path& path,
         locales::Complaints& complaints) {
    if (bundle.files.contains(name)) {
        return;
    }
    if (std::optional<std::string> text = slurp(path)) {
        bundle.files.emplace(name, std::move(*text));
    } else {
        complaints.push_back(Complaint{name, 1, "unreadable-file", "the file cannot be read or is over 4 MiB",
                                       "Check its permissions and its size."});
    }
}

/// `rank`: 0 for the words' own folder, then the audio folders one after another. Their indexes stand side by side in
/// the bundle: which clip is played is decided clip by clip.
void add_language(flows::Bundle& bundle, const fs::path& folder, const std::string& program, unsigned rank,
                  locales::Complaints& complaints) {
    const std::string base = "locales/" + folder.filename().string() + "/";
    std::error_code failed;
    for (const std::string& file : {program + ".yaml", std::string("common.yaml")}) {
        if (fs::is_regular_file(folder / file, failed)) {
            add(bundle, base + file, folder / file, complaints);
        }
    }
    const std::string name = rank == 0 ? "index.yaml" : "index." + std::to_string(rank) + ".yaml";
    for (const std::string& owner : {program, std::string("common")}) {
        const fs::path index = folder / "audio" / owner / "index.yaml";
        if (fs::is_regular_file(index, failed)) {
            add(bundle, base + "audio/" + owner + "/" + name, index, complaints);
        }
    }
}

/// The value behind `name` in a line such as "  danger.first.say.0: {file: a.wav, hash: 55…, …}"; "" when it is not one
/// plain word.
std::string_view plain_value(std::string_view line, std::string_view name) {
    const auto at = line.find(name);
    if (at == std::string_view::npos) {
        return {};
    }
    line.remove_prefix(at + name.size());
    const std::string_view value = line.substr(0, line.find_first_of(",}"));
    return value.find_first_of("\"' #") == std::string_view::npos ? value : std::string_view{};
}

/// Reads an index whose every clip stands on one line, as `rightsline prompts` writes it; false when one does not.
/// For the three languages of fair-food yaml-cpp took 94 ms on a busy machine, this 12: with it a start
/// takes 0.8 of the CPU.
bool collect_lines(std::string_view text, const fs::path& audio, std::map<std::string, std::string>& out) {
    const auto clips = text.find("\nclips:\n");
    text.remove_prefix(clips == std::string_view::npos ? text.size() : clips + 8);
    while (!text.empty()) {
        const std::string_view line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(line.size() + 1, text.size()));
        const std::string_view file = plain_value(line, "{file: ");
        const std::string_view hash = plain_value(line, ", hash: ");
        if (!line.starts_with("  ") || !line.ends_with('}') || file.empty() || hash.empty()) {
            return false;
        }
        out.emplace(hash, (audio / file).string());
    }
    return clips != std::string_view::npos;
}

/// Every clip of an audio index; its file is named from the language's audio folder.
void collect_audio(const fs::path& index, std::map<std::string, std::string>& out) {
    const std::optional<std::string> text = slurp(index);
    if (!text) {
        return;
    }
    const fs::path audio = index.parent_path().parent_path();
    if (collect_lines(*text, audio, out)) {
        return;
    }
    locales::Complaints ignored;
    const locales::Node root = locales::read_yaml(*text, index.string(), ignored);
    for (const auto& [name, clip] : root["clips"].entries()) {
        out.emplace(clip["hash"].text(), (audio / clip["file"].text()).string());
    }
}

}  // namespace

flows::Bundle read_bundle(const SourceRoots& roots, locales::Complaints& complaints) {
    flows::Bundle bundle;
    const fs::path folder = fs::absolute(roots.program_directory).lexically_normal();
    bundle.program = program_name(roots.program_directory);
    for (const fs::path& path : entries(folder)) {
        const std::string name = path.filename().string();
        if (name == "program.yaml" || name.ends_with(".flow.yaml")) {
            add(bundle, "flows/" + bundle.program + "/" + name, path, complaints);
        }
    }
    for (const fs::path& language : entries(roots.locales_directory)) {
        add_language(bundle, language, bundle.program, 0, complaints);
    }
    unsigned rank = 0;
    for (const std::string& audio : roots.audio_directories) {
        if (++rank > most_audio_folders) {
            complaints.push_back(Complaint{audio, 1, "too-many-audio-folders",
                                           "only nine audio folders are read",
                                           "Bring the recordings together in fewer."});
            break;
        }
        for (const fs::path& language : entries(audio)) {
            add_language(bundle, language, bundle.program, rank, complaints);
        }
    }
    return bundle;
}

std::vector<std::string> program_directories(const std::string& path) {
    std::vector<std::string> out;
    std::error_code failed;
    if (fs::is_regular_file(fs::path(path) / "program.yaml", failed)) {
        return {path};
    }
    for (const fs::path& one : entries(path)) {
        if (fs::is_regular_file(one / "program.yaml", failed)) {
            out.push_back(one.string());
        }
    }
    return out;
}

std::string program_name(const std::string& program_directory) {
    const fs::path folder = fs::absolute(program_directory).lexically_normal();  // "." has a name, too
    return (folder.filename().empty() ? folder.parent_path() : folder).filename().string();
}

std::string locales_beside(const std::string& program_directory) {
    const fs::path program = fs::absolute(program_directory).lexically_normal();
    const fs::path flows_folder =
        program.filename().empty() ? program.parent_path().parent_path() : program.parent_path();
    return (flows_folder.parent_path() / "locales").string();
}

std::map<std::string, std::string> audio_files(const SourceRoots& roots) {
    std::map<std::string, std::string> out;
    std::vector<std::string> folders{roots.locales_directory};
    folders.insert(folders.end(), roots.audio_directories.begin(), roots.audio_directories.end());
    for (const std::string& folder : folders) {
        for (const fs::path& language : entries(folder)) {
            for (const fs::path& program : entries(language / "audio")) {
                collect_audio(program / "index.yaml", out);
            }
        }
    }
    return out;
}

std::map<std::string, std::string> scripted_tests(const std::string& program_directory) {
    std::map<std::string, std::string> out;
    for (const fs::path& path : entries(program_directory)) {
        if (path.filename().string().ends_with(".test.yaml")) {
            if (std::optional<std::string> text = slurp(path)) {
                out.emplace(path.string(), std::move(*text));
            }
        }
    }
    return out;
}

}  // namespace rightsline::stores
