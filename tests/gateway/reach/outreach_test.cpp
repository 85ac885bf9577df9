// When a worker is owed a text, and when none goes.
#include "gateway/reach/outreach.hpp"

#include <gtest/gtest.h>

#include "gateway/stores/error.hpp"

namespace rightsline::reach {
namespace {

using namespace std::chrono_literals;

const ops::UtcMs noon{std::chrono::days(20'000) + 12h};
const SafeHours by_day{"", "21:00-08:00"};

int in_utc(ops::UtcMs) { return 0; }

class Owed : public testing::Test {
 protected:
    Plan next(ops::UtcMs now = noon) {
        note_return(outreach, standing);
        return plan(outreach, standing, by_day, in_utc, now);
    }
    bool tells(ops::UtcMs now = noon) { return std::holds_alternative<Tell>(next(now)); }
    ops::UtcMs waits_until(ops::UtcMs now) {
        const Plan it = next(now);
        const Wait* wait = std::get_if<Wait>(&it);
        return wait == nullptr ? ops::UtcMs{} : wait->until;
    }
    std::string held(ops::UtcMs now) {
        const Plan it = next(now);
        const Hold* hold = std::get_if<Hold>(&it);
        return hold == nullptr ? "" : std::string(hold->why);
    }
    bool rests(ops::UtcMs now = noon) { return std::holds_alternative<Rest>(next(now)); }
    void reply() { ++standing.replies; }
    void ping(ops::UtcMs at) { note_ping(outreach, standing, {"p1", "+15005550006", at}); }

    Outreach outreach;
    Standing standing{1, 0, 0, true};
};

TEST_F(Owed, AReplyToOneWhoSaidYesIsToldAtOnceByDay) { EXPECT_TRUE(tells()); }

TEST_F(Owed, AtNightItWaitsForTheMorning) { EXPECT_EQ(waits_until(noon + 10h), noon + 20h); }

TEST_F(Owed, WhoSaidNoOrHasReadItIsOwedNothing) {
    standing.wanted = false;
    EXPECT_TRUE(rests());
    standing = {1, 1, 0, true};
    EXPECT_TRUE(rests());
    standing = {0, 0, 0, true};
    EXPECT_TRUE(rests());
}

TEST_F(Owed, HoweverManyRepliesOneTextTellsOfThem) {
    standing.replies = 7;
    ASSERT_TRUE(tells());
    ping(noon);
    EXPECT_TRUE(rests(noon + 30h));
}

TEST_F(Owed, OneADayAtMost) {
    ping(noon);
    reply();
    EXPECT_EQ(waits_until(noon + 1h), noon + 24h);
    EXPECT_TRUE(tells(noon + 24h));
    ping(noon + 24h);
    reply();
    EXPECT_EQ(waits_until(noon + 25h), noon + 48h);
}

TEST_F(Owed, AfterThreeThatWereNotAnsweredNoneGoesUntilTheWorkerComesBack) {
    for (int day = 0; day < 3; ++day) {
        ASSERT_TRUE(tells(noon + day * 24h)) << day;
        ping(noon + day * 24h);
        reply();
    }
    EXPECT_EQ(held(noon + 10 * 24h), held_unanswered);
    ++standing.returns;
    EXPECT_TRUE(tells(noon + 10 * 24h));
}

TEST_F(Owed, OneThatReturnsBetweenTwoTextsHasAnsweredTheFirst) {
    for (int day = 0; day < 9; ++day) {
        ASSERT_TRUE(tells(noon + day * 24h)) << day;
        ping(noon + day * 24h);
        ++standing.returns;
        reply();
    }
}

TEST_F(Owed, ComesBackAsItWas) {
    ping(noon);
    outreach.held = held_stop;
    const Result<Outreach> read = parse_outreach(to_bytes(outreach));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->made, 1);
    EXPECT_EQ(read->told_of, 1);
    EXPECT_EQ(read->unanswered, 1);
    EXPECT_EQ(read->held, held_stop);
    ASSERT_EQ(read->pings.size(), 1U);
    EXPECT_EQ(read->pings[0].message, "p1");
    EXPECT_EQ(read->pings[0].line, "+15005550006");
    EXPECT_EQ(read->pings[0].at, noon);
    for (const char* bytes : {"", "[]", "{}"}) {
        EXPECT_EQ(parse_outreach(bytes).error(), stores::make_error_code(stores::errc::damaged)) << bytes;
    }
}

TEST_F(Owed, WhatIsKeptOfOldTextsIsBounded) {
    for (int i = 0; i < 100; ++i) {
        ping(noon + i * 24h);
    }
    EXPECT_EQ(outreach.pings.size(), most_kept_pings);
    EXPECT_EQ(outreach.pings.back().at, noon + 99 * 24h);
    EXPECT_EQ(outreach.made, 100);
}

}  // namespace
}  // namespace rightsline::reach
