#include "gateway/cli/check_command.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <iterator>

#include "flows/lint.hpp"
#include "flows/scripted.hpp"
#include "gateway/cli/check_config.hpp"
#include "gateway/cli/tell_audio.hpp"
#include "gateway/stores/sources.hpp"

namespace rightsline::cli {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using locales::Complaint;
using locales::Complaints;

constexpr int usage = 2;

struct Program {
    flows::Bundle bundle;
    flows::PackPtr pack;
    Complaints complaints;
};

stores::SourceRoots roots_of(const std::string& folder, const std::vector<std::string>& audio) {
    return {folder, stores::locales_beside(folder), audio};
}

Program load(const stores::SourceRoots& roots) {
    Program program;
    program.bundle = stores::read_bundle(roots, program.complaints);
    flows::Compiled compiled = flows::compile(program.bundle);
    program.complaints.insert(program.complaints.end(), compiled.complaints.begin(),
                              compiled.complaints.end());
    program.pack = std::move(compiled.pack);
    return program;
}

bool is_config(const std::string& path) {
    std::error_code failed;
    return fs::is_regular_file(path, failed) && path.ends_with(".yaml");
}

/// A path that cannot be what somebody meant is named, with what to give in its place.
bool can_be_read(const std::string& path) {
    std::error_code failed;
    if (!fs::exists(path, failed)) {
        std::cerr << path
                  << (path.ends_with(".yaml")
                          ? ": there is no such file\n"
                          : ": there is no such file or folder. Name a program's: rightsline check FOLDER\n");
        return false;
    }
    const bool part = path.ends_with(".flow.yaml") || path.ends_with(".test.yaml") ||
                      fs::path(path).filename() == "program.yaml";
    if (part && !fs::is_directory(path, failed)) {
        const std::string folder = fs::path(path).parent_path().string();
        std::cerr << path << ": this is a part of a program; give the program's folder: "
                  << (folder.empty() ? "." : folder) << "\n";
        return false;
    }
    return true;
}

bool can_be_read(const std::vector<std::string>& paths) {
    return std::all_of(paths.begin(), paths.end(), [](const std::string& path) { return can_be_read(path); });
}

std::vector<std::string> folders_of(const std::vector<std::string>& paths) {
    std::vector<std::string> out;
    for (const std::string& path : paths) {
        if (is_config(path)) {
            continue;
        }
        const std::vector<std::string> found = stores::program_directories(path);
        if (found.empty()) {
            std::cerr << path << ": no program.yaml here or one level below\n";
        }
        out.insert(out.end(), found.begin(), found.end());
    }
    return out;
}

void print(const Complaints& complaints, bool as_json) {
    if (!as_json) {
        for (const Complaint& complaint : complaints) {
            std::cout << (complaint.level == Complaint::Level::warning ? "warning: " : "")
                      << to_line(complaint) << "\n";
        }
        return;
    }
    json::array out;
    for (const Complaint& complaint : complaints) {
        out.push_back(
            json::object{{"file", complaint.file},
                         {"line", complaint.line},
                         {"rule", complaint.rule},
                         {"what", complaint.what},
                         {"mend", complaint.mend},
                         {"level", complaint.level == Complaint::Level::error ? "error" : "warning"}});
    }
    std::cout << json::serialize(out) << "\n";
}

/// From where one stands, when it lies below; else from the root.
std::string seen_from_here(const fs::path& path) {
    const fs::path whole = fs::absolute(path).lexically_normal();
    const fs::path near = whole.lexically_relative(fs::current_path());
    return near.empty() || near.native().starts_with("..") ? whole.string() : near.string();
}

/// A program's sources have names of their own ("flows/x/…", "locales/es/…"), wherever they lie.
std::string path_of(const stores::SourceRoots& roots, const std::string& program, const std::string& name) {
    const std::string flows = "flows/" + program + "/";
    const std::string locales = "locales/";
    if (name.starts_with(flows)) {
        return seen_from_here(fs::path(roots.program_directory) / name.substr(flows.size()));
    }
    if (!name.starts_with(locales)) {
        return name;
    }
    fs::path rest(name.substr(locales.size()));
    const std::string numbered =
        rest.stem().extension().string();  // "index.2.yaml": of the second audio folder
    const std::size_t rank = numbered.size() == 2 ? static_cast<std::size_t>(numbered[1] - '0') : 0;
    if (rank == 0 || rank > roots.audio_directories.size()) {
        return seen_from_here(fs::path(roots.locales_directory) / rest);
    }
    rest.replace_filename("index.yaml");
    return seen_from_here(fs::path(roots.audio_directories[rank - 1]) / rest);
}

/// `by`: the configuration that names it; null: none does.
void check_program(const stores::SourceRoots& roots, const flows::LintOptions& options,
                   const CheckedConfig* by, Complaints& all) {
    Program program = load(roots);
    Complaints found = std::move(program.complaints);
    if (program.pack) {
        const Complaints linted = flows::lint(program.bundle, *program.pack, options);
        found.insert(found.end(), linted.begin(), linted.end());
        tell_audio(*program.pack, std::cerr);
        std::ranges::move(by == nullptr ? Complaints() : check_circles(*by, *program.pack),
                          std::back_inserter(all));
    }
    for (Complaint& one : found) {
        one.file = path_of(roots, program.bundle.program, one.file);
        all.push_back(std::move(one));
    }
}

std::string counted(std::size_t count, const char* what) {
    return std::to_string(count) + " " + what + (count == 1 ? "" : "s");
}

void print_failure(const flows::ScriptedResult& result) {
    std::cout << "FAILED " << result.test << "\n  " << result.file << ":" << result.line << ": "
              << result.failure << "\n"
              << result.transcript << "\n";
}

void print(const flows::ScriptedRun& run, bool verbose) {
    print(run.complaints, false);
    for (const flows::ScriptedResult& result : run.results) {
        if (!result.passed) {
            print_failure(result);
        } else if (verbose) {
            std::cout << "ok " << result.test << "\n" << result.transcript << "\n";
        }
    }
    if (!verbose) {
        return;
    }
    for (const std::string& cell : run.coverage.missing()) {
        std::cout << "not covered: " << cell << "\n";
    }
    for (const std::string& exit : run.coverage.exits()) {
        std::cout << "left: " << exit << "\n";
    }
}

/// What the scripted conversations of all programs came to.
struct Tally {
    bool ok = true;
    std::size_t covered = 0;
    std::size_t total = 0;
    std::size_t passed = 0;
    std::size_t failed = 0;

