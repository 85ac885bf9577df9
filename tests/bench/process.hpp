// Process: a child, bound to one core or not, and what it has used so far.
//
// Must never: outlive its owner (the kernel ends it with us). Threading: one thread, blocking. Owner: a benchmark.
#pragma once

#include <string>
#include <vector>

namespace rightsline::bench {

inline constexpr int any_core = -1;  // where the scheduler likes

class Process {
 public:
    /// Runs `command` on `core`, its output appended to the file `log`. Throws std::runtime_error when it cannot fork.
    Process(std::vector<std::string> command, int core, const std::string& log);
    ~Process();  // SIGTERM, and waits
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;

    double cpu_seconds() const;   // of all its threads, in the scheduler's nanoseconds
    double loop_seconds() const;  // of its first thread alone: without the worker that prepares receipt codes
    double resident_mb() const;   // VmRSS
    bool running() const;
    /// Returns when it hardly works any more: a server prepares receipt codes (Argon2id) for seconds after its start.
    void wait_until_idle() const;

 private:
    int pid_ = 0;
};

/// Binds this process, and whoever it starts from now on, to `core`.
void bind_to(int core);
/// CPU seconds of another process, as Process::cpu_seconds.
double cpu_seconds_of(int pid);

}  // namespace rightsline::bench
