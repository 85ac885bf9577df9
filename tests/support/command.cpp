#include "tests/support/command.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <stdexcept>
#include <string_view>

namespace rightsline::tests {
namespace {

struct Streams {
    int in;
    int out;
    int err;
};

/// The server reads every RIGHTSLINE_… as a setting of its own; what is meant for the tests is none.
void forget_our_settings() {
    std::vector<std::string> names;
    for (char** one = environ; *one != nullptr; ++one) {
        const std::string_view entry(*one);
        if (entry.starts_with("RIGHTSLINE_")) {
            names.emplace_back(entry.substr(0, entry.find('=')));
        }
    }
    for (const std::string& name : names) {
        ::unsetenv(name.c_str());
    }
}

/// A process group of its own, so that its children can be ended with it.
int spawn(const std::vector<std::string>& words, const std::vector<std::string>& environment,
          const Streams& streams) {
    std::vector<std::string> copies = words;
    std::vector<char*> arguments;
    for (std::string& word : copies) {
        arguments.push_back(word.data());
    }
    arguments.push_back(nullptr);
    const int pid = ::fork();
    if (pid == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        ::setpgid(0, 0);
        ::dup2(streams.in, STDIN_FILENO);
        ::dup2(streams.out, STDOUT_FILENO);
        ::dup2(streams.err, STDERR_FILENO);
        forget_our_settings();
        for (const std::string& one : environment) {
            ::putenv(const_cast<char*>(one.c_str()));
        }
        ::execvp(arguments[0], arguments.data());
        ::_exit(127);
    }
    if (pid < 0) {
        throw std::runtime_error("no new process");
    }
    return pid;
}

int memory_file() { return ::memfd_create("said", MFD_CLOEXEC); }

std::string contents(int fd) {
    std::string all;
    std::array<char, 4096> piece;
    ::lseek(fd, 0, SEEK_SET);
    for (ssize_t got = ::read(fd, piece.data(), piece.size()); got > 0;
         got = ::read(fd, piece.data(), piece.size())) {
        all.append(piece.data(), static_cast<std::size_t>(got));
    }
    ::close(fd);
    return all;
}

}  // namespace

int await_end(int pid, std::chrono::milliseconds limit) {
    const int watched = static_cast<int>(::syscall(SYS_pidfd_open, pid, 0));
    pollfd ended{watched, POLLIN, 0};
    // In slices: on a machine that is halted and goes on, the clock has passed the limit and the program has had no time.
    constexpr std::chrono::milliseconds slice(500);
    int ready = 0;
    auto left = limit;
    do {
        ready = ::poll(&ended, 1, static_cast<int>(std::min(slice, left).count()));
        left -= std::min(slice, left);
    } while (ready == 0 && left.count() > 0);
    ::close(watched);
    if (ready != 1) {
        return -2;
    }
    int status = 0;
    ::waitpid(pid, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

Ran run_command(const std::vector<std::string>& words, const std::string& input,
                const std::vector<std::string>& environment, std::chrono::seconds limit) {
    const Streams streams{memory_file(), memory_file(), memory_file()};
    if (::write(streams.in, input.data(), input.size()) != static_cast<ssize_t>(input.size())) {
        throw std::runtime_error("no room for the input");
    }
    ::lseek(streams.in, 0, SEEK_SET);
    const int pid = spawn(words, environment, streams);
    Ran ran;
    ran.code = await_end(pid, limit);
    if (ran.code == -2) {
        ::kill(-pid, SIGKILL);
        ::waitpid(pid, nullptr, 0);
        ran.code = -1;
    }
    ::close(streams.in);
    ran.out = contents(streams.out);
    ran.err = contents(streams.err);
    return ran;
}

int start_command(const std::vector<std::string>& words, const std::string& output,
                  const std::vector<std::string>& environment) {
    const int nothing = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    const int log = ::open(output.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    const int pid = spawn(words, environment, {nothing, log, log});
    ::close(nothing);
    ::close(log);
    return pid;
}

}  // namespace rightsline::tests
