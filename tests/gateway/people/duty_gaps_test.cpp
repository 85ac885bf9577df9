#include "gateway/people/duty_gaps.hpp"

#include <gtest/gtest.h>

#include <initializer_list>
#include <string>
#include <vector>

namespace rightsline::people {
namespace {

/// One person of the order for each list of hours.
Roster roster_of(std::initializer_list<std::vector<std::string>> everybody) {
    Roster roster;
    for (const std::vector<std::string>& spans : everybody) {
        std::vector<Span> hours;
        for (const std::string& span : spans) {
            hours.push_back(parse_span(span).value());
        }
        roster.order.push_back(roster.people.size());
        roster.people.push_back({"maria", vault::PhoneNumber::parse("+15005550101").value(), true, true,
                                 locales::LanguageTag::parse("en").value(), Hours(hours)});
    }
    return roster;
}

std::string gaps(std::initializer_list<std::vector<std::string>> everybody) {
    return to_text(duty_gaps(roster_of(everybody)));
}

TEST(DutyGaps, AreSaidAsAPersonWouldSayThem) {
    EXPECT_EQ(gaps({{"mon-fri 00:00-12:00"}}), "mon-fri 12:00-24:00, sat, sun");
    EXPECT_EQ(gaps({{"wed 00:00-24:00"}}), "thu-tue");
    EXPECT_EQ(gaps({{"mon-fri 06:00-22:00"}, {"daily 20:00-08:00"}}), "sat-sun 08:00-20:00");
    EXPECT_EQ(gaps({{"tue-sun 00:00-24:00", "mon 00:00-12:15", "mon 12:16-24:00"}}), "mon 12:15-12:16");
}

TEST(DutyGaps, ANightIsOnePieceAndAWeekendIsToldByDays) {
    EXPECT_EQ(gaps({{"daily 06:00-22:00"}}), "daily 22:00-06:00");
    EXPECT_EQ(gaps({{"mon-fri 06:00-22:00"}}),
              "mon 00:00-06:00, mon-thu 22:00-06:00, fri 22:00-24:00, sat, sun");
    EXPECT_EQ(gaps({{"sat 12:00-24:00", "sun 12:00-24:00", "mon-fri 00:00-24:00"}}), "sat-sun 00:00-12:00");
    EXPECT_EQ(gaps({{"tue-sun 00:00-24:00", "mon 12:00-24:00"}}), "mon 00:00-12:00");
    EXPECT_EQ(gaps({{"mon-fri 00:00-24:00", "sat 00:00-22:00", "sun 06:00-24:00"}}), "sat 22:00-06:00");
}

TEST(DutyGaps, OverTheEndOfTheWeekAreOnePieceToo) {
    EXPECT_EQ(gaps({{"mon 06:00-24:00", "tue-sat 00:00-24:00", "sun 00:00-22:00"}}), "sun 22:00-06:00");
    EXPECT_EQ(gaps({{"tue-thu 00:00-24:00", "fri-mon 08:00-24:00"}}), "fri-mon 00:00-08:00");
}

TEST(DutyGaps, ThereAreNoneWhereSomebodyIsAlwaysThere) {
    EXPECT_EQ(gaps({{"daily 00:00-24:00"}}), "");
    EXPECT_EQ(gaps({{"mon-fri 00:00-24:00"}, {"sat-sun 00:00-24:00"}}), "");
    EXPECT_EQ(gaps({{"daily 06:00-22:00"}, {"daily 22:00-06:00"}}), "");
    EXPECT_EQ(gaps({{"daily 06:00-22:00", "mon 08:00-10:00"}, {"daily 20:00-08:00"}}), "");
}

TEST(DutyGaps, WhoStatesNoHoursIsAlwaysThere) {
    EXPECT_EQ(gaps({{"mon 06:00-22:00"}, {}}), "");
    EXPECT_EQ(gaps({{}}), "");
}

TEST(DutyGaps, WhoIsNotInTheOrderCoversNothing) {
    Roster roster = roster_of({{"daily 06:00-22:00"}, {}});
    roster.order = {0};
    EXPECT_EQ(to_text(duty_gaps(roster)), "daily 22:00-06:00");
}

}  // namespace
}  // namespace rightsline::people
