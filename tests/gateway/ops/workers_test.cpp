#include "gateway/ops/workers.hpp"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <latch>
#include <stdexcept>
#include <thread>

#include "gateway/ops/error.hpp"
#include "tests/support/run.hpp"

namespace rightsline::ops {
namespace {

using namespace std::chrono_literals;
using tests::run;
using tests::run_until;

Deadline soon() { return std::chrono::steady_clock::now() + 10s; }

TEST(Workers, RunOnAnotherThreadAndComeBack) {
    boost::asio::io_context io(1);
    Workers workers(io.get_executor(), {});
    const auto there = run(io, workers.run([] { return std::this_thread::get_id(); }, soon()));
    ASSERT_TRUE(there);
    EXPECT_NE(*there, std::this_thread::get_id());
}

TEST(Workers, AreBusyWhenTheQueueIsFull) {
    boost::asio::io_context io(1);
    Workers workers(io.get_executor(), {.threads = 1, .queue = 1});
    std::latch go(1);
    int done = 0;
    const auto count = [&](std::exception_ptr, Result<int> result) { done += result ? *result : 0; };
    const auto wait = [&] {
        go.wait();
        return 1;
    };
    boost::asio::co_spawn(io, workers.run(wait, soon()), count);
    boost::asio::co_spawn(io, workers.run(wait, soon()), count);
    io.poll();
    EXPECT_EQ(run(io, workers.run([] { return 1; }, soon())).error(), errc::busy);
    go.count_down();
    run_until(io, [&] { return done == 2; });
    EXPECT_TRUE(run(io, workers.run([] { return 1; }, soon())));
}

TEST(Workers, GiveUpAtTheDeadline) {
    boost::asio::io_context io(1);
    std::latch go(1);
    Workers workers(io.get_executor(), {});
    const auto wait = [&] {
        go.wait();
        return 1;
    };
    const auto late = run(io, workers.run(wait, std::chrono::steady_clock::now() + 20ms));
    EXPECT_EQ(late.error(), errc::deadline);
    go.count_down();
}

TEST(Workers, ReportAJobThatThrows) {
    boost::asio::io_context io(1);
    Workers workers(io.get_executor(), {});
    const auto bug = []() -> int { throw std::runtime_error("bug"); };
    EXPECT_EQ(run(io, workers.run(bug, soon())).error(), errc::job_failed);
}

}  // namespace
}  // namespace rightsline::ops
