#include "gateway/prompts/folder_claim.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <filesystem>

#include "gateway/prompts/error.hpp"

namespace rightsline::prompts {

Result<FolderClaim> FolderClaim::take(const std::string& folder) {
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    const int opened = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (opened < 0) {
        return errc::cannot_write;
    }
    if (::flock(opened, LOCK_EX | LOCK_NB) != 0) {
        ::close(opened);
        return errc::busy;
    }
    return FolderClaim(opened);
}

FolderClaim::~FolderClaim() {
    if (folder_ >= 0) {
        ::close(folder_);
    }
}

}  // namespace rightsline::prompts
