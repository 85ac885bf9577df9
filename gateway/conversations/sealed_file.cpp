#include "gateway/conversations/sealed_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <utility>
#include <vector>

#include "gateway/conversations/error.hpp"
#include "gateway/ops/durable_file.hpp"
#include "locales/private_text.hpp"

namespace rightsline::conversations {
namespace {

constexpr const char* unfinished = ".part";  // behind the name, until the file is whole
constexpr std::size_t chunk_bytes = 64U << 10U;

}  // namespace

SealedFile::SealedFile(std::string path, int file, std::unique_ptr<vault::StreamSealer> sealer)
    : path_(std::move(path)), file_(file), sealer_(std::move(sealer)) {
    pending_.reserve(chunk_bytes);  // never reallocated, so no plain copy is left behind
}

SealedFile::SealedFile(SealedFile&& other) noexcept
    : path_(std::move(other.path_)),
      file_(std::exchange(other.file_, -1)),
      sealer_(std::move(other.sealer_)),
      pending_(std::move(other.pending_)) {}

SealedFile::~SealedFile() {
    locales::wipe(pending_);
    if (file_ >= 0) {
        ::close(file_);
        remove_file(path_ + unfinished);
    }
}

Result<SealedFile> SealedFile::create(std::string path, std::unique_ptr<vault::StreamSealer> sealer,
                                      std::string_view opening) {
    const int file = ::open((path + unfinished).c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (file < 0) {
        return errc::disk;
    }
    SealedFile out(std::move(path), file, std::move(sealer));
    const Result<void> headed = out.put(opening);
    if (!headed) {
        return headed.error();
    }
    return out;
}

Result<void> SealedFile::put(std::string_view bytes) {
    return ops::write_all(file_, bytes) ? Result<void>() : errc::disk;
}

Result<void> SealedFile::flush(bool last) {
    const std::string sealed = sealer_->push(pending_, last);
    locales::wipe(pending_);
    return put(sealed);
}

Result<void> SealedFile::write(std::string_view chunk) {
    while (!chunk.empty()) {
        const std::size_t room = chunk_bytes - pending_.size();
        pending_.append(chunk.substr(0, room));
        chunk.remove_prefix(std::min(room, chunk.size()));
        if (pending_.size() == chunk_bytes) {
            const Result<void> flushed = flush(false);
            if (!flushed) {
                return flushed;
            }
        }
    }
    return {};
}

Result<void> SealedFile::finish() {
    const Result<void> flushed = flush(true);
    if (!flushed) {
        return flushed;
    }
    if (::fsync(file_) != 0 || std::rename((path_ + unfinished).c_str(), path_.c_str()) != 0 ||
        !ops::sync_folder_of(path_)) {
        return errc::disk;
    }
    ::close(std::exchange(file_, -1));
    return {};
}

Result<bool> is_held(const std::string& path) {
    if (::access(path.c_str(), F_OK) != 0) {
        return false;
    }
    return ops::sync_folder_of(path) ? Result<bool>(true) : errc::disk;
}

std::size_t sweep_unfinished(const std::string& folder) {
    std::error_code ignored;  // a folder that cannot be read has nothing that we could delete
    std::vector<std::filesystem::path> left;
    for (std::filesystem::directory_iterator at(folder, ignored), end; !ignored && at != end;
         at.increment(ignored)) {
        if (at->path().extension() == unfinished) {
            left.push_back(at->path());
        }
    }
    for (const std::filesystem::path& one : left) {
        remove_file(one.string());
    }
    return left.size();
}

void remove_file(const std::string& path) { ::unlink(path.c_str()); }

}  // namespace rightsline::conversations
