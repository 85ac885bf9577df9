#include "gateway/cli/terminal.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>
#include <utmp.h>

#include <array>
#include <string>

#include "gateway/cli/error.hpp"

namespace rightsline::cli {
namespace {

using testing::HasSubstr;
using testing::Not;

/// A process with a terminal of its own that asks for a secret, and we are the person at it.
class AtATerminal : public testing::Test {
 protected:
    void SetUp() override {
        ASSERT_EQ(::openpty(&ours_, &theirs_, nullptr, nullptr, nullptr), 0);
        child_ = ::fork();
        ASSERT_GE(child_, 0);
        if (child_ == 0) {
            ::close(ours_);
            ::login_tty(::dup(theirs_));
            OwnTerminal terminal;
            const Result<vault::TypedSecret> typed = terminal.ask("Passphrase: ");
            ::_exit(!typed ? 3 : typed->view() == "four goats" ? 0 : 4);
        }
        ASSERT_TRUE(until("Passphrase: "));
    }
    void TearDown() override {
        if (child_ > 0) {
            ::kill(child_, SIGKILL);
            ::waitpid(child_, nullptr, 0);
        }
        ::close(ours_);
        ::close(theirs_);
    }
    /// Reads until `text` was seen. false: it did not come in twenty seconds.
    bool until(const std::string& text) {
        while (seen_.find(text) == std::string::npos) {
            pollfd ready{ours_, POLLIN, 0};
            std::array<char, 256> piece{};
            if (::poll(&ready, 1, 20'000) != 1) {
                return false;
            }
            const ssize_t got = ::read(ours_, piece.data(), piece.size());
            if (got <= 0) {
                return false;
            }
            seen_.append(piece.data(), static_cast<std::size_t>(got));
        }
        return true;
    }
    void type(const std::string& keys) {
        ASSERT_EQ(::write(ours_, keys.data(), keys.size()), static_cast<ssize_t>(keys.size()));
    }
    bool echoes() const {
        termios now{};
        EXPECT_EQ(::tcgetattr(theirs_, &now), 0);
        return (now.c_lflag & ECHO) != 0;
    }
    int end(int options = 0) {
        int status = 0;
        EXPECT_EQ(::waitpid(child_, &status, options), child_);
        if (!WIFSTOPPED(status)) {
            child_ = -1;
        }
        return status;
    }

    int ours_ = -1;
    int theirs_ = -1;
    pid_t child_ = -1;
    std::string seen_;
};

TEST_F(AtATerminal, ASecretIsNotShownAndTheEchoIsBackAfterwards) {
    EXPECT_FALSE(echoes());
    type("four goats\n");
    const int status = end();
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
    EXPECT_TRUE(echoes());
    EXPECT_THAT(seen_, Not(HasSubstr("goats")));
}

TEST_F(AtATerminal, CtrlCEndsItWithTheEchoOn) {
    type("four go\x03");
    const int status = end();
    EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGINT) << status;
    EXPECT_TRUE(echoes());
}

TEST_F(AtATerminal, SigtermEndsItWithTheEchoOn) {
    ::kill(child_, SIGTERM);
    const int status = end();
    EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM) << status;
    EXPECT_TRUE(echoes());
}

TEST_F(AtATerminal, CtrlDIsNoAnswer) {
    type("\x04");
    const int status = end();
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 3) << status;
    EXPECT_TRUE(echoes());
}

TEST_F(AtATerminal, FarTooMuchIsNoAnswer) {
    type(std::string(1000, 'x') + "\n");
    const int status = end();
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 3) << status;
}

TEST(WithoutATerminal, NothingIsAsked) {
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
        ::setsid();  // a session without a terminal
        OwnTerminal terminal;
        const bool refused = terminal.ask("Passphrase: ").error() == make_error_code(errc::no_terminal) &&
                             terminal.show("x").error() == make_error_code(errc::no_terminal);
        ::_exit(refused ? 0 : 1);
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
}

}  // namespace
}  // namespace rightsline::cli
