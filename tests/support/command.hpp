// command: runs a program to its end, with words for its stdin, and keeps what it said.
//
// Must never: leave the program running (it is killed after its limit). Threading: one thread, blocking.
#pragma once

#include <chrono>
#include <string>
#include <vector>

namespace rightsline::tests {

struct Ran {
    int code = -1;  // -1: killed, by us or by a signal
    std::string out;
    std::string err;
};

/// `environment`: "NAME=value" over our own.
Ran run_command(const std::vector<std::string>& words, const std::string& input = "",
                const std::vector<std::string>& environment = {},
                std::chrono::seconds limit = std::chrono::seconds(30));

/// Starts without waiting; the child dies with us. stdout and stderr go to `output` (appended). Gives its pid.
int start_command(const std::vector<std::string>& words, const std::string& output,
                  const std::vector<std::string>& environment);

/// Waits until the process has ended; its exit code, or nothing (-1) when it was killed; -2: it still runs.
int await_end(int pid, std::chrono::milliseconds limit);

}  // namespace rightsline::tests
