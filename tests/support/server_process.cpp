#include "tests/support/server_process.hpp"

#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>

#include <fstream>
#include <iterator>
#include <stdexcept>

#include "tests/support/command.hpp"
#include "tests/support/plain_http.hpp"

namespace rightsline::tests {
namespace {

using namespace std::chrono_literals;

constexpr auto most_start = 30s;  // two shared cores, sanitizers
constexpr auto most_stop = 20s;

}  // namespace

void rest(std::chrono::milliseconds length) { ::poll(nullptr, 0, static_cast<int>(length.count())); }

ServerProcess::~ServerProcess() {
    if (running()) {
        kill();
    }
}

bool ServerProcess::ready() const {
    try {
        return http_get(setup_.ops_port, "/readyz").status == 200;
    } catch (const std::runtime_error&) {
        return false;  // not listening yet
    }
}

void ServerProcess::start() {
    ::prctl(PR_SET_CHILD_SUBREAPER, 1);  // an orphaned redis-server becomes ours, so that we see its end
    pid_ =
        start_command({setup_.program, "serve", "--config", setup_.config}, setup_.log, setup_.environment);
    const bool up = eventually(
        [this] {
            if (await_end(pid_, 0ms) != -2) {
                pid_ = 0;
            }
            return pid_ == 0 || ready();
        },
        most_start);
    if (!up || pid_ == 0) {
        throw std::runtime_error("the server did not come up:\n" + log());
    }
}

int ServerProcess::run_to_end() {
    const int pid =
        start_command({setup_.program, "serve", "--config", setup_.config}, setup_.log, setup_.environment);
    const int code = await_end(pid, most_start);
    if (code == -2) {
        ::kill(-pid, SIGKILL);
        ::waitpid(pid, nullptr, 0);
    }
    return code;
}

void ServerProcess::end_in_start(std::chrono::milliseconds after) {
    pid_ =
        start_command({setup_.program, "serve", "--config", setup_.config}, setup_.log, setup_.environment);
    rest(after);
    stop();
}

void ServerProcess::kill() {
    if (!running()) {
        return;  // to kill process 0 is to kill the test and all that started it
    }
    const int group = std::exchange(pid_, 0);
    ::kill(group, SIGKILL);
    ::waitpid(group, nullptr, 0);
    bury_the_rest(group);
}

int ServerProcess::stop() {
    const int group = std::exchange(pid_, 0);
    ::kill(group, SIGTERM);
    const int code = await_end(group, most_stop);
    if (code == -2) {
        ::kill(group, SIGKILL);
        ::waitpid(group, nullptr, 0);
    }
    bury_the_rest(group);
    return code;
}

/// The redis-server was told to end by its parent's death; it flushes first.
void ServerProcess::bury_the_rest(int group) const {
    const bool gone = eventually([group] { return ::waitpid(-group, nullptr, WNOHANG) < 0; }, 5s);
    if (!gone) {
        ::kill(-group, SIGKILL);
        while (::waitpid(-group, nullptr, 0) > 0) {
        }
    }
}

void ServerProcess::hang_up() { ::kill(pid_, SIGHUP); }

std::string ServerProcess::log() const {
    std::ifstream in(setup_.log, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

}  // namespace rightsline::tests
