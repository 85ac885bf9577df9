// SealedFile: a recording on our disk, sealed chunk by chunk on its way there.
//
// Written under a temporary name, fsynced, renamed, and the folder fsynced: what is there under its name is whole.
// Threading: the loop's; writes are of at most one network chunk.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "gateway/vault/circle.hpp"
#include "locales/result.hpp"

namespace rightsline::conversations {

class SealedFile {
 public:
    /// `opening`: the sealer's header, locked (gateway/cases/epoch_lock.hpp) or as it is. Errors: errc::disk.
    static Result<SealedFile> create(std::string path, std::unique_ptr<vault::StreamSealer> sealer,
                                     std::string_view opening);
    Result<void> write(std::string_view chunk);
    /// Seals the end and makes the file durable. A file that is destroyed without it leaves nothing behind.
    Result<void> finish();

    SealedFile(SealedFile&&) noexcept;
    SealedFile& operator=(SealedFile&&) = delete;
    ~SealedFile();

 private:
    SealedFile(std::string path, int file, std::unique_ptr<vault::StreamSealer> sealer);
    Result<void> put(std::string_view bytes);
    Result<void> flush(bool last);

    std::string path_;
    int file_ = -1;
    std::unique_ptr<vault::StreamSealer> sealer_;
    std::string pending_;  // plain bytes of the chunk being filled; wiped after sealing
};

/// Whether the file is there under its name, and will be after a power cut. Errors: errc::disk.
Result<bool> is_held(const std::string& path);
/// Deletes what files that were never finished have left in `folder`: a process was killed while it wrote. Only while
/// nothing is being written there. Gives how many there were.
std::size_t sweep_unfinished(const std::string& folder);
/// Deletes a file; a missing one is fine.
void remove_file(const std::string& path);

}  // namespace rightsline::conversations