    void add(const flows::ScriptedRun& run) {
        for (const flows::ScriptedResult& result : run.results) {
            ++(result.passed ? passed : failed);
        }
        ok = ok && run.ok();
        covered += run.coverage.covered();
        total += run.coverage.total();
    }
    double percent() const {
        return total == 0 ? 0 : 100.0 * static_cast<double>(covered) / static_cast<double>(total);
    }
};

}  // namespace

int check(const CheckOptions& options) {
    if (!can_be_read(options.paths)) {
        return usage;
    }
    Complaints all;
    flows::LintOptions lint_options;
    lint_options.production = options.production;
    lint_options.today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
    std::vector<CheckedConfig> configurations;
    for (const std::string& path : options.paths) {
        if (is_config(path)) {
            configurations.push_back(check_config(path, options.production, lint_options.free));
            const Complaints& found = configurations.back().complaints;
            all.insert(all.end(), found.begin(), found.end());
        }
    }
    std::vector<stores::SourceRoots> programs;
    for (const std::string& folder : folders_of(options.paths)) {
        programs.push_back(roots_of(folder, options.audio));
    }
    if (programs.empty() && configurations.empty()) {
        return usage;
    }
    std::size_t checked = 0;
    for (const stores::SourceRoots& roots : programs) {
        check_program(roots, lint_options, nullptr, all);
        ++checked;
    }
    for (const CheckedConfig& config : configurations) {
        for (const stores::SourceRoots& roots : config.programs) {
            if (configurations.size() == options.paths.size()) {  // else those that were given
                check_program(roots, lint_options, &config, all);
                ++checked;
            }
        }
    }
    print(all, options.json);
    const std::size_t errors = static_cast<std::size_t>(std::count_if(
        all.begin(), all.end(), [](const Complaint& one) { return one.level == Complaint::Level::error; }));
    std::cerr << "checked "
              << (configurations.empty() ? "" : counted(configurations.size(), "configuration") + ", ")
              << counted(checked, "program") << ": " << counted(errors, "error") << ", "
              << counted(all.size() - errors, "warning") << "\n";
    return errors == 0 ? 0 : 1;
}

int test(const TestOptions& options) {
    if (!can_be_read(options.paths)) {
        return usage;
    }
    Tally all;
    for (const std::string& folder : folders_of(options.paths)) {
        const Program program = load(roots_of(folder, options.audio));
        if (!program.pack) {
            print(program.complaints, false);
            all.ok = false;
            continue;
        }
        const flows::ScriptedRun run = flows::run_scripted(*program.pack, stores::scripted_tests(folder));
        print(run, options.verbose);
        all.add(run);
    }
    std::printf("%zu passed, %zu failed\ncoverage: %.1f%%\n", all.passed, all.failed, all.percent());
    return all.ok && all.total != 0 && all.percent() >= options.least_coverage ? 0 : 1;
}

}  // namespace rightsline::cli
