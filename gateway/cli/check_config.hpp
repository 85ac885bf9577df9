// check_config: what an operator finds out before a worker does: the configuration, its keys and its programs together.
//
// Reads files only. Must never: print a secret. Threading: one command per process.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "gateway/stores/sources.hpp"
#include "locales/authored.hpp"

namespace rightsline::cli {

struct CheckedConfig {
    locales::Complaints complaints;
    std::vector<stores::SourceRoots> programs;  // as the server would read them
};

/// `free` gathers, per mode, whether every line costs the worker nothing.
CheckedConfig check_config(const std::string& path, bool production, std::map<std::string, bool>& free);

}  // namespace rightsline::cli
