// DiskRoom: whether the disk of a folder still has room for what must be kept.
//
// A store on a full disk ends, is started again and ends again, and none of that says why. Threading: blocking for as
// long as one system call; one thread's. Owner: whoever starts what writes there.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace rightsline::ops {

/// Bytes that we may still write where `folder` is; nothing when nobody can tell.
std::optional<std::uint64_t> free_bytes(const std::string& folder);

class DiskRoom {
 public:
    explicit DiskRoom(std::string folder) : folder_(std::move(folder)) {}

    /// Less is left than one commit may take.
    bool full() const;
    /// Looks. True when it is full and was not when it was looked at before.
    bool newly_full();
    const std::string& folder() const { return folder_; }

 private:
    std::string folder_;
    bool was_full_ = false;
};

}  // namespace rightsline::ops
