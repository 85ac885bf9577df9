// LeftBehind: a redis-server of ours that outlived its parent and still holds its directory.
//
// A parent that is killed takes its server along, but one that hangs cannot hear that. It is ours for certain when it
// runs as our user under the server's name, holds the lock file of our directory open (which only a parent of our kind
// hands on), and that parent is gone. Ending it is safe: what it acknowledged is on the disk.
// Must never: end a process that is not ours for certain, or one that answers. Threading: one executor. Owner: Embedded.
#pragma once

#include <optional>
#include <string>

#include "redis/client.hpp"
#include "redis/embedded.hpp"
#include "redis/server_process.hpp"

namespace rightsline::redis {

class LeftBehind {
 public:
    /// The one on `directory` that runs `program`; nothing when there is none or nothing proves that it is ours.
    static std::optional<LeftBehind> find(const std::string& directory, const std::string& program);

    int pid() const { return pid_; }
    void end() const;

 private:
    LeftBehind(int pid, OwnedFd pidfd) : pid_(pid), pidfd_(std::move(pidfd)) {}
    int pid_;
    OwnedFd pidfd_;  // names this very process, whoever gets its number later
};

/// Takes the lock of options.directory, once the server of a parent that crashed has let it go. One that lives and does
/// not answer two PINGs is ended. Errors: errc::cannot_start when it is held until `deadline`.
Awaitable<Result<OwnedFd>> await_directory(const EmbeddedOptions& options, Deadline deadline);

}  // namespace rightsline::redis
