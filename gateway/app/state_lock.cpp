#include "gateway/app/state_lock.hpp"

#include <fcntl.h>
#include <pwd.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>

namespace rightsline::app {
namespace {

/// The pid that the holder wrote; "?" while it writes.
std::string holder(int file) {
    char text[32] = {};
    const ssize_t got = ::pread(file, text, sizeof text - 1, 0);
    const std::string pid(text, got > 0 ? static_cast<std::size_t>(got) : 0);
    const auto digits = pid.find_first_not_of("0123456789");
    return pid.empty() || digits == 0 ? "?" : pid.substr(0, digits);
}

std::string name_of(uid_t user) {
    passwd entry{};
    passwd* found = nullptr;
    char room[1024];
    ::getpwuid_r(user, &entry, room, sizeof room, &found);
    return found != nullptr ? found->pw_name : "user " + std::to_string(user);
}

}  // namespace

std::string claim_folder(const std::string& folder, uid_t me) {
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    struct stat facts{};
    if (::stat(folder.c_str(), &facts) != 0) {
        return folder + ": " + (failed ? failed.message() : std::generic_category().message(errno));
    }
    if (!S_ISDIR(facts.st_mode)) {
        return folder + " is a file. Name a folder.";
    }
    if (facts.st_uid != me && facts.st_uid != 0) {
        return folder + " belongs to " + name_of(facts.st_uid) + ", and the server runs as " + name_of(me) +
               ". Whoever owns it could read and swap what is kept there. Run the server as " +
               name_of(facts.st_uid) + ", or: chown -R " + name_of(me) + " " + folder;
    }
    ::chmod(folder.c_str(), 0700);  // root's folder that is lent to us through its group stays as it is
    if (::stat(folder.c_str(), &facts) != 0 || (facts.st_mode & S_IWOTH) != 0) {
        return folder + " can be written by anybody. Run: chmod 700 " + folder;
    }
    return "";
}

StateLock StateLock::take(const std::string& folder, const std::string& name, const std::string& setting) {
    StateLock lock;
    const std::string path = folder + "/" + name;
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file < 0) {
        lock.refusal_ = path + ": " + std::generic_category().message(errno);
        return lock;
    }
    if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
        lock.refusal_ = "Another rightsline (pid " + holder(file) + ") holds " + folder +
                        ". Stop it, or give this one a " + setting + " of its own.";
        ::close(file);
        return lock;
    }
    const std::string pid = std::to_string(::getpid()) + "\n";
    const bool told = ::ftruncate(file, 0) == 0 &&
                      ::pwrite(file, pid.data(), pid.size(), 0) == static_cast<ssize_t>(pid.size());
    static_cast<void>(told);  // only words for the next one
    lock.file_ = file;
    return lock;
}

StateLock::StateLock(StateLock&& other) noexcept
    : file_(std::exchange(other.file_, -1)), refusal_(std::move(other.refusal_)) {}

StateLock& StateLock::operator=(StateLock&& other) noexcept {
    std::swap(file_, other.file_);
    std::swap(refusal_, other.refusal_);
    return *this;
}

StateLock::~StateLock() {
    if (file_ >= 0) {
        ::close(file_);
    }
}

}  // namespace rightsline::app
