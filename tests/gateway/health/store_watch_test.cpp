#include "gateway/health/store_watch.hpp"

#include <gtest/gtest.h>

#include "tests/support/manual_clock.hpp"

namespace rightsline::health {
namespace {

using namespace std::chrono_literals;
using redis::Heard;

class Watching : public testing::Test {
 protected:
    Facts facts() const {
        Facts told;
        watch.tell(told);
        return told;
    }
    void commit(std::chrono::milliseconds took, bool answered = true, bool refused = false) {
        watch.begun();
        clock.advance(took);
        watch.ended({true, answered, refused, took});
    }
    void read(std::chrono::milliseconds took, bool answered) {
        watch.begun();
        clock.advance(took);
        watch.ended({false, answered, false, took});
    }
    /// As many wait as may.
    void crowd() {
        for (std::size_t i = 0; i < StoreWatch::trials; ++i) {
            watch.begun();
        }
    }
    /// Time passes, and somebody looks.
    void pass(std::chrono::milliseconds time) {
        for (; time > 0ms; time -= std::min(time, std::chrono::milliseconds(500))) {
            clock.advance(std::min(time, std::chrono::milliseconds(500)));
            watch.look();
        }
    }
    support::ManualClock clock;
    StoreWatch watch{clock};
};

TEST_F(Watching, TellsTheTimeThatOneCommitInAHundredExceeds) {
    commit(2000ms);
    EXPECT_FALSE(facts().commit_time) << "one alone is no trend";
    commit(10ms);
    EXPECT_EQ(facts().commit_time, 10ms);
    commit(1500ms);
    EXPECT_EQ(facts().commit_time, 1500ms);
    clock.advance(11s);
    EXPECT_FALSE(facts().commit_time) << "it is about the last ten seconds";
    for (int i = 0; i < 400; ++i) {
        commit(1ms);
    }
    for (int i = 0; i < 4; ++i) {
        commit(600ms);
    }
    EXPECT_EQ(facts().commit_time, 1ms);
    commit(600ms);
    EXPECT_EQ(facts().commit_time, 600ms);
}

TEST_F(Watching, HoldsBackOnlyWhenNothingWasAnsweredForTwoSeconds) {
    crowd();
    pass(1999ms);
    EXPECT_TRUE(watch.lets_through());
    EXPECT_EQ(facts().silent, 1999ms);
    pass(1ms);
    EXPECT_FALSE(watch.lets_through());
    EXPECT_EQ(watch.held_back(), 1U);
    pass(1h);
    watch.ended({false, true, false, 1h});
    EXPECT_TRUE(watch.lets_through()) << "at once, not with the next look";
}

TEST_F(Watching, LetsAFewWaitForTheReturn) {
    watch.begun();
    pass(3s);
    EXPECT_TRUE(watch.lets_through());
    crowd();
    EXPECT_FALSE(watch.lets_through());
}

TEST_F(Watching, NothingAskedIsNoSilence) {
    read(1ms, true);
    pass(1h);
    crowd();
    EXPECT_TRUE(watch.lets_through());
}

TEST_F(Watching, StaysSilentAfterEverybodyHasGivenUp) {
    read(400ms, false);
    pass(1700ms);
    crowd();
    EXPECT_FALSE(watch.lets_through());
    read(10ms, true);  // the probe
    EXPECT_TRUE(watch.lets_through());
}

TEST_F(Watching, OneWhoGivesUpAtOnceProvesNothing) {
    read(5ms, false);
    pass(1h);
    EXPECT_EQ(facts().silent, 0ms);
}

TEST_F(Watching, AnAnswerToAnotherIsALifeSign) {
    crowd();
    for (int i = 0; i < 10; ++i) {
        pass(1900ms);
        watch.begun();
        watch.ended({false, true, false, 1ms});
        pass(1ms);
        EXPECT_TRUE(watch.lets_through());
    }
}

/// The process was stopped for a minute while it had asked something: the answer lies in the socket.
TEST_F(Watching, WhoWasStoppedItselfAccusesNobody) {
    pass(1s);
    crowd();
    clock.advance(60s);
    watch.look();
    EXPECT_TRUE(watch.lets_through());
    pass(1900ms);
    EXPECT_TRUE(watch.lets_through());
    pass(200ms);
    EXPECT_FALSE(watch.lets_through()) << "two seconds of its own, and it is silent";
}

TEST_F(Watching, AStoreThatTakesNoWritesIsAskedOn) {
    commit(1ms, true, true);
    pass(2s);
    EXPECT_TRUE(watch.lets_through());
    EXPECT_TRUE(facts().refuses);
    EXPECT_EQ(facts().without_commit, 2000ms);
    read(1ms, true);
    EXPECT_TRUE(facts().refuses) << "reads say nothing of writes";
    commit(1ms);
    EXPECT_FALSE(facts().refuses);
    EXPECT_EQ(facts().without_commit, 0ms);
    EXPECT_FALSE(watch.troubled());
}

}  // namespace
}  // namespace rightsline::health
