#include "gateway/keep/restore.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <utility>
#include <vector>

#include "gateway/keep/error.hpp"
#include "gateway/keep/fresh_folders.hpp"
#include "gateway/keep/quarantine.hpp"
#include "gateway/ops/durable_file.hpp"
#include "gateway/ops/wait_for.hpp"

namespace rightsline::keep {
namespace {

namespace fs = std::filesystem;

constexpr const char* staging = "/restoring";
constexpr const char* store_folder = "/appendonlydir";  // Redis 7's names for what it reads at its start
constexpr const char* base_file = "/appendonly.aof.1.base.rdb";
constexpr const char* manifest = "/appendonly.aof.manifest";
constexpr const char* manifest_text =
    "file appendonly.aof.1.base.rdb seq 1 type b\nfile appendonly.aof.1.incr.aof seq 1 type i\n";
constexpr const char* first_increment = "/appendonly.aof.1.incr.aof";

bool holds_something(const std::string& folder) {
    std::error_code failed;
    return fs::is_directory(folder, failed) && !fs::is_empty(folder, failed);
}

/// Only names that we write: whoever has the public key could make an archive with others.
bool is_plain_name(std::string_view name) {
    constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
    return !name.empty() && name.size() <= 128 && !name.starts_with('.') &&
           name.find_first_not_of(allowed) == std::string_view::npos;
}

bool make_folder(const std::string& path) {
    std::error_code failed;
    fs::create_directories(path, failed);
    return ::chmod(path.c_str(), 0700) == 0;
}

/// What is being brought back, in folders beside their places; gone unless it was put in place.
class Staged {
 public:
    explicit Staged(const RestorePlace& place)
        : place_(place), state_(place.state_dir + staging), redis_(place.redis_dir + staging) {}
    Staged(const Staged&) = delete;
    Staged& operator=(const Staged&) = delete;
    ~Staged() { clear(); }

    Result<void> prepare();
    Result<void> begin(const std::string& name);
    Result<void> data(std::string_view bytes);
    Result<void> end();
    bool has_store() const { return has_store_; }
    const std::string& redis_folder() const { return redis_; }
    Result<void> put_in_place();
    std::uint64_t recordings = 0;
    std::uint64_t spooled = 0;

 private:
    Result<void> open(const std::string& path);
    Result<void> move(const std::string& from, const std::string& to) const;
    bool give_to_owner() const;
    void clear() const;

