// ServerProcess: a real `rightsline serve` with its embedded redis-server, for end-to-end tests.
//
// Started with a configuration file, ready when /readyz says so, killed, restarted or stopped as the test wants. Its
// output is kept in a file. Must never: leave a process behind (the destructor ends the server and its store; both
// also end when the test does). Threading: one thread, blocking. Owner: the test.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace rightsline::tests {

class ServerProcess {
 public:
    struct Setup {
        std::string program;  // the binary
        std::string config;   // path
        std::string log;      // path; both streams, appended
        std::uint16_t ops_port = 0;
        std::vector<std::string> environment;  // "NAME=value"
    };

    explicit ServerProcess(Setup setup) : setup_(std::move(setup)) {}
    ServerProcess(const ServerProcess&) = delete;
    ServerProcess& operator=(const ServerProcess&) = delete;
    ~ServerProcess();

    /// Starts and waits for /readyz. Throws std::runtime_error with the log when it does not come up in time.
    void start();
    /// Starts and waits for its end: for configurations that must be refused. The exit code.
    int run_to_end();
    /// Starts, and tells it to end after so long, ready or not.
    void end_in_start(std::chrono::milliseconds after);
    void kill();     // SIGKILL; its redis-server ends by itself, this waits for it
    int stop();      // SIGTERM; the exit code
    void hang_up();  // SIGHUP
    bool running() const { return pid_ > 0; }
    int pid() const { return pid_; }
    std::string log() const;

 private:
    bool ready() const;
    void bury_the_rest(int group) const;

    Setup setup_;
    int pid_ = 0;
};

/// Repeats `done` until it says yes; false after `limit`.
template <class Done>
bool eventually(Done done, std::chrono::milliseconds limit = std::chrono::seconds(10));

void rest(std::chrono::milliseconds length);

template <class Done>
bool eventually(Done done, std::chrono::milliseconds limit) {
    using std::chrono::milliseconds;
    // A round counts for half a second at most: on a machine that was halted the clock says nothing of the server.
    constexpr milliseconds most_a_round(500);
    bool is = done();
    for (milliseconds left = limit; !is && left.count() > 0;) {
        const auto begun = std::chrono::steady_clock::now();
        rest(milliseconds(20));
        is = done();
        const auto took = std::chrono::ceil<milliseconds>(std::chrono::steady_clock::now() - begun);
        left -= std::min(took, most_a_round);
    }
    return is;
}

}  // namespace rightsline::tests
