#include "gateway/cli/check_config.hpp"

#include <algorithm>
#include <filesystem>
#include <set>

#include "gateway/cases/case_file.hpp"
#include "gateway/config/config.hpp"
#include "gateway/ops/disk_room.hpp"
#include "gateway/people/rosters.hpp"
#include "gateway/spool/file.hpp"
#include "gateway/vault/epoch.hpp"
#include "gateway/vault/error.hpp"
#include "gateway/vault/keys.hpp"

namespace rightsline::cli {
namespace {

using locales::Complaint;
using locales::Complaints;

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

/// Each file that stands in the way, by its own name.
void about_troubles(const std::string& dir, bool with_home, Complaints& complaints) {
    for (const vault::KeyTrouble& trouble : vault::key_troubles(dir, with_home)) {
        std::string rule = "bad-key-file";
        std::string mend = "take it from your backup, or move it out of this folder";
        if (trouble.error == vault::make_error_code(vault::errc::key_exposed)) {
            rule = "exposed-keys";
            mend = "run: chmod 700 " + dir + " " + dir + "/circles " + dir + "/epochs && chmod 600 " + dir +
                   "/*.key " + dir + "/epochs/epochs.key";
        } else if (trouble.error == vault::make_error_code(vault::errc::no_key_file)) {
            rule = "no-keys";
            mend =
                "was the server in use before? mount or restore its keys. for a first start run: rightsline "
                "key "
                "init --keys-dir " +
                dir + " --circle PROGRAM --out FILE";
        }
        complaints.push_back({trouble.path, 1, rule, trouble.what, mend, Complaint::Level::error});
    }
}

/// What is wrong with the months' keys, in words; "" when there are enough.
std::string wanting_months(const vault::Keys& keys, vault::Month now) {
    const std::vector<vault::Epoch> epochs = keys.epochs()->epochs();
    if (epochs.empty()) {
        return "no month's key locks what cases keep: nothing of a case can be made unreadable in every copy";
    }
    const vault::Month last = epochs.back().month;
    return last > now ? "" : "the last month that has a key is " + vault::to_text(last);
}

void check_keys(const std::string& file, const config::Config& config, CheckedConfig& checked) {
    Complaints& complaints = checked.complaints;
    const std::string& dir = config.keys_dir;
    const bool apart = !config.vault.socket.empty();
    const Result<vault::Keys> keys = apart ? vault::Keys::load_without_home(dir) : vault::Keys::load(dir);
    if (!keys) {
        about_troubles(dir, !apart, complaints);
        return;
    }
    if (const std::string wanting = wanting_months(*keys, vault::this_month()); !wanting.empty()) {
        complaints.push_back(
            about_keys(dir, "no-month-key", wanting, "run: rightsline key add-epochs --keys-dir " + dir));
    }
    if (keys->audit_signer() == nullptr) {
        complaints.push_back(about_keys(dir, "no-audit-key",
                                        "no key signs the audit: nobody can tell whether it was changed",
                                        "run: rightsline key add-audit --keys-dir " + dir));
    }
    checked.keys_dir = dir;
    checked.circles = keys->circle_names();
    for (const std::string& program : names_of_programs(config)) {
        if (!keys->circle(program)) {
            complaints.push_back(about_keys(
                file, "no-circle", "there is no circle key for " + program,
                "run: rightsline key init --keys-dir " + dir + " --circle " + program + " --out FILE"));
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

/// Whether what opens a worker's number is out of the server's reach.
void check_vault(const std::string& file, const config::Config& config, bool production,
                 Complaints& complaints) {
    const std::string& socket = config.vault.socket;
    std::error_code failed;
    if (socket.empty() && production) {
        Complaint near =
            about_keys(file, "vault-in-process",
                       "whoever breaks into the server can open the numbers of workers and list them",
                       "run `rightsline vault` under a user of its own, and name its socket as "
                       "vault.socket: runbook, \"The vault in its own process\"");
        near.level = Complaint::Level::warning;
        complaints.push_back(std::move(near));
    }
    for (const char* name : {"pepper.key", "number.key", "state.1.key"}) {
        if (!socket.empty() && std::filesystem::exists(config.keys_dir + "/" + name, failed)) {
            complaints.push_back(
                about_keys(config.keys_dir + "/" + name, "key-beside-vault",
                           "the vault has a process of its own, and this key still lies with the server",
                           "move it into the vault's own folder"));
        }
    }
    if (!socket.empty() && !std::filesystem::is_socket(socket, failed)) {
        Complaint absent = about_keys(file, "no-vault", "nobody listens at " + socket,
                                      "start it: systemctl start rightsline-vault");
        absent.level = Complaint::Level::warning;
        complaints.push_back(std::move(absent));
    }
}

/// The folder, or what of its path is there: where a first start would make it.
std::filesystem::path nearest(std::filesystem::path folder) {
    while (!folder.empty() && !std::filesystem::exists(folder) && folder.has_relative_path()) {
        folder = folder.parent_path();
    }
    return folder.empty() ? "." : folder;
}

/// Its file is made whole at the first start: without the room there is no start.
void check_spool(const std::string& file, const config::Config& config, Complaints& complaints) {
    if (std::filesystem::exists(spool::path_in(config.state_dir))) {
        return;
    }
    const std::filesystem::path where = nearest(config.state_dir);
    const std::optional<std::uint64_t> room = ops::free_bytes(where.string());
    if (room && *room < config.limits.spool_bytes) {
        complaints.push_back(about_keys(file, "no-room-for-spool",
                                        "limits.spool_bytes is " + std::to_string(config.limits.spool_bytes) +
                                            ", and the disk of " + where.string() + " has " +
                                            std::to_string(*room) + " left: the first start would be refused",
                                        "make room, or write less (1048576 at least)"));
    }
}

}  // namespace

locales::Complaints check_circles(const CheckedConfig& config, const flows::Pack& pack) {
    Complaints complaints;
    for (const std::string& name : pack.circles.names) {
        if (config.circles && std::ranges::find(*config.circles, name) == config.circles->end()) {
            complaints.push_back(about_keys(
                config.keys_dir, "no-circle",
                pack.program + " seals reports to the circle " + name + ", and there is no key of it",
                "let its members make one: rightsline key new-circle " + name +
                    " --member FILE.pub --keys-dir " + config.keys_dir));
        }
    }
    return complaints;
}

CheckedConfig check_config(const std::string& path, bool production, std::map<std::string, bool>& free) {
    CheckedConfig checked;
    Complaints& complaints = checked.complaints;
    const config::Config config =
        config::read_config(config::sources_of_process(path, {}, complaints), complaints);
    for (const auto& [number, line] : config.lines) {
        for (const auto& [mode, cost] : line.cost_to_worker) {
            const bool is_free = cost == config::Cost::free;
            const auto [known, fresh] = free.emplace(cases::to_word(mode), is_free);
            known->second = known->second && is_free;  // "free" must be true on every line
        }
    }
    if (!config.public_url.empty()) {  // else the file could not be read at all
        check_keys(path, config, checked);
        check_vault(path, config, production, complaints);
        check_lines(path, config, complaints);
        check_spool(path, config, complaints);
        (void)people::read_rosters(config, names_of_programs(config), complaints);
    }
    for (const std::string& folder : config.programs) {
        if (std::filesystem::is_directory(folder)) {  // else that was said
            checked.programs.push_back(
                {folder, config.locales_dir, config::audio_folders(config, stores::program_name(folder))});
        }
    }
    return checked;
}

}  // namespace rightsline::cli