    const RestorePlace& place_;
    std::string state_;
    std::string redis_;
    redis::OwnedFd file_;
    std::string path_;
    bool has_store_ = false;
};

void Staged::clear() const {
    std::error_code ignored;
    fs::remove_all(state_, ignored);
    fs::remove_all(redis_, ignored);
}

Result<void> Staged::prepare() {
    clear();  // of one that was killed
    const bool made = make_folder(place_.redis_dir) && make_folder(state_) &&
                      make_folder(state_ + "/blobs") && make_folder(state_ + "/spool") &&
                      make_folder(redis_) && make_folder(redis_ + store_folder);
    return made ? Result<void>() : errc::disk;
}

Result<void> Staged::open(const std::string& path) {
    path_ = path;
    file_ = redis::OwnedFd(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
    return file_.get() >= 0 ? Result<void>() : errc::disk;
}

Result<void> Staged::begin(const std::string& name) {
    const std::size_t slash = name.find('/');
    const std::string folder = name.substr(0, slash);
    const std::string file = slash == std::string::npos ? "" : name.substr(slash + 1);
    if (name == "store.rdb" && !has_store_) {
        has_store_ = true;
        return open(redis_ + store_folder + base_file);
    }
    if (!is_plain_name(file) || (folder != "blobs" && folder != "spool") ||
        (folder == "blobs" && !file.ends_with(".sealed"))) {
        return errc::damaged;
    }
    recordings += folder == "blobs" ? 1 : 0;
    spooled += folder == "spool" ? 1 : 0;
    return open(state_ + "/" + name);
}

Result<void> Staged::data(std::string_view bytes) {
    return ops::write_all(file_.get(), bytes) ? Result<void>() : errc::disk;
}

Result<void> Staged::end() {
    const bool durable = ::fsync(file_.get()) == 0;
    file_ = redis::OwnedFd();
    return durable ? sync_folder_of(path_) : errc::disk;
}

/// Whatever root brings back belongs to whom the folder belongs.
bool Staged::give_to_owner() const {
    struct stat facts{};
    if (::geteuid() != 0 || ::stat(place_.state_dir.c_str(), &facts) != 0 || facts.st_uid == 0) {
        return true;
    }
    bool given = true;
    std::error_code failed;
    for (const std::string& root : {place_.redis_dir, state_}) {
        given = ::lchown(root.c_str(), facts.st_uid, facts.st_gid) == 0 && given;
        for (fs::recursive_directory_iterator at(root, failed), end; !failed && at != end;
             at.increment(failed)) {
            given = ::lchown(at->path().c_str(), facts.st_uid, facts.st_gid) == 0 && given;
        }
    }
    return given && !failed;
}

Result<void> Staged::move(const std::string& from, const std::string& to) const {
    return std::rename(from.c_str(), to.c_str()) == 0 ? sync_folder_of(to) : errc::disk;
}

/// The store last: without it a server would begin anew, and say so.
Result<void> Staged::put_in_place() {
    if (!give_to_owner()) {
        return errc::disk;
    }
    Result<void> done = move(state_ + "/blobs", place_.state_dir + "/blobs");
    if (done && spooled != 0) {
        done = move(state_ + "/spool", place_.state_dir + "/spool");
    }
    return done ? move(redis_ + store_folder, place_.redis_dir + store_folder) : done;
}

Result<redis::OwnedFd> lock_state(const std::string& state_dir) {
    const std::string path = state_dir + "/lock";
    redis::OwnedFd file(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (file.get() < 0) {
        return errc::disk;
    }
    return ::flock(file.get(), LOCK_EX | LOCK_NB) == 0 ? Result<redis::OwnedFd>(std::move(file))
                                                       : errc::in_use;
}

Result<void> write_manifest(const std::string& folder) {
    for (const auto& [name, text] : {std::pair(first_increment, ""), std::pair(manifest, manifest_text)}) {
        const std::string path = folder + name;
        const redis::OwnedFd file(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
        const bool written = file.get() >= 0 && ops::write_all(file.get(), text) && ::fsync(file.get()) == 0;
        if (!written) {
            return errc::disk;
        }
    }
    return sync_folder_of(folder + manifest);
}

}  // namespace

std::string in_the_way(const RestorePlace& place) {
    for (const char* folder : {"/blobs", "/spool"}) {
        if (holds_something(place.state_dir + folder)) {
            return place.state_dir + folder;
        }
    }
    std::error_code failed;
    for (fs::directory_iterator at(place.redis_dir, failed), end; !failed && at != end;
         at.increment(failed)) {
        const std::string path = at->path().string();
        if (path.ends_with(".rdb") || path.ends_with(".aof") ||
            (path.ends_with(store_folder) && holds_something(path))) {
            return path;
        }
    }
    return "";
}

namespace {

/// Into folders that are there and locked.
Result<Restored> bring_back(ArchiveReader& archive, const vault::CirclePrivateKey& key,
                            const RestorePlace& place) {
    Staged staged(place);
    Result<void> done = staged.prepare();
    if (done) {
        done = archive.read(
            key, {[&](const std::string& name) { return staged.begin(name); },
                  [&](std::string_view bytes) { return staged.data(bytes); }, [&] { return staged.end(); }});
    }
    if (done) {
        done = staged.has_store() ? write_manifest(staged.redis_folder() + store_folder) : errc::damaged;
    }
    if (!done) {
        return done.error();
    }
    boost::asio::io_context loop(1);
    Result<Restored> restored =
        ops::wait_for(loop, quarantine(staged.redis_folder(), archive.head().created_ms));
    loop.restart();
    loop.poll();
    if (restored) {
        done = staged.put_in_place();
        restored->recordings = staged.recordings;
        restored->spooled = staged.spooled;
    }
    return restored && !done ? Result<Restored>(done.error()) : restored;
}

}  // namespace

Result<Restored> restore(ArchiveReader& archive, const vault::CirclePrivateKey& key,
                         const RestorePlace& place) {
    FreshFolders folders;
    if (!folders.make(place.state_dir) || !folders.make(place.redis_dir)) {
        folders.take_away();
        return errc::disk;
    }
    const Result<redis::OwnedFd> state_lock = lock_state(place.state_dir);
    const Result<redis::OwnedFd> store_lock = redis::lock_directory(place.redis_dir);
    if (!state_lock || !store_lock) {
        return errc::in_use;
    }
    if (!in_the_way(place).empty()) {
        return errc::there_already;
    }
    Result<Restored> restored = bring_back(archive, key, place);
    if (!restored) {
        folders.take_away();  // so that it is as it was, and no empty folder looks like a server's
    }
    return restored;
}

}  // namespace rightsline::keep
