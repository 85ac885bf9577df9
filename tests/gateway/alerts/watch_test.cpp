#include "gateway/alerts/watch.hpp"

#include <gtest/gtest.h>

namespace rightsline::alerts {
namespace {

using cases::ClockState;
using cases::DueClock;
using Say = Watch::Say;

constexpr std::int64_t hour = 3600;
constexpr std::int64_t now = 1'000 * hour;

DueClock clock(const char* name, ClockState state, std::int64_t due = now + 2 * hour) {
    DueClock one{name, due, state};
    one.began = 5;
    one.warns = now + hour / 2;
    return one;
}

TEST(Watch, SaysEachStepOfAClockOnce) {
    const Watch running = watch({clock("answer", ClockState::running)}, {}, now);
    EXPECT_EQ(running.say, Say::nothing);
    EXPECT_EQ(running.next, now + hour / 2);
    const Watch warned = watch({clock("answer", ClockState::warned)}, running.marks, now);
    EXPECT_EQ(warned.say, Say::warned);
    EXPECT_EQ(watch({clock("answer", ClockState::warned)}, warned.marks, now).say, Say::nothing);
    const Watch late = watch({clock("answer", ClockState::overdue)}, warned.marks, now);
    EXPECT_EQ(late.say, Say::late);
    EXPECT_EQ(watch({clock("answer", ClockState::overdue)}, late.marks, now).say, Say::nothing);
}

TEST(Watch, WhatOneOfTheTwoWasToldTheOtherWasNot) {
    const Watch told = watch({clock("answer", ClockState::warned)}, {}, now);
    EXPECT_EQ(watch({clock("answer", ClockState::warned)}, told.marks, now, Whom::above).say, Say::warned);
    const Watch above = watch({clock("answer", ClockState::warned)}, {}, now, Whom::above);
    EXPECT_EQ(watch({clock("answer", ClockState::warned)}, above.marks, now, Whom::above).say, Say::nothing);
    EXPECT_EQ(watch({clock("answer", ClockState::warned)}, above.marks, now).say, Say::warned);
}

TEST(Watch, AfterAnOutageTheWorstIsSaidOnce) {
    const Watch seen = watch({clock("answer", ClockState::overdue), clock("resolve-14", ClockState::warned),
                              clock("danger", ClockState::overdue)},
                             {}, now);
    EXPECT_EQ(seen.say, Say::late);
    EXPECT_EQ(seen.marks.size(), 3U);
}

TEST(Watch, AClockThatBeginsAnewIsAnother) {
    DueClock update = clock("update", ClockState::warned);
    const Watch first = watch({update}, {}, now);
    update.began = 6;
    EXPECT_EQ(watch({update}, first.marks, now).say, Say::warned);
}

TEST(Watch, LooksAgainWithinTheHourForAClockThatStandsStillMayGoOn) {
    DueClock paused = clock("answer", ClockState::paused);
    paused.warns = now - hour;
    EXPECT_EQ(watch({paused}, {}, now).next, now + 60);
    paused.warns = now + 9 * hour;
    EXPECT_EQ(watch({paused}, {}, now).next, now + hour);
    EXPECT_EQ(watch({clock("answer", ClockState::overdue)}, {}, now).next, now + hour);
    EXPECT_FALSE(watch({}, {}, now).next);
}

class Keeper : public testing::Test {
 protected:
    Keeper() {
        locales::Complaints complaints;
        roster = people::read_roster(
            "people:\n  maria: {phone: \"+15005550101\"}\n  jean: {phone: \"+15005550102\"}\n"
            "  ana: {phone: \"+15005550103\"}\n  tom: {phone: \"+15005550104\", media: [call]}\n"
            "order: [maria, jean]\nsupervisors: [tom, ana]\n",
            "roster.yaml", complaints);
    }
    std::string name(std::optional<std::size_t> who) const {
        return who ? roster.people[*who].name : "nobody";
    }
    people::Roster roster;
    cases::Casework work;
};

TEST_F(Keeper, IsWhoHasTheCaseElseASupervisorElseTheFirstOnCall) {
    EXPECT_EQ(name(keeper_of(roster, work)), "ana");  // tom can only be called
    work.assignee = "jean";
    EXPECT_EQ(name(keeper_of(roster, work)), "jean");
    work.assignee = "a user of the console";
    EXPECT_EQ(name(keeper_of(roster, work)), "ana");
    work.excluded = {"ana"};
    EXPECT_EQ(name(keeper_of(roster, work)), "maria");
    work.excluded = {"ana", "maria", "jean"};
    EXPECT_EQ(name(keeper_of(roster, work)), "nobody");
    EXPECT_EQ(name(supervisor_of(roster, work)), "nobody");
}

}  // namespace
}  // namespace rightsline::alerts
