// read_config: the configuration for a command that runs beside the server; what is wrong with it is said on stderr.
//
// Blocking. Threading: the command's.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "gateway/config/config.hpp"

namespace rightsline::cli {

/// `flags` go over the file and the environment. Nothing: it has errors, which were said; exit with 78.
std::optional<config::Config> read_config_aloud(const std::string& path,
                                                std::map<std::string, std::string> flags = {});

}  // namespace rightsline::cli
