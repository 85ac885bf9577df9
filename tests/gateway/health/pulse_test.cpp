#include "gateway/health/pulse.hpp"

#include <gtest/gtest.h>

#include "gateway/stores/keyspace.hpp"
#include "tests/redis/fixture.hpp"
#include "tests/support/manual_clock.hpp"

namespace rightsline::health {
namespace {

using namespace std::chrono_literals;

ops::UtcMs real_now() {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

class Pulse : public redis::WithServer {
 protected:
    void SetUp() override {
        WithServer::SetUp();
        ASSERT_TRUE(tests::run(io, redis::load_functions(*client, redis::in(5s))));
    }
    Result<Beat> beat_at(ops::UtcMs now, const std::string& id = "gw-1",
                         const std::string& library = "rl_a") {
        return tests::run(io, beat(*client, {id, library, {}}, now, redis::in(5s)));
    }
    std::vector<std::string> alive_since(ops::UtcMs since) {
        const auto all = tests::run(io, living(*client, real_now(), since, redis::in(5s)));
        std::vector<std::string> ids;
        for (const Instance& one : *all) {
            ids.push_back(one.id + " " + one.library);
        }
        std::sort(ids.begin(), ids.end());
        return ids;
    }
};

TEST_F(Pulse, HearsWhenTheClocksDisagree) {
    for (const auto& [shift, disagree] : std::initializer_list<std::pair<std::chrono::seconds, bool>>{
             {0s, false}, {25s, false}, {-25s, false}, {40s, true}, {-40s, true}}) {
        const Result<Beat> heard = beat_at(real_now() + shift);
        ASSERT_TRUE(heard);
        EXPECT_EQ(heard->clocks_disagree, disagree) << shift.count();
    }
}

TEST_F(Pulse, TellsWhoLivesAndForgetsTheOthers) {
    const ops::UtcMs now = real_now();
    beat_at(now, "gw-1", "rl_a");
    beat_at(now - 48h, "gw-2", "rl_b");
    ask({"HSET", std::string(stores::instances_key), "gw-3", "broken"});
    EXPECT_EQ(alive_since(now - 24h), std::vector<std::string>{"gw-1 rl_a"});
    EXPECT_EQ(number({"HLEN", std::string(stores::instances_key)}), 1);
    tests::run(io, say_goodbye(*client, "gw-1", now, redis::in(5s)));
    EXPECT_EQ(alive_since(now - 24h), std::vector<std::string>());
}

TEST_F(Pulse, ReadsHowMuchMemoryIsUsed) {
    EXPECT_EQ(
        read_memory_percent("# Memory\r\nused_memory:350\r\nused_memory_rss:9\r\ntotal_system_memory:9000\r\n"
                            "maxmemory:1000\r\nmaxmemory_human:1K\r\n"),
        35);
    EXPECT_EQ(
        read_memory_percent("# Memory\r\nused_memory:350\r\ntotal_system_memory:700\r\nmaxmemory:0\r\n"), 50);
    EXPECT_FALSE(read_memory_percent("-NOPERM"));
    EXPECT_FALSE(read_memory_percent(""));
    const std::optional<int> real = tests::run(io, memory_percent(*client, redis::in(5s)));
    ASSERT_TRUE(real);
    EXPECT_LT(*real, 50);
}

}  // namespace
}  // namespace rightsline::health
