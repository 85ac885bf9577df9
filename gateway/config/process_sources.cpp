// What this process was given: the file, the environment, and the disk that secrets lie on.
#include <sys/stat.h>

#include "gateway/config/config.hpp"
#include "gateway/ops/read_file.hpp"

extern "C" char** environ;

namespace rightsline::config {
namespace {

using locales::Complaints;

constexpr std::size_t most_bytes = 1U << 20U;  // of a configuration, or of a secret

/// Others may read or write it, or the group may write it. The group may read it: that is how a service of its own is
/// handed a secret.
bool is_exposed(const std::string& path) {
    struct stat info{};
    return ::stat(path.c_str(), &info) == 0 && (info.st_mode & 027) != 0;
}

bool is_folder(const std::string& path) {
    struct stat info{};
    return ::stat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode);
}

}  // namespace

Sources sources_of_process(const std::string& file, std::map<std::string, std::string> flags,
                           Complaints& complaints) {
    Sources sources;
    sources.file = file;
    sources.flags = std::move(flags);
    sources.read_file = [](const std::string& path) { return ops::read_file(path, most_bytes); };
    sources.is_exposed = is_exposed;
    sources.is_folder = is_folder;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string_view both = *entry;
        const std::size_t equals = both.find('=');
        if (equals != std::string_view::npos) {
            sources.environment.emplace(both.substr(0, equals), both.substr(equals + 1));
        }
    }
    auto text = ops::read_file(file, most_bytes);
    if (!text) {
        complaints.push_back(
            {file, 1, "unreadable-file", "the configuration cannot be read",
             "check its path and its permissions; it must be a regular file of at most 1 MiB",
             locales::Complaint::Level::error});
        return sources;
    }
    sources.text = std::move(*text);
    return sources;
}

}  // namespace rightsline::config
