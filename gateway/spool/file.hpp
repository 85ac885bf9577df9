// File: the spool's bytes on a disk, behind an interface so that a test can have the disk fail.
//
// The real one is preallocated, 0600, and nobody else's link. Blocking: every call belongs on the spool's worker, or before
// the loop runs. Must never: grow, report a sync that failed as done. Threading: one thread at a time. Owner: the Spool.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "locales/result.hpp"

namespace rightsline::spool {

class File {
 public:
    virtual ~File() = default;
    virtual std::uint64_t size() const = 0;
    /// As many of `size` bytes as there are from `offset` on. Errors: errc::disk.
    virtual Result<std::string> read(std::uint64_t offset, std::size_t size) = 0;
    /// All of it. Errors: errc::disk; then some of it may be written.
    virtual Result<void> write(std::uint64_t offset, std::string_view bytes) = 0;
    /// What was written is there after a power cut. Errors: errc::disk; nobody knows then, and a later success says
    /// nothing of what was written before.
    virtual Result<void> sync() = 0;
};

inline constexpr std::size_t least_bytes = 1U << 20U;

/// Opens `path`, or makes it `size` bytes long with every block there, durable with its folder. One that is there keeps
/// its size. Errors: errc::disk, errc::not_ours (no regular file, or no size that a spool can have).
Result<std::unique_ptr<File>> open_file(const std::string& path, std::uint64_t size);

/// Where a server keeps it.
std::string path_in(const std::string& state_dir);

/// Whether it is a spool with nothing behind its heads: what was drained is zeroed. false also when it cannot be read.
bool holds_nothing(const std::string& path);

}  // namespace rightsline::spool
