#include "gateway/app/state_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
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

}  // namespace

StateLock StateLock::take(const std::string& folder) {
    StateLock lock;
    const std::string path = folder + "/lock";
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (file < 0) {
        lock.refusal_ = path + ": " + std::strerror(errno);
        return lock;
    }
    if (::flock(file, LOCK_EX | LOCK_NB) != 0) {
        lock.refusal_ = "Another rightsline (pid " + holder(file) + ") holds " + folder +
                        ". Stop it, or give this one a state_dir of its own.";
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
