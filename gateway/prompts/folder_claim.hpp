// FolderClaim: one writer at a time in a folder of sounds: two that wrote its index would each lose what the other did.
//
// The kernel's lock on the folder itself: it is gone with the process, and leaves no file behind. A server and a command
// keep each other out by it. Threading: any; one claim is of one thread. Owner: whoever writes, until all is written.
#pragma once

#include <string>

#include "locales/result.hpp"

namespace rightsline::prompts {

class FolderClaim {
 public:
    /// Makes the folder where there is none. Errors: errc::busy, another holds it; errc::cannot_write.
    static Result<FolderClaim> take(const std::string& folder);
    ~FolderClaim();
    FolderClaim(FolderClaim&& other) noexcept : folder_(other.folder_) { other.folder_ = -1; }
    FolderClaim& operator=(FolderClaim&&) = delete;
    FolderClaim(const FolderClaim&) = delete;
    FolderClaim& operator=(const FolderClaim&) = delete;

 private:
    explicit FolderClaim(int folder) : folder_(folder) {}
    int folder_;
};

}  // namespace rightsline::prompts
