#include "gateway/ops/durable_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>

namespace rightsline::ops {

bool write_all(int file, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t written = ::write(file, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return false;
        }
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

bool sync_folder_of(const std::string& path) {
    const std::filesystem::path parent = std::filesystem::path(path).parent_path();
    const int folder = ::open(parent.empty() ? "." : parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) {
        return false;
    }
    const bool synced = ::fsync(folder) == 0;
    ::close(folder);
    return synced;
}

bool make_folders(const std::string& folder) {
    namespace fs = std::filesystem;
    std::error_code failed;
    if (folder.empty() || fs::is_directory(folder, failed)) {
        return true;
    }
    if (!make_folders(fs::path(folder).parent_path().string())) {
        return false;
    }
    fs::create_directory(folder, failed);
    return !failed && sync_folder_of(folder);
}

bool replace_file(const std::string& path, std::string_view bytes, unsigned mode) {
    const std::string fresh = path + ".part";
    const int file = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
    if (file < 0) {
        return false;
    }
    const bool written = write_all(file, bytes) && ::fsync(file) == 0;
    ::close(file);
    if (!written || std::rename(fresh.c_str(), path.c_str()) != 0) {
        ::unlink(fresh.c_str());
        return false;
    }
    return sync_folder_of(path);
}

}  // namespace rightsline::ops
