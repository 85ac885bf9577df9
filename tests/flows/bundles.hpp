// Bundles for tests: read from a folder of test data, or written inline with a few lines changed.
#pragma once

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "flows/loader.hpp"

namespace rightsline::flows::tests {

inline std::string read_file(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    std::ostringstream bytes;
    bytes << in.rdbuf();
    return bytes.str();
}

/// Every file below `root`, by its path from there.
inline Bundle read_bundle(const std::filesystem::path& root, std::string program) {
    Bundle bundle;
    bundle.program = std::move(program);
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
        if (entry.is_regular_file()) {
            bundle.files[std::filesystem::relative(entry.path(), root).generic_string()] =
                read_file(entry.path());
        }
    }
    return bundle;
}

inline Bundle excerpt() {
    return read_bundle(std::filesystem::path(RIGHTSLINE_SOURCE_DIR) / "tests/data/flows/excerpt",
                       "fair-food");
}

inline std::string lines(const locales::Complaints& complaints) {
    std::string text;
    for (const auto& complaint : complaints) {
        text += locales::to_line(complaint) + "\n";
    }
    return text;
}

}  // namespace rightsline::flows::tests
