// RedisServer: a throw-away redis-server on a unix socket in a directory of its own, for tests.
//
// Starts ready, can be killed, stopped for a while and started again on the same data; ends with its
// destructor. Must never: touch a server it did not start, leave a directory behind. Threading: one thread,
// blocking. Owner: the test.
#pragma once

#include <string>
#include <vector>

namespace rightsline::tests {

/// A directory under the system's temporary one, removed with everything in it.
class TemporaryDirectory {
 public:
    TemporaryDirectory();
    TemporaryDirectory(const TemporaryDirectory&) = delete;
    TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
    ~TemporaryDirectory();
    const std::string& path() const { return path_; }

 private:
    std::string path_;
};

class RedisServer {
 public:
    /// `configuration`: further lines of redis.conf, such as "maxmemory 10mb". Durable (appendfsync always)
    /// unless they say otherwise. Throws std::runtime_error when the server does not come up.
    explicit RedisServer(std::vector<std::string> configuration = {});
    RedisServer(const RedisServer&) = delete;
    RedisServer& operator=(const RedisServer&) = delete;
    ~RedisServer();

    std::string socket() const { return directory_.path() + "/redis.sock"; }
    std::string url() const { return "unix://" + socket(); }
    std::string append_only_bytes()
        const;  // what is on the disk, for tests that look for what must not be there
    int pid() const { return pid_; }

    void kill();    // SIGKILL, and waits
    void start();   // again, on the same data; returns when it answers
    void freeze();  // SIGSTOP
    void thaw();    // SIGCONT

 private:
    TemporaryDirectory directory_;
    int pid_ = 0;
};

}  // namespace rightsline::tests
