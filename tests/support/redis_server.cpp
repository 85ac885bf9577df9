#include "tests/support/redis_server.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace rightsline::tests {
namespace {

constexpr std::chrono::seconds most_start{10};

bool answers_ping(const std::string& path) {
    const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    const void* generic = &address;
    std::array<char, 64> answer{};
    bool pong = false;
    if (::connect(fd, static_cast<const sockaddr*>(generic), sizeof address) == 0 &&
        ::send(fd, "PING\r\n", 6, MSG_NOSIGNAL) == 6) {
        const auto length = ::recv(fd, answer.data(), answer.size(), 0);
        pong = length > 0 &&
               std::string_view(answer.data(), static_cast<std::size_t>(length)).starts_with("+PONG");
    }
    ::close(fd);
    return pong;
}

}  // namespace

TemporaryDirectory::TemporaryDirectory() {
    std::string pattern = (std::filesystem::temp_directory_path() / "rightsline.XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) {
        throw std::runtime_error("no temporary directory");
    }
    path_ = pattern;
}

TemporaryDirectory::~TemporaryDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

RedisServer::RedisServer(std::vector<std::string> configuration) {
    std::ofstream file(directory_.path() + "/redis.conf");
    file << "port 0\nunixsocket " << socket() << "\nunixsocketperm 600\ndir " << directory_.path()
         << "\nlogfile " << directory_.path()
         << "/redis.log\nsave \"\"\nappendonly yes\nappendfsync always\nlatency-tracking no\n"
         << "maxmemory-policy noeviction\nenable-debug-command local\n";
    for (const std::string& line : configuration) {
        file << line << '\n';
    }
    file.close();
    start();
}

RedisServer::~RedisServer() {
    if (pid_ > 0) {
        kill();
    }
}

std::string RedisServer::append_only_bytes() const {
    std::string bytes;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(directory_.path())) {
        if (entry.is_regular_file() && entry.path().extension() == ".aof") {
            std::ifstream file(entry.path(), std::ios::binary);
            bytes.append(std::istreambuf_iterator<char>(file), {});
        }
    }
    return bytes;
}

void RedisServer::kill() {
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
    pid_ = 0;
}

void RedisServer::start() {
    std::string program = "redis-server";
    std::string file = directory_.path() + "/redis.conf";
    char* arguments[] = {program.data(), file.data(), nullptr};
    pid_ = ::fork();
    if (pid_ == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);
        const int nothing = ::open("/dev/null", O_RDWR);
        ::dup2(nothing, STDIN_FILENO);
        ::dup2(nothing, STDOUT_FILENO);
        ::execvp(arguments[0], arguments);
        ::_exit(127);
    }
    const auto until = std::chrono::steady_clock::now() + most_start;
    while (!answers_ping(socket())) {
        if (std::chrono::steady_clock::now() > until || ::waitpid(pid_, nullptr, WNOHANG) != 0) {
            throw std::runtime_error("redis-server did not come up (is it installed?)");
        }
        ::poll(nullptr, 0, 2);
    }
}

void RedisServer::freeze() { ::kill(pid_, SIGSTOP); }
void RedisServer::thaw() { ::kill(pid_, SIGCONT); }

}  // namespace rightsline::tests
