#include "gateway/app/demo.hpp"

#include <sodium.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <set>

#include "gateway/app/simulated_phones.hpp"
#include "gateway/app/state_lock.hpp"
#include "gateway/ops/address.hpp"
#include "gateway/stores/sources.hpp"
#include "gateway/vault/circle.hpp"
#include "gateway/vault/keys.hpp"

namespace rightsline::app {
namespace {

namespace fs = std::filesystem;

bool write_private(const fs::path& path, const std::string& text) {
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    ::chmod(path.c_str(), 0600);
    return static_cast<bool>(out << text << std::flush);
}

std::string random_hex() {
    unsigned char bytes[16];
    randombytes_buf(bytes, sizeof bytes);
    char hex[sizeof bytes * 2 + 1];
    sodium_bin2hex(hex, sizeof hex, bytes, sizeof bytes);
    return hex;
}

/// People who do not exist; their phones are printed by the demo itself. Whoever plays may change it.
constexpr const char* roster =
    R"(# Written by `rightsline demo`, once. Who is told of a report; deploy/roster.example.yaml explains it.
people:
  maria: {phone: "+15005550101"}
  jean: {phone: "+15005550102", media: [sms]}
  ana: {phone: "+15005550103"}
order: [maria, jean]
supervisors: [ana]
step_seconds: 30
)";

/// The hotline's number of the nth program.
std::string line_of(std::size_t nth) { return "+1500555000" + std::to_string(6 + nth); }

bool prepare_keys(const fs::path& folder, const std::vector<std::string>& programs) {
    const std::string keys = (folder / "keys").string();
    if (!fs::exists(folder / "keys") && !vault::make_keys(keys)) {
        return false;
    }
    for (const std::string& program : programs) {
        if (fs::exists(folder / (program + ".circle.key"))) {
            continue;
        }
        const vault::CirclePair pair = vault::make_circle(program, 1);
        if (!vault::add_circle(keys, pair.public_file) ||
            !write_private(folder / (program + ".circle.key"), pair.private_file)) {
            return false;
        }
    }
    return true;
}

std::string config_text(const DemoOptions& options, const fs::path& folder,
                        const std::vector<std::string>& programs) {
    std::string text = "# Written by `rightsline demo`. Simulated phones only.\n";
    text += "public_url: http://" + options.hooks + "\n";
    text += "listen: {hooks: \"" + options.hooks + "\", console: \"" + options.console + "\", ops: \"" +
            options.ops + "\"}\n";
    text += "redis: {embedded: \"true\"}\n";
    text += "state_dir: " + (folder / "state").string() + "\n";
    text += "keys_dir: " + (folder / "keys").string() + "\n";
    text += "accounts:\n  demo: {provider: simulator, account_sid: demo, auth_tokens: [{file: " +
            (folder / "token").string() + "}], api_base: \"" + simulated_base(options.ops) + "\"}\n";
    text += "lines:\n";
    for (std::size_t i = 0; i < programs.size(); ++i) {
        text += "  \"" + line_of(i) + "\": {account: demo, program: " + programs[i] +
                ", modes: [sms, voice, ussd], cost_to_worker: {sms: paid, voice: free}}\n";
    }
    text += "rosters:\n";
    for (const std::string& program : programs) {
        text += "  " + program + ": " + (folder / "roster.yaml").string() + "\n";
    }
    text += "programs:\n";
    for (const std::string& program : programs) {
        text += "  - " +
                fs::absolute(fs::path(options.source) / "flows" / program).lexically_normal().string() + "\n";
    }
    text += "locales_dir: " + fs::absolute(fs::path(options.source) / "locales").lexically_normal().string() +
            "\n";
    if (!options.audio.empty()) {
        text += "audio_dirs: [" + fs::absolute(options.audio).lexically_normal().string() + "]\n";
    }
    return text;
}

/// A demo runs on this folder already; serving will be refused, and its configuration is not ours to change.
bool is_running(const fs::path& folder) {
    return fs::exists(folder / "state" / "lock") && !StateLock::take((folder / "state").string()).held();
}

/// The demo's phones are on this machine, and so is the demo.
bool is_here(const char* option, const std::string& address) {
    const Result<ops::Address> parsed = ops::parse_address(address);
    const bool here = parsed && parsed->host == "127.0.0.1";
    if (!here) {
        std::cerr << option << " " << address
                  << " is no address that the demo can listen on. Write 127.0.0.1 and a port: " << option
                  << " 127.0.0.1:8080\n";
    }
    return here;
}

bool is_usable(const DemoOptions& options) {
    if (!options.audio.empty() && !fs::is_directory(options.audio)) {
        std::cerr << "There is no folder " << options.audio
                  << ". Make recordings for it: rightsline prompts draft --out " << options.audio
                  << "; or leave --audio away\n";
        return false;
    }
    const bool hooks = is_here("--listen", options.hooks);
    const bool ops = is_here("--ops", options.ops);
    if (hooks && ops && options.hooks == options.ops) {
        std::cerr << "--listen and --ops name the same port. Give each its own.\n";
    }
    const bool console = options.console == "off" || is_here("--console", options.console);
    return hooks && ops && console && options.hooks != options.ops;
}

/// Whether every program that was asked for is in the source's flows/.
bool are_there(const DemoOptions& options) {
    std::string known;
    std::set<std::string> names;
    for (const std::string& folder : stores::program_directories(options.source + "/flows")) {
        const std::string name = fs::path(folder).filename().string();
        names.insert(name);
        known += (known.empty() ? "" : ", ") + name;
    }
    if (names.empty()) {
        std::cerr << "There are no programs in " << options.source
                  << "/flows. Start the demo in the project's folder, or name it: --source DIR\n";
        return false;
    }
    for (const std::string& program : options.programs) {
        if (!names.contains(program)) {
            std::cerr << "There is no program " << program << " in " << options.source
                      << "/flows. There are: " << known << "\n";
            return false;
        }
    }
    return true;
}

}  // namespace

