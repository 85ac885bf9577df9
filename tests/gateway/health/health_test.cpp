#include "gateway/health/health.hpp"

#include <gtest/gtest.h>

#include "gateway/ops/pause.hpp"
#include "gateway/ops/supervise.hpp"
#include "redis/watched.hpp"
#include "tests/redis/fixture.hpp"

namespace rightsline::health {
namespace {

using namespace std::chrono_literals;

/// A store of its own, which a test may stop, and everybody else's way to it.
class Sick : public testing::Test {
 protected:
    void begin(std::vector<std::string> configuration = {}) {
        server = std::make_unique<tests::RedisServer>(std::move(configuration));
        redis::Address address;
        address.unix_path = server->socket();
        raw = redis::make_client(io.get_executor(), address);
        ASSERT_TRUE(tests::run(io, redis::load_functions(*raw, redis::in(5s))));
        health = std::make_unique<Health>(
            *raw, HealthServices{clock, metrics, {"/state"}, [this](const std::string&) { return disk; }},
            Instance{"gw-1", "rl_a", {}});
        client = redis::make_watched(*raw, health->watcher());
        tasks.spawn("pulse", health->keep_beating());
    }
    void TearDown() override {
        server->thaw();
        tasks.cancel_all();
        (void)tests::run(io, tasks.drain(redis::in(5s)));
        raw->close();
    }
    /// As the composition root does it.
    bool comes_to(Level level, std::chrono::seconds limit = 10s) {
        const Deadline until = redis::in(limit);
        while (health->level() != level && redis::in(0s) < until) {
            io.restart();
            io.run_for(50ms);
            health->look();
        }
        return health->level() == level;
    }
    Result<redis::Reply> ask(std::chrono::milliseconds budget) {
        return tests::run(io, client->execute({"GET", "{p}:x"}, redis::in(budget)));
    }

    boost::asio::io_context io{1};
    ops::SystemClock clock;
    ops::Metrics metrics;
    std::optional<int> disk = 50;
    ops::Supervisor tasks{io.get_executor()};
    std::unique_ptr<tests::RedisServer> server;
    std::unique_ptr<redis::Client> raw;
    std::unique_ptr<Health> health;
    std::unique_ptr<redis::Client> client;
};

Awaitable<void> ask_once(redis::Client& client, int& ended) {
    redis::Command get{"GET", "{p}:x"};
    const Result<redis::Reply> reply = co_await client.execute(std::move(get), redis::in(4s));
    ended += reply ? 0 : 1;
}

TEST_F(Sick, OfAThousandAsksOfASilentStoreMostAreAnsweredAtOnceAndItsReturnIsNoticed) {
    begin();
    EXPECT_TRUE(ask(5s));
    server->freeze();
    const Result<redis::Reply> first = ask(400ms);
    ASSERT_FALSE(first) << "the store must be silent for this test";
    ASSERT_TRUE(comes_to(Level::away));
    EXPECT_EQ(health->reason(), Reason::silent);
    int ended = 0;
    for (int i = 0; i < 1000; ++i) {
        tasks.spawn("asking", ask_once(*client, ended));
    }
    io.restart();
    io.run_for(500ms);
    EXPECT_GE(ended, 1000 - static_cast<int>(StoreWatch::trials));
    EXPECT_LT(ended, 1000) << "some wait for its return";
    server->thaw();
    EXPECT_TRUE(comes_to(Level::well, 30s));
    EXPECT_TRUE(ask(5s));
    tests::run_until(io, [&] { return tasks.live() == 1; });
}

TEST_F(Sick, AStoreWithoutMemoryTakesNoCommitsAndIsStillAsked) {
    begin({"maxmemory 3mb", "maxmemory-policy noeviction"});
    (void)tests::run(io, raw->execute({"SETRANGE", "{p}:0", "3500000", "x"}, redis::in(5s)));
    ASSERT_TRUE(comes_to(Level::away, 15s));
    EXPECT_EQ(health->reason(), Reason::no_commit);
    EXPECT_TRUE(ask(5s)) << "reads and what is under way go on";
    (void)tests::run(io, raw->execute({"DEL", "{p}:0"}, redis::in(5s)));
    EXPECT_TRUE(comes_to(Level::well, 30s));
}

TEST_F(Sick, AFullDiskPausesBlastsAndNothingElse) {
    disk = 91;
    begin();
    ASSERT_TRUE(comes_to(Level::strained));
    EXPECT_EQ(health->reason(), Reason::disk);
    EXPECT_EQ(health->disk(), Fullness::full);
    EXPECT_TRUE(health->blasts_paused());
    EXPECT_FALSE(health->housekeeping_paused());
    EXPECT_NE(metrics.render().find("rightsline_disk_used_percent 91"), std::string::npos);
    EXPECT_NE(metrics.render().find("rightsline_level 1"), std::string::npos);
}

}  // namespace
}  // namespace rightsline::health
