#include "tests/bench/process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <stdexcept>

namespace rightsline::bench {
namespace {

[[noreturn]] void become(std::vector<std::string>& command, int core, const std::string& log) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    bind_to(core);
    const int out = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    ::dup2(out, STDOUT_FILENO);
    ::dup2(out, STDERR_FILENO);
    std::vector<char*> arguments;
    for (std::string& one : command) {
        arguments.push_back(one.data());
    }
    arguments.push_back(nullptr);
    ::execvp(arguments[0], arguments.data());
    ::_exit(127);
}

}  // namespace

void bind_to(int core) {
    if (core == any_core) {
        return;
    }
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET(static_cast<unsigned>(core), &set);
    ::sched_setaffinity(0, sizeof set, &set);
}

double cpu_seconds_of(int pid) {
    double nanoseconds = 0;
    for (const auto& task : std::filesystem::directory_iterator("/proc/" + std::to_string(pid) + "/task")) {
        std::ifstream file(task.path() / "schedstat");
        double ran = 0;
        file >> ran;
        nanoseconds += ran;
    }
    return nanoseconds / 1e9;
}

Process::Process(std::vector<std::string> command, int core, const std::string& log) : pid_(::fork()) {
    if (pid_ == 0) {
        become(command, core, log);
    }
    if (pid_ < 0) {
        throw std::runtime_error("cannot start " + command.front());
    }
}

Process::~Process() {
    ::kill(pid_, SIGTERM);
    ::waitpid(pid_, nullptr, 0);
}

double Process::cpu_seconds() const { return cpu_seconds_of(pid_); }

double Process::loop_seconds() const {
    const std::string pid = std::to_string(pid_);
    std::ifstream file("/proc/" + pid + "/task/" + pid + "/schedstat");
    double ran = 0;
    file >> ran;
    return ran / 1e9;
}

double Process::resident_mb() const {
    std::ifstream file("/proc/" + std::to_string(pid_) + "/status");
    double kilobytes = 0;
    for (std::string word; file >> word;) {
        if (word == "VmRSS:") {
            file >> kilobytes;
        }
    }
    return kilobytes / 1024;
}

void Process::wait_until_idle() const {
    for (int i = 0; i < 120; ++i) {
        const double before = cpu_seconds();
        ::poll(nullptr, 0, 1000);
        if (cpu_seconds() - before < 0.01) {
            return;
        }
    }
    std::fprintf(stderr, "the server did not come to rest; its figures hold its own preparations too\n");
}

bool Process::running() const { return ::waitpid(pid_, nullptr, WNOHANG) == 0; }

}  // namespace rightsline::bench
