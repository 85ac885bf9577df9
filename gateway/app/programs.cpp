#include "gateway/app/programs.hpp"

#include <algorithm>
#include <iostream>

#include "gateway/ops/zone.hpp"

namespace rightsline::app {
namespace {

stores::SourceRoots roots_of(const config::Config& config, const std::string& folder) {
    return stores::SourceRoots{folder, config.locales_dir,
                               config::audio_folders(config, stores::program_name(folder))};
}

bool is_audio(std::string_view name) {
    return name.starts_with("locales/") && name.find("/audio/") != std::string_view::npos;
}

}  // namespace

std::vector<LoadedProgram> load_programs(const config::Config& config) {
    std::vector<LoadedProgram> out;
    for (const std::string& folder : config.programs) {
        LoadedProgram loaded;
        loaded.roots = roots_of(config, folder);
        loaded.bundle = stores::read_bundle(loaded.roots, loaded.complaints);
        loaded.name = loaded.bundle.program;
        flows::Compiled compiled = flows::compile(loaded.bundle);
        loaded.pack = has_errors(loaded.complaints) ? nullptr : std::move(compiled.pack);
        loaded.complaints.insert(loaded.complaints.end(), compiled.complaints.begin(),
                                 compiled.complaints.end());
        out.push_back(std::move(loaded));
    }
    return out;
}

void renew_audio(LoadedProgram& program) {
    locales::Complaints ignored;  // of words; an index that cannot be read lists nothing
    std::erase_if(program.bundle.files, [](const auto& file) { return is_audio(file.first); });
    for (auto& [name, bytes] : stores::read_bundle(program.roots, ignored).files) {
        if (is_audio(name)) {
            program.bundle.files.emplace(name, std::move(bytes));
        }
    }
    program.pack = flows::compile(program.bundle).pack;
}

std::map<std::string, std::string> load_audio(const config::Config& config) {
    std::map<std::string, std::string> out;
    for (const std::string& folder : config.programs) {
        out.merge(stores::audio_files(roots_of(config, folder)));
    }
    return out;
}

std::vector<std::string> emergency_audio(const flows::Pack& pack) {
    std::vector<std::string> out;
    const auto add = [&](const std::string& key) {
        const flows::TextIndex text = pack.find_text(key);
        for (std::size_t language = 0; text != flows::no_text && language < pack.audio.size(); ++language) {
            for (const flows::AudioClip& clip : pack.audio[language][text]) {
                if (!clip.hash.empty()) {
                    out.push_back(clip.hash);
                }
            }
        }
    };
    add("common.one_moment");
    add("common.not_now");
    add("common.message_now");
    add("common.message_held");
    for (char digit = '0'; digit <= '9'; ++digit) {  // the emergency number, digit by digit
        add(std::string("common.digit.") + digit);
        add(std::string("common.digit_final.") + digit);
    }
    return out;
}

bool usable(const config::Config& config, const std::vector<LoadedProgram>& programs) {
    print_errors(programs);
    if (programs.empty()) {
        std::cerr << "The configuration names no program. Write: programs: [flows/fair-food]\n";
        return false;
    }
    bool all = true;
    for (const auto& entry : config.lines) {
        const config::Line& line = entry.second;
        const bool known = std::any_of(programs.begin(), programs.end(), [&line](const LoadedProgram& one) {
            return one.name == line.program;
        });
        if (!known) {
            std::cerr << "A line is for the program '" << line.program
                      << "', which is not among `programs`. Mend its name, or add its folder there.\n";
        }
        all = all && known;
    }
    return all;
}

void print_errors(const std::vector<LoadedProgram>& programs) {
    for (const LoadedProgram& program : programs) {
        for (const locales::Complaint& complaint : program.complaints) {
            if (complaint.level == locales::Complaint::Level::error) {
                std::cerr << to_line(complaint) << "\n";
            }
        }
    }
}

std::function<int(ops::UtcMs)> utc_offset_of(const LoadedProgram& program) {
    const Result<ops::Zone> zone = ops::Zone::find(program.pack ? program.pack->time_zone : "UTC");
    return [zone](ops::UtcMs at) { return zone ? zone->utc_offset_minutes(at) : 0; };
}

bool has_loopback_provider(const config::Config& config) {
    return std::ranges::any_of(config.accounts, [](const auto& entry) {
        return entry.second.api_base.starts_with("http://127.0.0.1");
    });
}

}  // namespace rightsline::app
