#include "gateway/cli/check_config.hpp"

#include <filesystem>
#include <set>

#include "gateway/config/config.hpp"
#include "gateway/vault/error.hpp"
#include "gateway/vault/keys.hpp"

namespace rightsline::cli {
namespace {

using locales::Complaint;
using locales::Complaints;

const char* name_of(config::Mode mode) {
    switch (mode) {
        case config::Mode::voice:
            return "voice";
        case config::Mode::ussd:
            return "ussd";
        case config::Mode::sms:
            break;
    }
    return "sms";
}

std::set<std::string> names_of_programs(const config::Config& config) {
    std::set<std::string> names;
    for (const std::string& folder : config.programs) {
        const std::filesystem::path path = std::filesystem::path(folder).lexically_normal();
        names.insert(path.filename().empty() ? path.parent_path().filename().string()
                                             : path.filename().string());
    }
    return names;
}

Complaint about_keys(const std::string& file, std::string rule, std::string what, std::string mend) {
    return {file, 1, std::move(rule), std::move(what), std::move(mend), Complaint::Level::error};
}

void check_keys(const std::string& file, const config::Config& config, Complaints& complaints) {
    const std::string& dir = config.keys_dir;
    const Result<vault::Keys> keys = vault::Keys::load(dir);
    if (!keys && keys.error() == vault::make_error_code(vault::errc::key_exposed)) {
        complaints.push_back(about_keys(file, "exposed-keys", "others may read or change keys in " + dir,
                                        "run: chmod 700 " + dir + " && chmod 600 " + dir + "/*.key"));
        return;
    }
    const std::string make = "rightsline key init --keys-dir " + dir + " --circle ";
    if (!keys) {
        complaints.push_back(about_keys(file, "no-keys", dir + ": " + keys.error().message(),
                                        "run: " + make + "PROGRAM --out FILE"));
        return;
    }
    for (const std::string& program : names_of_programs(config)) {
        if (!keys->circle(program)) {
            complaints.push_back(about_keys(file, "no-circle", "there is no circle key for " + program,
                                            "run: " + make + program + " --out FILE"));
        }
    }
}

void check_lines(const std::string& file, const config::Config& config, Complaints& complaints) {
    const std::set<std::string> programs = names_of_programs(config);
    if (programs.empty()) {
        complaints.push_back(about_keys(file, "no-program", "the configuration names no program",
                                        "write programs: [flows/fair-food]"));
    }
    for (const auto& [number, line] : config.lines) {
        if (!line.program.empty() && !programs.contains(line.program)) {
            complaints.push_back({file, line.file_line, "unknown-program",
                                  "this line is for '" + line.program + "', which is not among programs",
                                  "mend its name, or add its folder there", Complaint::Level::error});
        }
    }
}

}  // namespace

Complaints check_config(const std::string& path, std::map<std::string, bool>& free) {
    Complaints complaints;
    const config::Config config =
        config::read_config(config::sources_of_process(path, {}, complaints), complaints);
    for (const auto& [number, line] : config.lines) {
        for (const auto& [mode, cost] : line.cost_to_worker) {
            const bool is_free = cost == config::Cost::free;
            const auto [known, fresh] = free.emplace(name_of(mode), is_free);
            known->second = known->second && is_free;  // "free" must be true on every line
        }
    }
    if (!config.public_url.empty()) {  // else the file could not be read at all
        check_keys(path, config, complaints);
        check_lines(path, config, complaints);
    }
    return complaints;
}

}  // namespace rightsline::cli
