#include "redis/server_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "redis/error.hpp"

namespace rightsline::redis {
namespace {

constexpr int lock_in_server = STDERR_FILENO + 1;

// A child has its parent's handlers until it is another program. One that is told to end in that time would tell it to the
// parent, whose pipe the handler writes to, and would itself go on. So nothing reaches it before this.
void forget_handlers() {
    struct sigaction usual = {};
    usual.sa_handler = SIG_DFL;
    for (const int one : {SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2, SIGALRM}) {
        sigaction(one, &usual, nullptr);
    }
    sigset_t none;
    sigemptyset(&none);
    // NOLINTNEXTLINE(concurrency-mt-unsafe): after a fork there is one thread
    sigprocmask(SIG_SETMASK, &none, nullptr);
}

// In the child, between fork and exec, with every signal blocked: only calls that are safe there.
[[noreturn]] void become_server(char* const* arguments, int lock, pid_t parent) {
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent) {
        _exit(ServerProcess::cannot_run);  // the parent died before the line above
    }
    forget_handlers();
    const int nothing = open("/dev/null", O_RDWR);
    dup2(nothing, STDIN_FILENO);
    dup2(nothing, STDOUT_FILENO);
    dup2(nothing, STDERR_FILENO);
    // Without close-on-exec: the lock lives as long as the server.
    if (lock == lock_in_server) {
        fcntl(lock, F_SETFD, 0);
    } else {
        dup2(lock, lock_in_server);
    }
    close_range(lock_in_server + 1, ~0U, 0);
    umask(S_IRWXG | S_IRWXO);
    execvp(arguments[0], arguments);
    _exit(ServerProcess::cannot_run);
}

}  // namespace

OwnedFd::OwnedFd(OwnedFd&& other) noexcept : fd_(other.release()) {}

OwnedFd& OwnedFd::operator=(OwnedFd&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
}

OwnedFd::~OwnedFd() {
    if (fd_ >= 0) {
        ::close(fd_);
    }
}

int OwnedFd::release() { return std::exchange(fd_, -1); }

Result<OwnedFd> lock_directory(const std::string& directory) {
    const std::string path = directory + "/lock";
    OwnedFd lock(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (lock.get() < 0 || ::flock(lock.get(), LOCK_EX | LOCK_NB) != 0) {
        return errc::cannot_start;
    }
    return lock;
}

Result<ServerProcess> ServerProcess::start(const std::string& program, const std::string& configuration,
                                           int lock) {
    std::string name = program;
    std::string file = configuration;
    char* arguments[] = {name.data(), file.data(), nullptr};
    const pid_t parent = getpid();
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    const pid_t child = fork();
    if (child == 0) {
        become_server(arguments, lock, parent);
    }
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    if (child < 0) {
        return errc::cannot_start;
    }
    OwnedFd pidfd(static_cast<int>(syscall(SYS_pidfd_open, child, 0)));
    if (pidfd.get() < 0) {
        kill(child, SIGKILL);
        waitpid(child, nullptr, 0);
        return errc::cannot_start;
    }
    return ServerProcess(child, std::move(pidfd));
}

int ServerProcess::collect() const {
    int status = 0;
    while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

void ServerProcess::kill_now() const { kill(pid_, SIGKILL); }

void ServerProcess::stop(std::chrono::milliseconds patience) const {
    kill(pid_, SIGTERM);
    pollfd ended{pidfd_.get(), POLLIN, 0};
    if (poll(&ended, 1, static_cast<int>(patience.count())) != 1) {
        kill(pid_, SIGKILL);
    }
    collect();
}

}  // namespace rightsline::redis
