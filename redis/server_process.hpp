// ServerProcess: one redis-server child on one directory.
//
// The directory is locked before the server starts and the server inherits the lock, so that a second server
// can never open the same append-only file, not even when our process dies and the server lives a little
// longer. The child dies with the thread that started it (SIGTERM: it flushes and ends). Nothing secret is in
// its arguments. Threading: one thread. Owner: Embedded.
#pragma once

#include <chrono>
#include <string>

#include "redis/client.hpp"

namespace rightsline::redis {

/// An open file that closes itself.
class OwnedFd {
 public:
    OwnedFd() = default;
    explicit OwnedFd(int fd) : fd_(fd) {}
    OwnedFd(OwnedFd&& other) noexcept;
    OwnedFd& operator=(OwnedFd&& other) noexcept;
    OwnedFd(const OwnedFd&) = delete;
    OwnedFd& operator=(const OwnedFd&) = delete;
    ~OwnedFd();
    int get() const { return fd_; }
    int release();

 private:
    int fd_ = -1;
};

/// Takes the lock of `directory`. Errors: errc::cannot_start when somebody else's server still holds it.
Result<OwnedFd> lock_directory(const std::string& directory);

class ServerProcess {
 public:
    /// The exit code of a child that could not become the program at all.
    static constexpr int cannot_run = 127;

    /// Starts `program` with `configuration`, a file; it inherits `lock`. Errors: errc::cannot_start.
    static Result<ServerProcess> start(const std::string& program, const std::string& configuration,
                                       int lock);

    ServerProcess(ServerProcess&&) = default;
    ServerProcess& operator=(ServerProcess&&) = default;

    int pid() const { return pid_; }
    /// Becomes readable when the process ends.
    int watched() const { return pidfd_.get(); }
    /// Collects an ended process; returns its exit code, or -1 when a signal ended it.
    int collect() const;
    /// SIGKILL: for one that no longer answers. It still has to be collected.
    void kill_now() const;
    /// SIGTERM, then SIGKILL when it has not ended within `patience`; collects it.
    void stop(std::chrono::milliseconds patience) const;

 private:
    ServerProcess(int pid, OwnedFd pidfd) : pid_(pid), pidfd_(std::move(pidfd)) {}
    int pid_;
    OwnedFd pidfd_;
};

}  // namespace rightsline::redis
