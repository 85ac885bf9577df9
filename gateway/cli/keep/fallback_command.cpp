#include "gateway/cli/keep/fallback_command.hpp"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <optional>

#include "gateway/cli/read_config.hpp"
#include "gateway/config/config.hpp"
#include "gateway/keep/fallback.hpp"
#include "gateway/ops/read_file.hpp"
#include "gateway/stores/sources.hpp"

namespace rightsline::cli {
namespace {

namespace fs = std::filesystem;

constexpr int found_something = 1;
constexpr int usage = 2;
constexpr int bad_data = 65;
constexpr int unavailable = 69;
constexpr int misconfigured = 78;

using Files = std::map<std::string, std::string>;  // bytes by name below the folder

std::vector<keep::FallbackLine> lines_of(const config::Config& config, const std::string& program) {
    std::vector<keep::FallbackLine> lines;
    for (const auto& [number, line] : config.lines) {
        const auto account = config.accounts.find(line.account);
        const bool twilio = account != config.accounts.end() && account->second.provider == "twilio";
        if (line.program == program && twilio) {
            const Result<locales::LanguageTag> tag = locales::LanguageTag::parse(line.language);
            lines.push_back({number, line.modes.contains(config::Mode::voice),
                             line.modes.contains(config::Mode::sms),
                             tag ? std::optional(*tag) : std::nullopt});
        }
    }
    return lines;
}

std::string row(const keep::Fallback::Place& place, const std::string& base_url) {
    std::string text;
    if (!place.voice.empty()) {
        text += "| " + place.number + " | A call comes in: Primary handler fails | GET | " + base_url + "/" +
                place.voice + " |\n";
    }
    if (!place.texts.empty()) {
        text += "| " + place.number + " | A message comes in: Primary handler fails | GET | " + base_url +
                "/" + place.texts + " |\n";
    }
    return text;
}

constexpr const char* readme_head =
    "# What Twilio says when the hotline's server is gone\n\n"
    "Made by `rightsline fallback export`; do not edit. Nothing here is secret, and nothing of a worker is "
    "here.\n\n"
    "1. Upload this whole folder to a static host that is not the hotline's machine: object storage or a "
    "plain web host,\n"
    "   with https, `.xml` as `text/xml`, `.wav` as `audio/wav`. GET is enough.\n"
    "2. In Twilio's console, at each number, set these, all with HTTP GET:\n\n"
    "| line | field | method | address |\n|---|---|---|---|\n";
constexpr const char* readme_tail =
    "\n3. Test it: stop the hotline's server for a minute, or set the address of \"A call comes in\" to one "
    "that does not\n"
    "   answer. Call: you hear the emergency number, and a tone to speak after. Text: you are answered that "
    "it will be\n"
    "   read. Start the server again and look whether the message became a report (`rightsline case list`).\n"
    "4. After every change of words, recordings or lines: `rightsline fallback export --check` tells whether "
    "this folder is\n"
    "   stale. A changed document has a new name: upload first, then set the new address, then delete the "
    "old one.\n\n"
    "What a caller says lies at Twilio until the server is back and fetches it, and Twilio can hear it until "
    "then. Nobody is\n"
    "woken by it meanwhile. Texts of STOP are heeded by Twilio itself, if opt-out management is on.\n";

/// The program's documents and recordings into `files`, its lines into `rows`. An exit code.
int add_program(const config::Config& config, const std::string& folder, const std::string& base_url,
                Files& files, std::string& rows) {
    const stores::SourceRoots roots{folder, config.locales_dir,
                                    config::audio_folders(config, stores::program_name(folder))};
    locales::Complaints complaints;
    const flows::Bundle bundle = stores::read_bundle(roots, complaints);
    const flows::Compiled compiled = flows::compile(bundle);
    if (has_errors(complaints) || compiled.pack == nullptr) {
        std::cerr << folder << ": the program has mistakes. Run: rightsline check " << folder << "\n";
        return bad_data;
    }
    const keep::Fallback made =
        keep::make_fallback(*compiled.pack, lines_of(config, bundle.program), base_url);
    if (!made.has_words) {
        std::cerr << folder << ": its texts lack common.fallback_voice, fallback_thanks or fallback_text.\n";
        return bad_data;
    }
    for (const keep::FallbackDocument& document : made.documents) {
        files[document.name] = document.bytes;
    }
    const std::map<std::string, std::string> audio = stores::audio_files(roots);
    for (const std::string& hash : made.recordings) {
        const auto file = audio.find(hash);
        const std::optional<std::string> bytes =
            file == audio.end() ? std::nullopt : ops::read_file(file->second);
        if (!bytes) {
            std::cerr << folder << ": a recording that is to be played cannot be read.\n";
            return bad_data;
        }
        files["audio/" + hash + ".wav"] = *bytes;
    }
    for (const keep::Fallback::Place& place : made.places) {
        rows += row(place, base_url);
    }
    for (const std::string& language : made.unspoken) {
        std::cerr << bundle.program << ": callers do not hear " << language
                  << ": it has no recordings of these words, and no voice of Twilio speaks it.\n";
    }
    return 0;
}

int write(const Files& files, const std::string& out) {
    for (const auto& [name, bytes] : files) {
        const fs::path path = fs::path(out) / name;
        std::error_code failed;
        fs::create_directories(path.parent_path(), failed);
        std::ofstream file(path, std::ios::binary | std::ios::trunc);
        file << bytes;
        file.close();
        if (!file) {
            std::cerr << path.string() << " cannot be written.\n";
            return unavailable;
        }
    }
    std::cerr << files.size() << " files in " << out
              << ". Its README.md says where to put them and what to set.\n";
    return 0;
}

int compare(const Files& files, const std::string& folder) {
    std::size_t stale = 0;
    for (const auto& [name, bytes] : files) {
        const std::optional<std::string> there = ops::read_file(folder + "/" + name);
        if (!there || *there != bytes) {
            std::cout << name << (there ? " is stale\n" : " is missing\n");
            ++stale;
        }
    }
    std::cerr << (stale == 0 ? "The folder is as it would be made now.\n"
                             : "Export again, upload, and set the addresses that changed.\n");
    return stale == 0 ? 0 : found_something;
}

}  // namespace

int fallback_export(const FallbackOptions& options) {
    const bool https = options.base_url.starts_with("https://") && !options.base_url.ends_with('/') &&
                       options.base_url.find_first_of(" \t\"<>?#@|") == std::string::npos;
    if (!https || options.out.empty() == options.check.empty()) {
        std::cerr << (https ? "Give either --out or --check.\n"
                            : "--base-url is where the folder will be served: https://…, without a slash at "
                              "the end, a user, ? or #.\n");
        return usage;
    }
    const std::optional<config::Config> config = read_config_aloud(options.config);
    if (!config) {
        return misconfigured;
    }
    Files files;
    std::string rows;
    for (const std::string& folder : config->programs) {
        const int code = add_program(*config, folder, options.base_url, files, rows);
        if (code != 0) {
            return code;
        }
    }
    if (rows.empty()) {
        std::cerr << options.config << ": no line of it is at Twilio, so there is nothing to export.\n";
        return bad_data;
    }
    files["README.md"] = readme_head + rows + readme_tail;
    return options.check.empty() ? write(files, options.out) : compare(files, options.check);
}

}  // namespace rightsline::cli
