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
    Wait attempt(const std::string& name, const std::string& address, End end = End::failed,
                 const std::string& browser = "") {
        const TriedLogin tried{name, address, browser};
        const Wait wait = pace.begin(tried, now);
        if (wait == 0ms) {
            pace.ended(tried, end, now);
        }
        return wait;
    }
    Wait begin(const std::string& name, const std::string& address) {
        return pace.begin({name, address, ""}, now);
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
    EXPECT_EQ(begin("maria", here), 0ms);
    EXPECT_GT(begin("maria", here), 0ms);
    EXPECT_EQ(begin("jean", here), 0ms);
    EXPECT_GT(begin("ana", here), 0ms);
    EXPECT_EQ(begin("ana", there), 0ms);
    pace.ended({"maria", here, ""}, End::not_looked_at, now);
    EXPECT_EQ(begin("maria", here), 0ms);
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

TEST_F(Pace, AFloodOfOtherNamesMakesNobodyForgetWhoIsGuessed) {
    for (int failed = 0; failed < 6;) {
        const Wait wait = attempt("maria", "127.0.0.1");
        failed += wait == 0ms ? 1 : 0;
        now += wait;
    }
    for (std::size_t i = 0; i < LoginPace::most_remembered + 100; ++i) {
        ASSERT_EQ(attempt("n" + std::to_string(i), "127.0.0.1"), 0ms);
    }
    EXPECT_EQ(wait_of("maria", "127.0.0.1"), 16s);
}

TEST_F(Pace, AddressesThatWaitForTheSameMomentAreOneGuess) {
    for (int i = 0; i < 10; ++i) {
        ASSERT_EQ(attempt("maria", "192.0.2." + std::to_string(i)), 0ms);
    }
    now += 5s;
    EXPECT_EQ(begin("maria", "192.0.2.100"), 0ms);
    EXPECT_GT(begin("maria", "192.0.2.101"), 0ms);
}

/// Every thirty milliseconds, from the address that everybody has behind a proxy.
TEST_F(Pace, WhoComesWithAKnownBrowserGetsInThoughSomebodyGuessesAllTheWhile) {
    int looked_at = 0;
    int owner_came = 0;
    int owner_got_in = 0;
    const Deadline until = now + 1h;
    for (Deadline next = now + 7s; now < until; now += 30ms) {
        looked_at += attempt("maria", "127.0.0.1") == 0ms ? 1 : 0;
        if (now >= next) {
            ++owner_came;
            owner_got_in += attempt("maria", "127.0.0.1", End::let_in, "hers") == 0ms ? 1 : 0;
            next += 7s;
        }
    }
    EXPECT_GT(owner_came, 500);
    EXPECT_EQ(owner_got_in, owner_came);
    EXPECT_LE(looked_at, 100 + 120);
}

TEST_F(Pace, AKnownBrowserGuessesTwelveTimesAnHourAndHoldsUpNobodyElse) {
    int looked_at = 0;
    for (const Deadline until = now + 2h; now < until; now += 1s) {
        looked_at += attempt("maria", here, End::failed, "stolen") == 0ms ? 1 : 0;
    }
    EXPECT_LE(looked_at, 11 + 2 * 12);
    EXPECT_EQ(attempt("maria", here, End::let_in, "hers"), 0ms);
    EXPECT_EQ(attempt("maria", here, End::let_in), 0ms);
    EXPECT_EQ(attempt("jean", here, End::failed, "stolen"), 0ms);
}

TEST_F(Pace, StrangersLeaveRoomForKnownBrowsers) {
    for (int i = 0; i < LoginPace::most_strangers; ++i) {
        EXPECT_FALSE(pace.full_of_strangers());
        ASSERT_EQ(begin("n" + std::to_string(i), "127.0.0.1"), 0ms);
    }
    EXPECT_TRUE(pace.full_of_strangers());
    EXPECT_EQ(attempt("maria", "127.0.0.1", End::let_in, "hers"), 0ms);
    pace.ended({"n0", "127.0.0.1", ""}, End::failed, now);
    EXPECT_FALSE(pace.full_of_strangers());
}

class Remembered : public testing::Test {
 protected:
    void fail(const std::string& key) {
        tries.begun(key, now);
        tries.failed(key, now);
    }
    RememberedTries tries{std::chrono::hours(24), 3};
    Deadline now{std::chrono::hours(1000)};
};

TEST_F(Remembered, AskingAndWhatWasNotJudgedLeaveNothing) {
    EXPECT_EQ(tries.of("maria", now).failed, 0);
    EXPECT_EQ(tries.size(), 0U);
    tries.begun("maria", now);
    EXPECT_EQ(tries.of("maria", now).under_way, 1);
    tries.not_judged("maria");
    EXPECT_EQ(tries.size(), 0U);
    fail("maria");
    tries.begun("maria", now);
    tries.let_in("maria");
    EXPECT_EQ(tries.size(), 0U);
}

TEST_F(Remembered, WhoFailedLeastGoesFirstOfThoseTheOldest) {
    for (const char* key : {"maria", "maria", "a", "b", "c"}) {
        fail(key);
        now += 1s;
    }
    EXPECT_EQ(tries.size(), 3U);
    EXPECT_EQ(tries.of("maria", now).failed, 2);
    EXPECT_EQ(tries.of("a", now).failed, 0);
    EXPECT_EQ(tries.of("b", now).failed, 1);
    EXPECT_EQ(tries.of("c", now).failed, 1);
}

TEST_F(Remembered, WhatCountsNoMoreGoesBeforeWhatDoes) {
    fail("old");
    fail("old");
    now += std::chrono::hours(25);
    for (const char* key : {"a", "b", "c"}) {
        fail(key);
    }
    EXPECT_EQ(tries.of("old", now).failed, 0);
    EXPECT_EQ(tries.of("a", now).failed, 1);
    EXPECT_EQ(tries.size(), 3U);
}

TEST_F(Remembered, WhatIsUnderWayIsNotForgotten) {
    tries.begun("maria", now);
    for (const char* key : {"a", "b", "c", "d"}) {
        fail(key);
    }
    EXPECT_EQ(tries.of("maria", now).under_way, 1);
    tries.failed("maria", now);
    EXPECT_EQ(tries.of("maria", now).failed, 1);
    EXPECT_EQ(tries.size(), 3U);
}

}  // namespace
}  // namespace rightsline::access
