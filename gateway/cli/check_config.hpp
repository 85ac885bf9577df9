// check_config: what an operator finds out before a worker does: the configuration, its keys and its programs together.
//
// Reads files only. Must never: print a secret. Threading: one command per process.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "flows/pack.hpp"
#include "gateway/stores/sources.hpp"
#include "locales/authored.hpp"

namespace rightsline::cli {

struct CheckedConfig {
    locales::Complaints complaints;
    std::vector<stores::SourceRoots> programs;  // as the server would read them
    std::string keys_dir{};
    std::optional<std::vector<std::string>>
        circles{};  // that there is a key of; nothing: the keys cannot be read
};

/// `free` gathers, per mode, whether every line costs the worker nothing.
CheckedConfig check_config(const std::string& path, bool production, std::map<std::string, bool>& free);

/// The circles that a program seals reports to and that have no key: with them `serve` does not begin.
locales::Complaints check_circles(const CheckedConfig& config, const flows::Pack& pack);

}  // namespace rightsline::cli
