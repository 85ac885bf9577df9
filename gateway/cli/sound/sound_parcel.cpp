#include "gateway/cli/sound/sound_parcel.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "gateway/ops/durable_file.hpp"
#include "gateway/ops/read_file.hpp"
#include "gateway/prompts/audio_shelf.hpp"
#include "gateway/stores/sources.hpp"
#include "locales/audio.hpp"

namespace rightsline::cli {
namespace {

namespace fs = std::filesystem;

using prompts::ScriptLine;

constexpr int bad_data = 65;
constexpr std::size_t longest_manifest = 4U << 20U;

/// One line of the list: words that were wrapped stand on one line.
std::string manifest_line(const ScriptLine& line) {
    std::string words = line.text;
    std::ranges::replace_if(words, [](char c) { return c == '\t' || c == '\n' || c == '\r'; }, ' ');
    return line.name() + "\t" + locales::to_hex(locales::hash_text(line.text)) + "\t" +
           std::to_string(line.length.count()) + "\t" + words + "\n";
}

bool copy_sound(const std::string& from, const std::string& hash, const std::string& to) {
    const auto bytes = ops::read_file(from);
    if (!bytes || prompts::content_hash(*bytes) != hash) {
        std::cerr << from << ": it is not there, or not the sound that its index names\n";
        return false;
    }
    if (!ops::replace_file(to, *bytes)) {
        std::cerr << to << ": it cannot be written\n";
        return false;
    }
    return true;
}

}  // namespace

std::map<std::string, std::uint64_t> read_manifest(const std::string& folder) {
    std::map<std::string, std::uint64_t> said;
    std::istringstream list(ops::read_file(folder + "/" + manifest_name, longest_manifest).value_or(""));
    for (std::string line; std::getline(list, line);) {
        std::istringstream fields(line);
        std::string name;
        std::string hash;
        std::getline(fields, name, '\t');
        std::getline(fields, hash, '\t');
        if (const auto words = locales::parse_hex(hash)) {
            said.insert_or_assign(name, *words);
        }
    }
    return said;
}

int prompts_export(const PromptsOptions& options) {
    const auto script = read_script(options.place);
    if (!script) {
        return bad_data;
    }
    const auto files = stores::audio_files(script_place(options.place).roots);
    std::map<std::string, std::string> lists;  // by the folder of each
    std::size_t copied = 0;
    bool whole = true;
    for (const ScriptLine& line : *script) {
        if (line.state != ScriptLine::State::recorded) {
            continue;
        }
        const std::string folder = options.from + "/" + line.language;
        std::error_code failed;
        fs::create_directories(folder, failed);
        const auto file = files.find(line.hash);
        if (!copy_sound(file == files.end() ? line.name() : file->second, line.hash,
                        folder + "/" + line.name() + ".wav")) {
            whole = false;
            continue;
        }
        lists[folder] += manifest_line(line);
        ++copied;
    }
    for (const auto& [folder, list] : lists) {
        whole &= ops::replace_file(folder + "/" + manifest_name, list);
    }
    std::cerr << copied << " recordings of " << script->size() << " lines\n";
    return whole ? 0 : 1;
}

}  // namespace rightsline::cli
