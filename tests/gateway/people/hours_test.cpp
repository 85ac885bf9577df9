#include "gateway/people/hours.hpp"

#include <gtest/gtest.h>

namespace rightsline::people {
namespace {

constexpr int hour = 60;

Hours hours(std::string_view text) { return Hours({parse_span(text).value()}); }

TEST(DutyHours, NoneMeansAlways) {
    EXPECT_TRUE(Hours().cover({0, 0}));
    EXPECT_TRUE(Hours().cover({6, 1439}));
}

TEST(DutyHours, BeginWithTheirFirstMinuteAndEndBeforeTheirLast) {
    const Hours day = hours("mon-fri 06:00-22:00");
    EXPECT_FALSE(day.cover({0, 6 * hour - 1}));
    EXPECT_TRUE(day.cover({0, 6 * hour}));
    EXPECT_TRUE(day.cover({4, 22 * hour - 1}));
    EXPECT_FALSE(day.cover({4, 22 * hour}));
    EXPECT_FALSE(day.cover({5, 12 * hour}));
}

TEST(DutyHours, ANightBelongsToTheDayThatItBeginsOn) {
    const Hours night = hours("sat-sun 22:00-06:00");
    EXPECT_TRUE(night.cover({5, 23 * hour}));
    EXPECT_TRUE(night.cover({6, 2 * hour}));   // after Saturday
    EXPECT_TRUE(night.cover({0, 2 * hour}));   // after Sunday
    EXPECT_FALSE(night.cover({5, 2 * hour}));  // after Friday
    EXPECT_FALSE(night.cover({0, 23 * hour}));
}

TEST(DutyHours, DaysMayRunOverTheWeekend) {
    const Hours some = hours("fri-mon 00:00-24:00");
    EXPECT_TRUE(some.cover({4, 0}));
    EXPECT_TRUE(some.cover({6, 1439}));
    EXPECT_TRUE(some.cover({0, 700}));
    EXPECT_FALSE(some.cover({1, 700}));
    EXPECT_TRUE(hours("daily 00:00-24:00").cover({3, 1439}));
    EXPECT_TRUE(hours("wed 08:00-09:00").cover({2, 8 * hour}));
}

TEST(DutyHours, WhatIsNoneIsSaid) {
    for (const char* text : {"", "mon", "mon-fri", "mon 06:00", "mon 6:00-22:00", "mon 06:00-25:00",
                             "mon 24:00-06:00", "mon 06:00-06:00", "mo-fr 06:00-22:00", "mon 06:60-22:00",
                             "mon  06:00-22:00", "mon-fri 06:00 - 22:00", "mon -1:00-22:00"}) {
        EXPECT_FALSE(parse_span(text)) << text;
    }
}

TEST(WallTime, IsADayOfTheWeekAndAMinute) {
    const std::optional<WeekTime> sunday = parse_wall_time("2026-11-22 03:00");
    ASSERT_TRUE(sunday);
    EXPECT_EQ(to_text(*sunday), "sun 03:00");
    EXPECT_EQ(to_text(*parse_wall_time("2026-11-23T23:59")), "mon 23:59");
    EXPECT_EQ(to_text(*parse_wall_time("2024-02-29 00:00")), "thu 00:00");
}

TEST(DutyHours, HaveExceptionsByDate) {
    const Hours hours({*parse_span("mon-fri 06:00-22:00")},
                      {{*parse_period("2026-12-24 18:00 to 2026-12-25 08:00")},
                       {*parse_period("2026-12-26 to 2026-12-27")}});
    const auto on_duty = [&](const char* at) { return hours.cover(*parse_wall_time(at)); };
    EXPECT_TRUE(on_duty("2026-12-24 17:59"));
    EXPECT_FALSE(on_duty("2026-12-24 18:00")) << "away";
    EXPECT_FALSE(on_duty("2026-12-25 07:59"));
    EXPECT_TRUE(on_duty("2026-12-25 08:00"));
    EXPECT_TRUE(on_duty("2026-12-26 00:00")) << "a Saturday, on which they stand in";
    EXPECT_TRUE(on_duty("2026-12-27 23:59")) << "to the end of the day that is named last";
    EXPECT_FALSE(on_duty("2026-12-28 00:00"));
    EXPECT_FALSE(hours.cover({5, 720})) << "a Saturday of any week knows no exception";
    const Hours always({}, {{*parse_period("2026-12-25")}, {*parse_period("2026-12-25")}});
    EXPECT_FALSE(always.cover(*parse_wall_time("2026-12-25 12:00"))) << "whoever is away is away";
    EXPECT_TRUE(always.cover(*parse_wall_time("2026-12-26 12:00")));
}

TEST(DutyHours, WhatIsNoPeriodIsSaid) {
    for (const char* text : {"", "christmas", "2026-12-32", "2026-12-25 to", "2026-12-26 to 2026-12-25",
                             "2026-12-25 06:00", "2026-12-25 06:00 to 2026-12-25 06:00",
                             "2026-12-25 - 2026-12-26", "2026-12-25 24:00 to 2026-12-26"}) {
        EXPECT_FALSE(parse_period(text)) << text;
    }
}

TEST(WallTime, WhatIsNoneIsRefused) {
    for (const char* text : {"", "now", "03:00", "2026-11-22", "2026-02-29 03:00", "2026-13-01 03:00",
                             "2026-11-22 24:00", "2026-11-22 3:00", "2026-11-22 03:60", "2026-11-22_03:00",
                             "2026-11--2 03:00", "2026-11-22 03:00:00"}) {
        EXPECT_FALSE(parse_wall_time(text)) << text;
    }
}

}  // namespace
}  // namespace rightsline::people
