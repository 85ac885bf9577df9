#include "gateway/spool/file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "gateway/ops/durable_file.hpp"
#include "gateway/spool/error.hpp"
#include "gateway/spool/format.hpp"

namespace rightsline::spool {
namespace {

constexpr std::size_t looked_at_once = 1U << 20U;

class DiskFile final : public File {
 public:
    DiskFile(int file, std::uint64_t size) : file_(file), size_(size) {}
    ~DiskFile() override { ::close(file_); }
    DiskFile(const DiskFile&) = delete;
    DiskFile& operator=(const DiskFile&) = delete;

    std::uint64_t size() const override { return size_; }

    Result<std::string> read(std::uint64_t offset, std::size_t size) override {
        std::string out(size, '\0');
        std::size_t have = 0;
        while (have < size) {
            const ssize_t got =
                ::pread(file_, out.data() + have, size - have, static_cast<off_t>(offset + have));
            if (got < 0 && errno == EINTR) {
                continue;
            }
            if (got < 0) {
                return errc::disk;
            }
            if (got == 0) {
                break;
            }
            have += static_cast<std::size_t>(got);
        }
        out.resize(have);
        return out;
    }

    Result<void> write(std::uint64_t offset, std::string_view bytes) override {
        if (offset > size_ || bytes.size() > size_ - offset) {
            return errc::disk;
        }
        while (!bytes.empty()) {
            const ssize_t put = ::pwrite(file_, bytes.data(), bytes.size(), static_cast<off_t>(offset));
            if (put < 0 && errno == EINTR) {
                continue;
            }
            if (put <= 0) {
                return errc::disk;
            }
            bytes.remove_prefix(static_cast<std::size_t>(put));
            offset += static_cast<std::uint64_t>(put);
        }
        return {};
    }

    Result<void> sync() override { return ::fdatasync(file_) == 0 ? Result<void>() : errc::disk; }

 private:
    int file_;
    std::uint64_t size_;
};

/// Every block is there, so that a full disk cannot take the spool away when it is needed.
bool allocate(int file, std::uint64_t size) {
    return ::posix_fallocate(file, 0, static_cast<off_t>(size)) == 0 && ::fsync(file) == 0;
}

}  // namespace

Result<std::unique_ptr<File>> open_file(const std::string& path, std::uint64_t size) {
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    struct stat facts{};
    if (file < 0 || ::fstat(file, &facts) != 0) {
        if (file >= 0) {
            ::close(file);
        }
        return errc::disk;
    }
    const auto there = static_cast<std::uint64_t>(facts.st_size);
    std::unique_ptr<File> open = std::make_unique<DiskFile>(file, there == 0 ? size : there);
    if (!S_ISREG(facts.st_mode) || (there != 0 && there < least_bytes)) {
        return errc::not_ours;
    }
    if (there != 0) {
        return open;
    }
    if (::fchmod(file, 0600) != 0 || !allocate(file, size) || !ops::sync_folder_of(path)) {
        open = nullptr;
        ::unlink(path.c_str());  // half a file would be taken for another's at the next start
        return errc::disk;
    }
    return open;
}

std::string path_in(const std::string& state_dir) { return state_dir + "/spool/events"; }

bool holds_nothing(const std::string& path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (file < 0) {
        return false;
    }
    struct stat facts{};
    const bool known = ::fstat(file, &facts) == 0;
    DiskFile open(file, known ? static_cast<std::uint64_t>(facts.st_size) : 0);
    bool nothing = open.size() >= least_bytes;
    for (std::uint64_t at = records_begin; nothing && at < open.size(); at += looked_at_once) {
        const Result<std::string> some = open.read(at, looked_at_once);
        nothing = some && some->find_first_not_of('\0') == std::string::npos;
    }
    return nothing;
}

}  // namespace rightsline::spool
