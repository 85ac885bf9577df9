#include "gateway/alerts/ladder.hpp"

#include <gtest/gtest.h>

#include <string>

namespace rightsline::alerts {
namespace {

using namespace std::chrono_literals;
using flows::Urgency;

constexpr people::WeekTime monday_noon{0, 720};
constexpr people::WeekTime sunday_night{6, 180};

/// maria: weekdays; jean: always, texts only; ana: supervisor, calls only.
people::Roster roster() {
    const locales::LanguageTag english = *locales::LanguageTag::parse("en");
    const auto person = [&](const char* name, const char* phone, bool texts, bool calls,
                            people::Hours hours) {
        return people::Person{
            name, *vault::PhoneNumber::parse(phone), texts, calls, english, std::move(hours)};
    };
    people::Roster made;
    made.people.push_back(person("maria", "+15005550101", true, true,
                                 people::Hours({*people::parse_span("mon-fri 06:00-22:00")})));
    made.people.push_back(person("jean", "+15005550102", true, false, {}));
    made.people.push_back(person("ana", "+15005550103", false, true, {}));
    made.order = {0, 1};
    made.supervisors = {2};
    return made;
}

/// "maria+call jean", as they are told.
std::string who(const people::Roster& roster, const std::vector<Telling>& tell) {
    std::string all;
    for (const Telling& one : tell) {
        all += (all.empty() ? "" : " ") + roster.people[one.person].name + (one.text ? ":sms" : "") +
               (one.call ? ":call" : "");
    }
    return all;
}

TEST(Ladder, DangerWakesOneAfterTheOtherThenEverybodyAgainAndAgain) {
    const people::Roster all = roster();
    Moves moves = next_moves(all, Urgency::p1, 0, monday_noon);
    EXPECT_EQ(who(all, moves.tell), "maria:sms:call");
    EXPECT_EQ(moves.next, 60s);
    moves = next_moves(all, Urgency::p1, moves.rung, monday_noon);
    EXPECT_EQ(who(all, moves.tell), "jean:sms");
    EXPECT_EQ(moves.next, 60s);
    for (int i = 0; i < 3; ++i) {
        moves = next_moves(all, Urgency::p1, moves.rung, monday_noon);
        EXPECT_EQ(who(all, moves.tell), "maria:sms:call jean:sms ana:call");
        EXPECT_EQ(moves.next, 15min);
    }
}

TEST(Ladder, WhoIsOffDutyIsPassedOverButNotAtTheEndOfDanger) {
    const people::Roster all = roster();
    Moves moves = next_moves(all, Urgency::p1, 0, sunday_night);
    EXPECT_EQ(who(all, moves.tell), "jean:sms");
    moves = next_moves(all, Urgency::p1, moves.rung, sunday_night);
    EXPECT_EQ(who(all, moves.tell), "maria:sms:call jean:sms ana:call");
}

TEST(Ladder, DangerWithNobodyOnDutyWakesEverybodyAtOnce) {
    people::Roster all = roster();
    all.order = {0};
    const Moves moves = next_moves(all, Urgency::p1, 0, sunday_night);
    EXPECT_EQ(who(all, moves.tell), "maria:sms:call ana:call");
    EXPECT_EQ(moves.next, 15min);
}

TEST(Ladder, RetaliationIsToldByTextInDutyHours) {
    const people::Roster all = roster();
    Moves moves = next_moves(all, Urgency::p2, 0, monday_noon);
    EXPECT_EQ(who(all, moves.tell), "maria:sms");
    EXPECT_EQ(moves.next, 15min);
    moves = next_moves(all, Urgency::p2, 2, sunday_night);
    EXPECT_EQ(who(all, moves.tell), "jean:sms ana:call");  // ana has no other way
    EXPECT_EQ(moves.next, 1h);
}

TEST(Ladder, RetaliationWaitsUntilSomebodyIsOnDuty) {
    people::Roster all = roster();
    all.order = {0};
    all.supervisors.clear();
    const Moves moves = next_moves(all, Urgency::p2, 0, sunday_night);
    EXPECT_TRUE(moves.tell.empty());
    EXPECT_EQ(moves.next, 15min);
}

TEST(Ladder, TheRestIsToldOnce) {
    const people::Roster all = roster();
    const Moves moves = next_moves(all, Urgency::p3, 0, monday_noon);
    EXPECT_EQ(who(all, moves.tell), "maria:sms");
    EXPECT_FALSE(moves.next);
}

TEST(Ladder, TheRestWaitsForTheMorning) {
    people::Roster all = roster();
    all.order = {0};
    const Moves moves = next_moves(all, Urgency::p3, 0, sunday_night);
    EXPECT_TRUE(moves.tell.empty());
    EXPECT_EQ(moves.next, 15min);
    EXPECT_EQ(moves.rung, 0U);
}

TEST(Ladder, ForeseesWhoWouldBeTold) {
    const people::Roster all = roster();
    const std::vector<Foreseen> seen = foresee(all, Urgency::p1, monday_noon);
    ASSERT_EQ(seen.size(), 3U);
    EXPECT_EQ(seen[0].after, 0s);
    EXPECT_EQ(who(all, seen[1].tell), "jean:sms");
    EXPECT_EQ(seen[1].after, 60s);
    EXPECT_EQ(seen[2].after, 120s);
    EXPECT_EQ(foresee(all, Urgency::p3, monday_noon).size(), 1U);
}

}  // namespace
}  // namespace rightsline::alerts
