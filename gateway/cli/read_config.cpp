#include "gateway/cli/read_config.hpp"

#include <iostream>
#include <utility>

namespace rightsline::cli {

std::optional<config::Config> read_config_aloud(const std::string& path,
                                                std::map<std::string, std::string> flags) {
    locales::Complaints complaints;
    config::Config config =
        config::read_config(config::sources_of_process(path, std::move(flags), complaints), complaints);
    for (const locales::Complaint& complaint : complaints) {
        std::cerr << to_line(complaint) << "\n";
    }
    return has_errors(complaints) ? std::nullopt : std::optional(std::move(config));
}

}  // namespace rightsline::cli
