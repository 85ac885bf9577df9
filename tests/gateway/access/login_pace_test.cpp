#include "gateway/access/login_pace.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace rightsline::access {
namespace {

using namespace std::chrono_literals;
using End = LoginPace::End;
using Wait = LoginPace::Wait;

constexpr const char* here = "198.51.100.7";
constexpr const char* there = "203.0.113.9";

class Pace : public testing::Test {
 protected:
    /// How long it has to wait; when not at all, it ends so.
    Wait attempt(const std::string& name, const std::string& address, End end = End::failed) {
        const Wait wait = pace.begin(name, address, now);
        if (wait == 0ms) {
            pace.ended(name, address, end, now);
        }
        return wait;
    }
    /// The same, and nothing is tried.
    Wait wait_of(const std::string& name, const std::string& address) {
        return attempt(name, address, End::not_looked_at);
    }
    LoginPace pace;
    Deadline now{std::chrono::hours(1000)};
};

TEST_F(Pace, WhoGuessesWaitsLongerAndLonger) {
    std::vector<Wait> waits;
    for (int i = 0; i < 14; ++i) {
        const Wait wait = wait_of("maria", here);
        waits.push_back(wait);
        now += wait;
        ASSERT_EQ(attempt("maria", here), 0ms);
    }
    EXPECT_EQ(waits[0], 0ms);
    EXPECT_EQ(waits[2], 0ms);
    EXPECT_EQ(waits[3], 2s);
    EXPECT_EQ(waits[4], 4s);
    EXPECT_EQ(waits[13], 5min);
}

TEST_F(Pace, WhoHasTheNameWaitsLittleElsewhereAndNobodyElseAtAll) {
    for (int i = 0; i < 200; ++i) {
        now += attempt("maria", here);
    }
    const Wait hers = wait_of("maria", there);
    EXPECT_LE(hers, 30s);
    EXPECT_EQ(attempt("jean", there), 0ms);
    now += 31s;
    EXPECT_EQ(attempt("maria", there, End::let_in), 0ms);
}

TEST_F(Pace, ManyAddressesTogetherGuessOneNameEveryHalfMinuteAtMost) {
    int looked_at = 0;
    const Deadline until = now + 1h;
    for (int i = 0; now < until; ++i, now += 1s) {
        const bool seen = attempt("maria", "192.0.2." + std::to_string(i % 250)) == 0ms;
        looked_at += seen ? 1 : 0;
    }
    EXPECT_LE(looked_at, 100 + 120);
    EXPECT_GE(looked_at, 100);
}

TEST_F(Pace, AnAddressThatTriesManyNamesIsHeldUpForAWhile) {
    for (int i = 0; i < 30; ++i) {
        EXPECT_EQ(attempt("name" + std::to_string(i), here), 0ms);
    }
    EXPECT_GT(attempt("jean", here), 14min);
    EXPECT_EQ(attempt("jean", there), 0ms);
    now += 16min;
    EXPECT_EQ(attempt("jean", here), 0ms);
}

TEST_F(Pace, AnAddressOfThisMachineIsAProxysAndHoldsUpNobodyElse) {
    for (int i = 0; i < 200; ++i) {
        EXPECT_EQ(attempt("name" + std::to_string(i), "127.0.0.1"), 0ms);
    }
    for (int i = 0; i < 200; ++i) {
        now += attempt("maria", "127.0.0.1");
    }
    EXPECT_LE(attempt("maria", "127.0.0.1"), 30s);
    EXPECT_EQ(attempt("jean", "127.0.0.1"), 0ms);
    EXPECT_TRUE(is_local(""));
    EXPECT_TRUE(is_local("::1"));
    EXPECT_FALSE(is_local("128.0.0.1"));
}

TEST_F(Pace, OneTryOfANameAtATimeAndTwoOfAnAddress) {
    EXPECT_EQ(pace.begin("maria", here, now), 0ms);
    EXPECT_GT(pace.begin("maria", here, now), 0ms);
    EXPECT_EQ(pace.begin("jean", here, now), 0ms);
    EXPECT_GT(pace.begin("ana", here, now), 0ms);
    EXPECT_EQ(pace.begin("ana", there, now), 0ms);
    pace.ended("maria", here, End::not_looked_at, now);
    EXPECT_EQ(pace.begin("maria", here, now), 0ms);
}

TEST_F(Pace, WhoGotInBeginsAnewAndWhatWasNotLookedAtDoesNotCount) {
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(attempt("maria", here, End::not_looked_at), 0ms);
    }
    EXPECT_EQ(attempt("maria", here), 0ms);
    EXPECT_EQ(attempt("maria", here), 0ms);
    EXPECT_EQ(attempt("maria", here, End::let_in), 0ms);
    EXPECT_EQ(attempt("maria", here), 0ms);
    EXPECT_EQ(attempt("maria", here), 0ms);
    EXPECT_EQ(attempt("maria", here), 0ms);
    EXPECT_EQ(attempt("maria", here), 2s);
}

TEST_F(Pace, ForgetsAfterADayAndHasRoomForAFloodOfNames) {
    for (int i = 0; i < 20; ++i) {
        now += attempt("maria", here);
    }
    now += std::chrono::hours(25);
    EXPECT_EQ(attempt("maria", here), 0ms);
    EXPECT_EQ(attempt("maria", here), 0ms);
    for (std::size_t i = 0; i < LoginPace::most_remembered + 100; ++i) {
        now += 1ms;
        EXPECT_EQ(attempt("n" + std::to_string(i), "127.0.0.1"), 0ms);
    }
}

}  // namespace
}  // namespace rightsline::access
