#include "redis/left_behind.hpp"

#include <signal.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <utility>

#include "redis/error.hpp"

namespace rightsline::redis {
namespace {

namespace asio = boost::asio;
namespace fs = std::filesystem;
using std::chrono::milliseconds;

constexpr milliseconds lock_retry{25};
constexpr milliseconds own_end{1000};  // in which a server flushes and goes by itself
constexpr milliseconds next_look{250};
constexpr int most_silences = 2;
constexpr std::size_t most_name = 15;  // of what the kernel keeps of a process's name

bool same_file(const fs::path& one, const fs::path& other) {
    struct stat a{};
    struct stat b{};
    return ::stat(one.c_str(), &a) == 0 && ::stat(other.c_str(), &b) == 0 && a.st_dev == b.st_dev &&
           a.st_ino == b.st_ino;
}

std::string contents(const fs::path& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

int number(std::string_view text) {
    int value = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && stop == text.data() + text.size() ? value : 0;
}

/// "4711 (name) S 1 …": the name may hold anything, so it is read from its end.
int parent_of(const fs::path& process) {
    const std::string stat = contents(process / "stat");
    const auto name_end = stat.rfind(')');
    const auto from = name_end == std::string::npos ? name_end : name_end + 4;
    const auto to =
        from == std::string::npos || from > stat.size() ? std::string::npos : stat.find(' ', from);
    return to == std::string::npos ? 0 : number(std::string_view(stat).substr(from, to - from));
}

bool holds_open(const fs::path& process, const fs::path& file) {
    std::error_code failed;
    for (fs::directory_iterator at(process / "fd", failed); !failed && at != fs::directory_iterator();
         at.increment(failed)) {
        if (same_file(at->path(), file)) {
            return true;
        }
    }
    return false;
}

/// A server of ours on the directory of `lock`, whose parent is no longer one of us.
bool is_left_behind(int pid, const fs::path& lock, const std::string& name) {
    const fs::path process = fs::path("/proc") / std::to_string(pid);
    struct stat facts{};
    if (pid == ::getpid() || ::stat(process.c_str(), &facts) != 0 || facts.st_uid != ::geteuid() ||
        contents(process / "comm") != name + "\n") {
        return false;
    }
    const int parent = parent_of(process);
    const bool orphan =
        parent != 0 && !same_file("/proc/" + std::to_string(parent) + "/exe", "/proc/self/exe");
    return orphan && holds_open(process, lock);
}

/// Whether anything at all comes back: without a password that is a refusal, which takes a living server, too.
Awaitable<bool> says_something(std::string socket_path, Deadline deadline) {
    const asio::any_io_executor executor = co_await asio::this_coro::executor;
    const auto socket = std::make_shared<asio::local::stream_protocol::socket>(executor);
    asio::steady_timer timer(executor);
    timer.expires_at(deadline);
    timer.async_wait([socket](const boost::system::error_code& stopped) {
        boost::system::error_code ignored;
        if (!stopped) {
            socket->close(ignored);
        }
    });
    boost::system::error_code failed;
    auto token = asio::redirect_error(asio::use_awaitable, failed);
    const asio::local::stream_protocol::endpoint server(socket_path);
    co_await socket->async_connect(server, token);
    if (failed) {
        co_return false;
    }
    static constexpr std::string_view ping = "PING\r\n";
    const auto question = asio::buffer(ping);
    co_await asio::async_write(*socket, question, token);
    std::array<char, 1> answer{};
    const auto room = asio::buffer(answer);
    const std::size_t got = co_await socket->async_read_some(room, token);
    co_return !failed && got != 0;
}

/// What is known of the one that holds the directory.
struct Acquaintance {
    int told = 0;  // pid
    int silences = 0;
};

/// Names it, asks it, and ends it when it has been silent often enough.
Awaitable<void> look_after(const EmbeddedOptions& options, Acquaintance& known) {
    const std::optional<LeftBehind> left = LeftBehind::find(options.directory, options.server);
    if (!left) {
        co_return;
    }
    const bool fresh = std::exchange(known.told, left->pid()) != left->pid();
    if (fresh && options.left_behind) {
        options.left_behind(left->pid(), false);
    }
    const Deadline patience = std::chrono::steady_clock::now() + options.silence;
    std::string socket = options.directory + "/redis.sock";
    const bool answered = co_await says_something(std::move(socket), patience);
    known.silences = answered ? 0 : known.silences + 1;
    if (known.silences < most_silences) {
        co_return;
    }
    known.silences = 0;
    left->end();
    if (options.left_behind) {
        options.left_behind(left->pid(), true);
    }
}

}  // namespace

std::optional<LeftBehind> LeftBehind::find(const std::string& directory, const std::string& program) {
    const fs::path lock = fs::path(directory) / "lock";
    const std::string name = fs::path(program).filename().string().substr(0, most_name);
    std::error_code failed;
    for (fs::directory_iterator at("/proc", failed); !failed && at != fs::directory_iterator();
         at.increment(failed)) {
        const int pid = number(at->path().filename().string());
        if (pid == 0 || !is_left_behind(pid, lock, name)) {
            continue;
        }
        OwnedFd pidfd(static_cast<int>(syscall(SYS_pidfd_open, pid, 0)));
        if (pidfd.get() >= 0 &&
            is_left_behind(pid, lock, name)) {  // still the same after it was taken hold of
            return LeftBehind(pid, std::move(pidfd));
        }
    }
    return std::nullopt;
}

void LeftBehind::end() const { syscall(SYS_pidfd_send_signal, pidfd_.get(), SIGKILL, nullptr, 0); }

Awaitable<Result<OwnedFd>> await_directory(const EmbeddedOptions& options, Deadline deadline) {
    asio::steady_timer timer(co_await asio::this_coro::executor);
    boost::system::error_code error;
    auto token = asio::redirect_error(asio::use_awaitable, error);
    const Deadline look = std::chrono::steady_clock::now() + own_end;
    Acquaintance known;
    Result<OwnedFd> lock = lock_directory(options.directory);
    while (!lock && !error && std::chrono::steady_clock::now() < deadline) {
        const bool looking = std::chrono::steady_clock::now() >= look;
        timer.expires_after(looking ? next_look : lock_retry);
        co_await timer.async_wait(token);
        lock = lock_directory(options.directory);
        if (!lock && looking) {
            co_await look_after(options, known);
        }
    }
    co_return lock;
}

}  // namespace rightsline::redis
