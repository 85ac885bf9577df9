#include "gateway/keep/fresh_folders.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

namespace rightsline::keep {

namespace fs = std::filesystem;

bool FreshFolders::make(const std::string& path) {
    std::error_code failed;
    std::vector<std::string> missing;
    for (fs::path at(path); !at.empty() && !fs::exists(at, failed); at = at.parent_path()) {
        missing.push_back(at.string());
    }
    made_.insert(made_.end(), missing.rbegin(), missing.rend());
    fs::create_directories(path, failed);
    return ::chmod(path.c_str(), 0700) == 0;
}

void FreshFolders::take_away() const {
    std::for_each(made_.rbegin(), made_.rend(), [](const std::string& folder) {
        struct stat facts{};
        const std::string lock = folder + "/lock";
        if (::lstat(lock.c_str(), &facts) == 0 && facts.st_size == 0) {
            ::unlink(lock.c_str());
        }
        ::rmdir(folder.c_str());  // refused where something stands in it
    });
}

}  // namespace rightsline::keep
