#include "gateway/ops/end_guard.hpp"

#include <gtest/gtest.h>
#include <poll.h>

#include <cstdlib>

namespace rightsline::ops {
namespace {

using namespace std::chrono_literals;
using testing::ExitedWithCode;

void rest(std::chrono::milliseconds length) {
    const auto until = std::chrono::steady_clock::now() + length;
    while (std::chrono::steady_clock::now() < until) {
        ::poll(nullptr, 0, 10);  // a signal ends it early
    }
}

/// Each in a process of its own: the loop's handler is a function that does nothing.
class EndGuardDeathTest : public testing::Test {
 protected:
    void SetUp() override {
        GTEST_FLAG_SET(death_test_style, "threadsafe");
        ::signal(SIGTERM, [](int) {});
        ::signal(SIGINT, [](int) {});
    }
};

TEST_F(EndGuardDeathTest, EndsWhatHangsAndSaysWhere) {
    EXPECT_EXIT(
        {
            const EndGuard guard(1s);
            EndGuard::waits_for("sends", 12);
            ::raise(SIGTERM);
            rest(20s);
        },
        ExitedWithCode(70),
        "did not end within 1 s of being told to, and is ended now. It waited for sends \\(12\\)");
}

TEST_F(EndGuardDeathTest, EndsInTheMiddleOfItsOwnDestructors) {
    EXPECT_EXIT(
        {
            {
                const EndGuard guard(1s);
                EndGuard::waits_for("the store");
                ::raise(SIGINT);
            }
            rest(20s);
        },
        ExitedWithCode(70), "waited for the store\\. What was acknowledged is kept");
}

TEST_F(EndGuardDeathTest, HandsTheSignalOnAndDoesNothingElseInTime) {
    EXPECT_EXIT(
        {
            ::signal(SIGTERM, [](int) { std::_Exit(3); });
            const EndGuard guard(1s);
            ::raise(SIGTERM);
            rest(20s);
        },
        ExitedWithCode(3), "^$");
}

TEST_F(EndGuardDeathTest, TakesASecondSignalAtItsWord) {
    EXPECT_EXIT(
        {
            const EndGuard guard(20s);
            EndGuard::waits_for("turns", 1);
            ::raise(SIGTERM);
            ::raise(SIGTERM);  // a launcher that repeats itself
            rest(1100ms);
            ::raise(SIGINT);
            rest(20s);
        },
        ExitedWithCode(70), "told a second time to end, and ends at once. It waited for turns \\(1\\)");
}

TEST_F(EndGuardDeathTest, LeavesAProcessAloneThatNobodyToldToEnd) {
    EXPECT_EXIT(
        {
            const EndGuard guard(1s);
            rest(1500ms);
            std::_Exit(0);
        },
        ExitedWithCode(0), "^$");
}

}  // namespace
}  // namespace rightsline::ops
