#include "gateway/ops/supervise.hpp"

#include <gtest/gtest.h>

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <stdexcept>

#include "gateway/ops/error.hpp"
#include "gateway/ops/log.hpp"
#include "tests/support/run.hpp"

namespace rightsline::ops {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using tests::run;
using tests::run_until;

Deadline soon() { return std::chrono::steady_clock::now() + 10s; }

Awaitable<void> end_at_once(int* ended) {
    ++*ended;
    co_return;
}

Awaitable<void> wait_for_ever(int* ended) {
    asio::steady_timer timer(co_await asio::this_coro::executor, Deadline::max());
    struct Count {
        int* ended;
        ~Count() { ++*ended; }
    } const count{ended};
    co_await timer.async_wait(asio::use_awaitable);
}

Awaitable<void> fail() {
    throw std::runtime_error("+15005550006 said something");
    co_return;
}

TEST(Supervisor, CountsTheLiving) {
    asio::io_context io(1);
    Supervisor tasks(io.get_executor());
    int ended = 0;
    tasks.spawn("one", end_at_once(&ended));
    tasks.spawn("two", end_at_once(&ended));
    EXPECT_EQ(tasks.live(), 2U);
    EXPECT_EQ(ended, 0);
    EXPECT_TRUE(run(io, tasks.drain(soon())));
    EXPECT_EQ(tasks.live(), 0U);
    EXPECT_EQ(ended, 2);
    EXPECT_EQ(tasks.failures(), 0U);
}

TEST(Supervisor, CancelsEveryTaskQuietly) {
    asio::io_context io(1);
    Supervisor tasks(io.get_executor());
    int ended = 0;
    for (int i = 0; i < 50; ++i) {
        tasks.spawn("waits", wait_for_ever(&ended));
    }
    io.poll();
    EXPECT_EQ(ended, 0);
    tasks.cancel_all();
    tasks.cancel_all();
    EXPECT_TRUE(run(io, tasks.drain(soon())));
    EXPECT_EQ(ended, 50);
    EXPECT_EQ(tasks.failures(), 0U);
}

TEST(Supervisor, CancelsATaskThatHasNotStarted) {
    asio::io_context io(1);
    Supervisor tasks(io.get_executor());
    int ended = 0;
    tasks.spawn("waits", wait_for_ever(&ended));
    tasks.cancel_all();
    EXPECT_TRUE(run(io, tasks.drain(soon())));
}

TEST(Supervisor, SaysThatTasksStillRunAtTheDeadline) {
    asio::io_context io(1);
    Supervisor tasks(io.get_executor());
    int ended = 0;
    tasks.spawn("waits", wait_for_ever(&ended));
    EXPECT_EQ(run(io, tasks.drain(std::chrono::steady_clock::now() + 20ms)).error(), errc::still_running);
    tasks.cancel_all();
    EXPECT_TRUE(run(io, tasks.drain(soon())));
}

TEST(Supervisor, LogsAnExceptionWithoutItsWords) {
    std::string all;
    LogOptions options;
    options.also = [&](std::string_view line) { all += line; };
    const LogSession session(options);
    asio::io_context io(1);
    Supervisor tasks(io.get_executor());
    tasks.spawn("fails", fail());
    EXPECT_TRUE(run(io, tasks.drain(soon())));
    EXPECT_EQ(tasks.failures(), 1U);
    EXPECT_NE(all.find("\"event\":\"task_threw\",\"task\":\"fails\""), std::string::npos);
    EXPECT_EQ(all.find("5550006"), std::string::npos);
}

TEST(Supervisor, MayDieBeforeItsTasks) {
    asio::io_context io(1);
    int ended = 0;
    {
        Supervisor tasks(io.get_executor());
        tasks.spawn("waits", wait_for_ever(&ended));
        io.poll();
    }
    run_until(io, [&] { return ended == 1; });
}

}  // namespace
}  // namespace rightsline::ops
