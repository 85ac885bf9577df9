#include "gateway/cli/terminal.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string>

#include "gateway/cli/error.hpp"
#include "gateway/ops/durable_file.hpp"

namespace rightsline::cli {
namespace {

constexpr std::array<int, 5> watched{SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP};

volatile sig_atomic_t came = 0;
void note(int signal) { came = signal; }

class Tty {
 public:
    Tty() : file_(::open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC)) {}
    Tty(const Tty&) = delete;
    Tty& operator=(const Tty&) = delete;
    ~Tty() {
        if (file_ >= 0) {
            ::close(file_);
        }
    }
    int get() const { return file_; }

 private:
    int file_;
};

/// While it lives, the signals that would end or stop us wait until we look (ppoll with `before()`), and are then noted.
class HeldSignals {
 public:
    HeldSignals() {
        came = 0;
        sigset_t held;
        sigemptyset(&held);
        struct sigaction noting{};
        noting.sa_handler = note;
        for (std::size_t i = 0; i < watched.size(); ++i) {
            sigaddset(&held, watched.at(i));
        }
        ::pthread_sigmask(SIG_BLOCK, &held, &before_);
        for (std::size_t i = 0; i < watched.size(); ++i) {
            ::sigaction(watched.at(i), &noting, &actions_.at(i));
        }
    }
    HeldSignals(const HeldSignals&) = delete;
    HeldSignals& operator=(const HeldSignals&) = delete;
    ~HeldSignals() {
        for (std::size_t i = 0; i < watched.size(); ++i) {
            ::sigaction(watched.at(i), &actions_.at(i), nullptr);
        }
        ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
    }
    const sigset_t& before() const { return before_; }

 private:
    sigset_t before_{};
    std::array<struct sigaction, watched.size()> actions_{};
};

/// While it lives, what is typed is not shown; a line's end is.
class NoEcho {
 public:
    explicit NoEcho(int tty) : tty_(tty) {
        quiet_ = ::tcgetattr(tty_, &before_) == 0;
        termios silent = before_;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        silent.c_lflag |= ICANON | ECHONL;
        quiet_ = quiet_ && ::tcsetattr(tty_, TCSAFLUSH, &silent) == 0;
    }
    NoEcho(const NoEcho&) = delete;
    NoEcho& operator=(const NoEcho&) = delete;
    ~NoEcho() {
        if (quiet_) {
            ::tcsetattr(tty_, TCSAFLUSH, &before_);
        }
    }
    bool quiet() const { return quiet_; }

 private:
    int tty_;
    termios before_{};
    bool quiet_ = false;
};

/// One line into locked memory. Errors: errc::no_answer (also when a signal came: `came`).
Result<vault::TypedSecret> read_line(int tty, const sigset_t& mask) {
    vault::SecretBytes piece(64);
    vault::TypedSecret line;
    bool fits = true;
    while (true) {
        pollfd ready{tty, POLLIN, 0};
        if (::ppoll(&ready, 1, nullptr, &mask) < 0) {
            if (errno == EINTR && came == 0) {
                continue;
            }
            return errc::no_answer;
        }
        const ssize_t got = ::read(tty, piece.data(), piece.size());
        if (got <= 0) {
            return errc::no_answer;
        }
        for (const std::uint8_t byte : piece.bytes().first(static_cast<std::size_t>(got))) {
            if (byte == '\n') {
                return fits ? Result<vault::TypedSecret>(std::move(line)) : errc::no_answer;
            }
            fits = line.push(static_cast<char>(byte)) && fits;
        }
    }
}

Result<vault::TypedSecret> ask_once(int tty, std::string_view prompt) {
    const HeldSignals held;
    const NoEcho silent(tty);
    if (!silent.quiet() || !ops::write_all(tty, prompt)) {
        return errc::no_terminal;
    }
    return read_line(tty, held.before());
}

}  // namespace

Result<vault::TypedSecret> OwnTerminal::ask(std::string_view prompt) {
    const Tty tty;
    if (tty.get() < 0) {
        return errc::no_terminal;
    }
    while (true) {
        Result<vault::TypedSecret> line = ask_once(tty.get(), prompt);
        if (line || came == 0) {
            return line;
        }
        (void)ops::write_all(tty.get(), "\n");
        ::raise(came);  // the echo is on again; after a stop we ask anew
    }
}

Result<void> OwnTerminal::show(std::string_view text) {
    const Tty tty;
    if (tty.get() < 0 || !ops::write_all(tty.get(), text)) {
        return errc::no_terminal;
    }
    return {};
}

}  // namespace rightsline::cli
