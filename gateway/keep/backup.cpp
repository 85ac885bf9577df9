#include "gateway/keep/backup.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <utility>

#include "gateway/keep/error.hpp"
#include "gateway/spool/file.hpp"
#include "redis/snapshot.hpp"

namespace rightsline::keep {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

constexpr auto silence = 120s;  // of a server that forks and reads
constexpr std::size_t read_at_once = 256U << 10U;

class Making {
 public:
    Making(ArchiveWriter writer, const BackupProgress& progress)
        : writer_(std::move(writer)), progress_(progress) {}

    Result<void> add_store(redis::Snapshot snapshot);
    /// Every regular file of the folder that ends so; what goes meanwhile is left out.
    Result<void> add_folder(const std::string& folder, const std::string& as, const std::string& ending,
                            std::uint64_t& count);
    Result<BackupDone> finish();
    BackupDone done;

 private:
    Result<bool> add_file(const std::string& path, const std::string& name);
    void tell() {
        done.bytes = writer_.bytes();
        progress_(done);
    }

    ArchiveWriter writer_;
    const BackupProgress& progress_;
};

Result<void> Making::add_store(redis::Snapshot snapshot) {
    Result<void> added = writer_.begin("store.rdb");
    while (added) {
        const Result<std::string_view> bytes = snapshot.next();
        if (!bytes || bytes->empty()) {
            return bytes ? writer_.end() : Result<void>(bytes.error());
        }
        added = writer_.write(*bytes);
        done.store_bytes += bytes->size();
        tell();
    }
    return added;
}

/// false: it is gone.
Result<bool> Making::add_file(const std::string& path, const std::string& name) {
    const redis::OwnedFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    if (file.get() < 0) {
        return errno == ENOENT ? Result<bool>(false) : errc::disk;
    }
    Result<void> added = writer_.begin(name);
    std::string bytes(read_at_once, '\0');
    while (added) {
        const ssize_t got = ::read(file.get(), bytes.data(), bytes.size());
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            added = got == 0 ? writer_.end() : errc::disk;
            break;
        }
        added = writer_.write(std::string_view(bytes).substr(0, static_cast<std::size_t>(got)));
    }
    tell();
    if (!added) {
        return {boost::system::in_place_error, added.error()};
    }
    return true;
}

Result<void> Making::add_folder(const std::string& folder, const std::string& as, const std::string& ending,
                                std::uint64_t& count) {
    std::error_code failed;
    std::vector<std::string> names;
    for (fs::directory_iterator at(folder, failed), end; !failed && at != end; at.increment(failed)) {
        const std::string name = at->path().filename().string();
        if (at->symlink_status(failed).type() == fs::file_type::regular && name.ends_with(ending)) {
            names.push_back(name);
        }
    }
    if (failed && failed != std::errc::no_such_file_or_directory) {
        return errc::disk;
    }
    std::ranges::sort(names);
    for (const std::string& name : names) {
        const Result<bool> added = add_file(folder + "/" + name, as + "/" + name);
        if (!added) {
            return added.error();
        }
        count += *added ? 1 : 0;
    }
    return {};
}

Result<BackupDone> Making::finish() {
    const Result<void> finished = writer_.finish();
    tell();
    return finished ? Result<BackupDone>(done) : finished.error();
}

}  // namespace

Result<BackupDone> make_backup(BackupJob job, const BackupProgress& progress) {
    // A little before the moment itself: a provider's list is asked for what was sent since.
    job.head.created_ms = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now())
                              .time_since_epoch()
                              .count();
    Result<ArchiveWriter> writer = ArchiveWriter::create(job.path, job.head, job.key);
    if (!writer) {
        return writer.error();
    }
    Making making(std::move(*writer), progress);
    making.done.created_ms = job.head.created_ms;
    // Preallocated and empty, as it nearly always is, a server makes it anew.
    Result<void> done;
    if (!spool::holds_nothing(spool::path_in(job.state_dir))) {
        done = making.add_folder(job.state_dir + "/spool", "spool", "", making.done.spooled);
    }
    if (!done) {
        return done.error();
    }
    Result<redis::Snapshot> snapshot = redis::Snapshot::ask(job.keeper, silence);
    if (!snapshot) {
        return snapshot.error();
    }
    done = making.add_store(std::move(*snapshot));
    if (done) {
        done = making.add_folder(job.state_dir + "/blobs", "blobs", ".sealed", making.done.recordings);
    }
    if (!done) {
        return done.error();
    }
    return making.finish();
}

}  // namespace rightsline::keep
