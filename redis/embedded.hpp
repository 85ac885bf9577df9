// Embedded: a redis-server of our own on a unix socket, started, watched and restarted by us.
//
// No TCP port, appendonly yes, appendfsync always, noeviction, no default user; the caller's user may only call our
// functions on its key patterns, a second user loads them. Passwords are made at start and never written to disk in
// clear (an ACL file holds their hashes). A server that ends is started again; one that lives and no longer answers is
// killed first, which is safe: what it acknowledged is on the disk. A base that it lost by a fault of its own is named
// again before it is started (lost_base.hpp).
// Threading: one executor. Owner: the composition root; destroy after every Client of it is closed.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "redis/client.hpp"

namespace rightsline::redis {

struct EmbeddedOptions {
    std::string directory;                  // data and socket; created 0700
    std::vector<std::string> key_patterns;  // what the caller's user may touch, e.g. "{*}:*"
    std::string server = "redis-server";    // program to run
    std::uint64_t memory_bytes =
        0;  // that it may use; over it, it takes no more, and forgets nothing. 0 = no bound
    // Two PINGs in a row that are not answered for so long, and the server is taken for hung.
    std::chrono::milliseconds silence{5000};
    /// Told of a server that a killed parent left on the directory: when it is found, and when it had to be ended.
    std::function<void(int pid, bool ended)> left_behind{};
    std::function<void(bool hung)> restarting{};  // told each time before the server is started again
    std::function<void()> mended{};               // told when a base that Redis had lost was found again
};

class Embedded {
 public:
    virtual ~Embedded() = default;  // ends the server with SIGTERM and waits
    virtual Address caller() const = 0;
    virtual Address loader() const = 0;
    /// Of the user that reads everything and writes nothing.
    virtual Address keeper() const = 0;
    virtual int pid() const = 0;
    /// How often the server had to be started again.
    virtual int restarts() const = 0;
};

/// Starts the server and returns when it answers PING. Errors: errc::cannot_start.
Awaitable<Result<std::unique_ptr<Embedded>>> start_embedded(EmbeddedOptions options, Deadline deadline);

}  // namespace rightsline::redis
