// What was put off while a clock was ahead does not wait until that time comes again.
#include <chrono>

#include "redis/transaction.hpp"
#include "tests/redis/fixture.hpp"

namespace rightsline::redis {
namespace {

using namespace std::chrono_literals;

constexpr std::int64_t an_hour = 3'600'000;

std::int64_t now_ms() {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

class PullBack : public WithServer {
 protected:
    void SetUp() override {
        WithServer::SetUp();
        ASSERT_TRUE(tests::run(io, load_functions(*client, in(5s))));
    }
    void put(const std::string& member, std::int64_t at) {
        ask({"ZADD", "{p}:t", std::to_string(at), member});
    }
    std::int64_t pull(std::int64_t callers_clock, int most = 100) {
        const Result<std::int64_t> pulled =
            tests::run(io, pull_back(*client, "{p}:t", an_hour, callers_clock, most, in(5s)));
        EXPECT_TRUE(pulled) << pulled.error().message();
        return pulled ? *pulled : -1;
    }
    std::int64_t at(const std::string& member) { return std::stoll(text({"ZSCORE", "{p}:t", member})); }
};

TEST_F(PullBack, WhatIsFurtherAheadThanAnythingLegalIsDueNow) {
    const std::int64_t begun = now_ms();
    put("three days", begun + 72 * an_hour);
    put("half an hour", begun + an_hour / 2);
    put("due", begun - 1);
    EXPECT_EQ(pull(now_ms()), 1);
    EXPECT_GE(at("three days"), begun);
    EXPECT_LE(at("three days"), now_ms());
    EXPECT_EQ(at("half an hour"), begun + an_hour / 2);
    EXPECT_EQ(at("due"), begun - 1);
    EXPECT_EQ(pull(now_ms()), 0);
}

TEST_F(PullBack, NeverStaysNever) {
    put("until somebody takes it", std::int64_t{1} << 51U);
    put("put aside", 9007199254740991);
    EXPECT_EQ(pull(now_ms()), 0);
    EXPECT_EQ(at("put aside"), 9007199254740991);
}

TEST_F(PullBack, NothingMovesWhileTheClocksDisagree) {
    const std::int64_t far = now_ms() + 72 * an_hour;
    put("three days", far);
    EXPECT_EQ(pull(far), 0) << "by the caller's clock it is due";
    EXPECT_EQ(pull(now_ms() - an_hour), 0);
    EXPECT_EQ(at("three days"), far);
}

TEST_F(PullBack, SomeAtATime) {
    for (int i = 0; i < 5; ++i) {
        put(std::to_string(i), now_ms() + (72 + i) * an_hour);
    }
    EXPECT_EQ(pull(now_ms(), 2), 2);
    EXPECT_EQ(pull(now_ms(), 2), 2);
    EXPECT_EQ(pull(now_ms(), 2), 1);
}

}  // namespace
}  // namespace rightsline::redis