std::optional<std::string> prepare_demo(const DemoOptions& options) {
    if (!is_usable(options) || !are_there(options)) {
        return std::nullopt;
    }
    const std::vector<std::string>& programs = options.programs;
    const fs::path folder = fs::absolute(options.folder);
    if (is_running(folder)) {
        return (folder / "demo.yaml").string();
    }
    std::error_code failed;
    fs::create_directories(folder, failed);
    ::chmod(folder.c_str(), 0700);
    const bool keyed = !failed && prepare_keys(folder, programs);
    const bool token =
        keyed && (fs::exists(folder / "token") || write_private(folder / "token", random_hex() + "\n"));
    const bool people =
        token && (fs::exists(folder / "roster.yaml") || write_private(folder / "roster.yaml", roster));
    if (!people || !write_private(folder / "demo.yaml", config_text(options, folder, programs))) {
        std::cerr << folder.string() << " cannot be written. Name another folder: --dir DIR\n";
        return std::nullopt;
    }
    return (folder / "demo.yaml").string();
}

void explain_demo(const DemoOptions& options) {
    const std::string dir = options.folder == options.usual_folder ? "" : " --dir " + options.folder;
    const std::string url = options.hooks == DemoOptions().hooks ? "" : " --url http://" + options.hooks;
    const auto line = [&options](const std::string& words, const char* what) {
        std::cerr << "  " << options.command << " " << words << "\n      " << what << "\n";
    };
    std::cerr << "\nrightsline demo is running. Nothing leaves this machine. In another terminal, in this "
                 "folder:\n\n";
    line("phone" + dir + url, "text the hotline as a worker would; try: hola");
    line("phone --mode voice" + dir + url, "call it: press keys, and speak after the tone by typing");
    line("phone --mode ussd" + dir + url, "walk through USSD screens");
    const bool several = options.programs.size() > 1;
    const std::string of = dir + (several ? " --program " + options.programs.front() : "");
    line("case list" + of, "what has arrived");
    line("case show 7K4-921" + of, "open one; take the name from the list");
    line("alert list" + of,
         "who was told of a report of danger; their texts and calls are shown here, below");
    line("phone --from +15005550101" + dir + url, "be maria, who is told first; answer 1 to take the report");
    for (std::size_t i = 0; several && i < options.programs.size(); ++i) {
        std::cerr << "  " << options.programs[i] << ": phone --line " << line_of(i) << "\n";
    }
    if (options.console != "off") {
        std::cerr << "  The console: http://" << options.console << "\n";
    }
    std::cerr << "\nEverything is in " << options.folder
              << ". Ctrl-C ends it; the reports stay for the next time.\n\n";
}

}  // namespace rightsline::app
