// When a text may reach a worker: the clock on the wall decides, also where it is put forward or back.
#include "gateway/reach/safe_hours.hpp"

#include <gtest/gtest.h>

#include "gateway/ops/zone.hpp"

namespace rightsline::reach {
namespace {

using namespace std::chrono_literals;
using std::chrono::sys_days;

constexpr const char* night = "21:00-08:00";

ops::UtcMs utc(int year, unsigned month, unsigned day, std::chrono::minutes minutes) {
    return ops::UtcMs(sys_days(std::chrono::year(year) / static_cast<int>(month) / static_cast<int>(day))) +
           minutes;
}
UtcOffset place(const char* zone) {
    const ops::Zone found = ops::Zone::find(zone).value();
    return [found](ops::UtcMs at) { return found.utc_offset_minutes(at); };
}
UtcOffset ahead(int minutes) {
    return [minutes](ops::UtcMs) { return minutes; };
}
ops::UtcMs opening(const SafeHours& hours, ops::UtcMs from, const UtcOffset& offset) {
    const auto window = hours.next(from, offset);
    return window ? window->opens : ops::UtcMs{};
}

TEST(SafeHours, WithoutHoursOfTheWorkersOwnTheNightIsLeftAlone) {
    const SafeHours hours("", night);
    const auto in_utc = ahead(0);
    EXPECT_EQ(opening(hours, utc(2026, 11, 22, 3h), in_utc), utc(2026, 11, 22, 8h));
    EXPECT_EQ(opening(hours, utc(2026, 11, 22, 8h), in_utc), utc(2026, 11, 22, 8h));
    EXPECT_EQ(opening(hours, utc(2026, 11, 22, 21h), in_utc), utc(2026, 11, 23, 8h));
}

TEST(SafeHours, TheWorkersOwnHoursDecideInTheProgramsPlace) {
    const SafeHours hours("17:00-21:00", night);
    const UtcOffset maseru = place("Africa/Maseru");  // two hours ahead, the whole year
    EXPECT_EQ(opening(hours, utc(2026, 11, 22, 10h), maseru), utc(2026, 11, 22, 15h));
    const auto window = hours.next(utc(2026, 11, 22, 16h), maseru);
    ASSERT_TRUE(window);
    EXPECT_EQ(window->opens, utc(2026, 11, 22, 16h));
    EXPECT_EQ(window->closes, utc(2026, 11, 22, 19h));
}

TEST(SafeHours, HoursMayGoOverMidnight) {
    const SafeHours hours("22:00-02:00", night);
    const auto in_utc = ahead(0);
    EXPECT_EQ(opening(hours, utc(2026, 11, 22, 12h), in_utc), utc(2026, 11, 22, 22h));
    const auto window = hours.next(utc(2026, 11, 23, 30min), in_utc);
    ASSERT_TRUE(window);
    EXPECT_EQ(window->opens, utc(2026, 11, 23, 30min));
    EXPECT_EQ(window->closes, utc(2026, 11, 23, 2h));
}

TEST(SafeHours, WhatIsLeftOfTheHoursMustSufficeForTheCarrier) {
    const SafeHours hours("17:00-21:00", "");
    EXPECT_EQ(opening(hours, utc(2026, 11, 22, 20h + 45min), ahead(0)), utc(2026, 11, 22, 20h + 45min));
    EXPECT_EQ(opening(hours, utc(2026, 11, 22, 20h + 46min), ahead(0)), utc(2026, 11, 23, 17h));
}

TEST(SafeHours, WhenTheClockIsPutForwardTheMorningComesAnHourEarlier) {
    const SafeHours hours("", night);
    const UtcOffset florida = place("America/New_York");
    EXPECT_EQ(opening(hours, utc(2026, 3, 8, 3h), florida), utc(2026, 3, 8, 12h));  // 8 March 2026, 08:00 EDT
    EXPECT_EQ(opening(hours, utc(2026, 3, 7, 3h), florida),
              utc(2026, 3, 7, 13h));  // the day before, 08:00 EST
}

TEST(SafeHours, WhenTheClockIsPutBackNobodyIsTextedInTheHourThatComesTwice) {
    const UtcOffset florida = place("America/New_York");
    const SafeHours hours("02:00-04:00", "");  // 1 November 2026: 01:00 to 02:00 comes twice
    EXPECT_EQ(opening(hours, utc(2026, 11, 1, 5h), florida), utc(2026, 11, 1, 7h));
    const SafeHours early("01:00-02:00", "");
    const auto window = early.next(utc(2026, 11, 1, 5h), florida);
    ASSERT_TRUE(window);
    EXPECT_EQ(window->opens, utc(2026, 11, 1, 5h));
    EXPECT_EQ(window->closes, utc(2026, 11, 1, 7h));  // two hours of it, as the wall shows
}

TEST(SafeHours, HoursThatTheClockLeapsOverComeTheNextDay) {
    const SafeHours hours("02:00-03:00", "");  // 8 March 2026 has none of it
    EXPECT_EQ(opening(hours, utc(2026, 3, 8, 6h), place("America/New_York")), utc(2026, 3, 9, 6h));
}

TEST(SafeHours, APlaceThatMovesToAnotherZoneMovesTheHours) {
    const SafeHours hours("17:00-21:00", night);
    const ops::UtcMs noon = utc(2026, 11, 22, 12h);
    EXPECT_EQ(opening(hours, noon, place("America/New_York")), utc(2026, 11, 22, 22h));
    EXPECT_EQ(opening(hours, noon, place("America/Chicago")), utc(2026, 11, 22, 23h));
}

TEST(SafeHours, HoursThatCannotBeReadAreNone) {
    for (const char* hours : {"17:00", "25:00-26:00", "evening", "08:00-08:00"}) {
        EXPECT_FALSE(SafeHours(hours, night).next(utc(2026, 11, 22, 12h), ahead(0))) << hours;
    }
    EXPECT_FALSE(SafeHours("", "00:00-24:00").next(utc(2026, 11, 22, 12h), ahead(0)));
}

TEST(SafeHours, WhereEveryHourIsSafeATextIsNotTriedForEver) {
    const auto window = SafeHours("", "").next(utc(2026, 11, 22, 12h), ahead(0));
    ASSERT_TRUE(window);
    EXPECT_EQ(window->closes - window->opens, longest_room);
}

}  // namespace
}  // namespace rightsline::reach
