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

/// A program as it is shipped, with the words of all languages that have some for it.
inline Bundle shipped(const std::string& program) {
    const std::filesystem::path root(RIGHTSLINE_SOURCE_DIR);
    Bundle bundle;
    bundle.program = program;
    const auto take = [&](const std::filesystem::path& path) {
        bundle.files[std::filesystem::relative(path, root).generic_string()] = read_file(path);
    };
    for (const auto& entry : std::filesystem::directory_iterator(root / "flows" / program)) {
        const std::string name = entry.path().filename().string();
        if (name == "program.yaml" || name.ends_with(".flow.yaml")) {
            take(entry.path());
        }
    }
    for (const auto& language : std::filesystem::directory_iterator(root / "locales")) {
        if (std::filesystem::exists(language.path() / (program + ".yaml"))) {
            take(language.path() / (program + ".yaml"));
        }
        if (std::filesystem::exists(language.path() / "common.yaml")) {
            take(language.path() / "common.yaml");
        }
    }
    return bundle;
}

inline std::string lines(const locales::Complaints& complaints) {
    std::string text;
    for (const auto& complaint : complaints) {
        text += locales::to_line(complaint) + "\n";
    }
    return text;
}

}  // namespace rightsline::flows::tests
