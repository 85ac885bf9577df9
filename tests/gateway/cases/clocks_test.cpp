#include "gateway/cases/clocks.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>

namespace rightsline::cases {
namespace {

using flows::ClockPreset;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

constexpr std::int64_t hour = 3600;
constexpr std::int64_t day = 24 * hour;
constexpr std::int64_t filed = 20'000 * day;  // a whole hour

class Clocks : public testing::Test {
 protected:
    Clocks() {
        facts.filed_hour = filed;
        facts.status = "received";
        for (const char* key : {"received", "reading", "waiting", "closed"}) {
            flows::CaseStatus one;
            one.key = key;
            one.waits = one.key == "waiting";
            one.closes = one.key == "closed";
            statuses.push_back(one);
        }
    }
    void give(const std::string& status, std::int64_t at) {
        work.changes.push_back({status, at});
        facts.status = status;
    }
    std::vector<DueClock> at(std::int64_t now) const {
        return clocks_of({facts, work, statuses, presets, told, calendar}, now);
    }
    std::optional<DueClock> named(std::string_view name, std::int64_t now) const {
        for (const DueClock& one : at(now)) {
            if (one.name == name) {
                return one;
            }
        }
        return std::nullopt;
    }
    std::string_view state(std::string_view name, std::int64_t now) const {
        const std::optional<DueClock> clock = named(name, now);
        return clock ? to_word(clock->state) : "none";
    }
    std::vector<std::string_view> names(std::int64_t now) const {
        std::vector<std::string_view> all;
        for (const DueClock& one : at(now)) {
            all.push_back(one.name);
        }
        return all;
    }

    CaseFacts facts;
    Casework work;
    std::vector<flows::CaseStatus> statuses;
    std::vector<ClockPreset> presets{ClockPreset::wsr};
    std::vector<std::int64_t> told;
    std::vector<std::chrono::sys_days> holidays;
    Calendar calendar{"UTC", holidays};
};

/// The end of that day in UTC.
std::int64_t ends(std::int64_t at) { return (at / day + 1) * day - 1; }

TEST_F(Clocks, AreThoseOfThePresetsAndTheFirstDueStandsFirst) {
    EXPECT_THAT(names(filed), ElementsAre("answer", "resolve-14", "resolve-30"));
    presets = {};
    EXPECT_THAT(names(filed), IsEmpty());
}

TEST_F(Clocks, WarnAtThreeQuartersAndAreOverdueOnlyWhenTheyAreSoWhereverInItsHourTheReportCame) {
    EXPECT_EQ(state("answer", filed + 18 * hour - 1), "running");
    EXPECT_EQ(state("answer", filed + 18 * hour), "warned");
    EXPECT_EQ(state("answer", filed + 25 * hour - 1), "warned");
    EXPECT_EQ(state("answer", filed + 25 * hour), "overdue");
}

TEST_F(Clocks, AnAnswerIsGivenByWhoeverTakesItOrGivesItAStatus) {
    facts.taken_hour = filed + hour;
    EXPECT_THAT(names(filed + 2 * hour), UnorderedElementsAre("update", "resolve-14", "resolve-30"));
    facts.taken_hour = 0;
    give("reading", filed + 5);
    EXPECT_EQ(state("answer", filed + 2 * hour), "none");
    EXPECT_EQ(named("update", filed + 2 * hour)->due, ends(filed + 7 * day));
}

TEST_F(Clocks, AnAnswerIsGivenByAMessageToTheWorkerAlone) {
    facts.answered_hour = facts.wrote_hour = filed + 3 * hour;
    EXPECT_THAT(names(filed + 4 * hour), UnorderedElementsAre("update", "resolve-14", "resolve-30"));
    facts.wrote_hour = filed + 6 * day;  // and so is the worker kept up to date
    EXPECT_EQ(named("update", filed + 7 * day)->due, ends(filed + 13 * day));
    presets = {ClockPreset::eu};
    EXPECT_THAT(names(filed + 7 * day), ElementsAre("feedback"));
}

TEST_F(Clocks, AMessageFromBeforeItRoseAnswersNoDanger) {
    presets = {ClockPreset::p1};
    facts.urgency = flows::Urgency::p1;
    facts.raised_hour = filed + 2 * day;
    facts.answered_hour = facts.wrote_hour = filed + hour;
    EXPECT_EQ(state("danger", filed + 2 * day), "running");
    facts.wrote_hour = filed + 2 * day;
    EXPECT_EQ(state("danger", filed + 2 * day), "none");
}

TEST_F(Clocks, ThatCountDaysEndOnNoHolidayAndThoseOfHoursDo) {
    holidays = {std::chrono::sys_days(std::chrono::days(20'001)),
                std::chrono::sys_days(std::chrono::days(20'014)),
                std::chrono::sys_days(std::chrono::days(20'015))};
    EXPECT_EQ(named("answer", filed)->due, filed + 25 * hour);
    EXPECT_EQ(named("resolve-14", filed)->due, ends(filed + 16 * day));
    EXPECT_EQ(named("resolve-30", filed)->due, ends(filed + 30 * day));
}

TEST(CalendarDays, EndWithTheWallClockThereAlsoInTheNightInWhichItIsPutBack) {
    const std::vector<std::chrono::sys_days> none;
    const Calendar there("America/New_York", none);
    using namespace std::chrono;
    const auto at = [](sys_days date, int hours) {
        return seconds(date.time_since_epoch()).count() + hours * 3600;
    };
    const sys_days saturday = year(2026) / 10 / 31;
    EXPECT_EQ(there.end_of_day(at(saturday, 3)),
              at(saturday, 4) - 1);  // still Friday there: four hours behind
    EXPECT_EQ(there.end_of_day(at(saturday, 5)), at(saturday, 28) - 1);
    EXPECT_EQ(there.end_of_day(at(saturday, 30)), at(saturday, 53) - 1);  // a day of 25 hours
    // 2026-08-31, 23:30 there: three months later, November has no 31st, and the wall is an hour further behind.
    EXPECT_EQ(there.months_after(at(year(2026) / 9 / 1, 3) + 1800, 3), at(year(2026) / 12 / 1, 4) + 1800);
}

TEST_F(Clocks, EachChangeBeginsTheUpdateAnew) {
    give("reading", filed);
    EXPECT_EQ(state("update", filed + 8 * day - 2), "warned");
    EXPECT_EQ(state("update", filed + 8 * day - 1), "overdue");
    give("waiting", filed + 8 * day);
    give("reading", filed + 9 * day);
    EXPECT_EQ(named("update", filed + 10 * day)->due, ends(filed + 16 * day));
}

TEST_F(Clocks, OfTheEuPresetAreSevenDaysAndThreeMonthsFromThenOn) {
    presets = {ClockPreset::eu};
    EXPECT_EQ(named("acknowledge", filed)->due, ends(filed + 7 * day));
    give("reading", filed + 2 * day);
    // 2024-10-04 + 2 days, three months later: 92 days
    ASSERT_THAT(names(filed + 3 * day), ElementsAre("feedback"));
    EXPECT_EQ(named("feedback", filed + 3 * day)->due, ends(filed + 2 * day + 92 * day));
    give("waiting", filed + 30 * day);
    EXPECT_THAT(names(filed + 31 * day), IsEmpty());
}

TEST_F(Clocks, ThreeMonthsEndWithTheMonthWhereItHasNoSuchDay) {
    presets = {ClockPreset::eu};
    constexpr std::int64_t november_30 = 20'057 * day;  // 2024-11-30
    give("reading", november_30);
    EXPECT_EQ(named("feedback", november_30)->due, ends(november_30 + 90 * day));  // 2025-02-28
}

TEST_F(Clocks, DangerIsAnHourFromTheFilingOrTheRiseAndOnlyOfAP1) {
    presets = {ClockPreset::p1};
    EXPECT_THAT(names(filed), IsEmpty());
    facts.urgency = flows::Urgency::p1;
    EXPECT_EQ(state("danger", filed + 2 * hour - 1), "warned");
    EXPECT_EQ(state("danger", filed + 2 * hour), "overdue");
    facts.taken_hour = filed;
    EXPECT_THAT(names(filed + hour), IsEmpty());
    facts.raised_hour = filed + 5 * day;
    facts.taken_hour = 0;  // the desk begins again
    EXPECT_EQ(named("danger", filed + 5 * day)->due, filed + 5 * day + 2 * hour);
    give("reading", filed + 5 * day + 10);
    EXPECT_THAT(names(filed + 6 * day), IsEmpty());
}

TEST_F(Clocks, OfADangerThatIsLeftTheHourBeginsAgainAlsoWhenItHadBeenGivenAStatus) {
    presets = {ClockPreset::p1};
    facts.urgency = flows::Urgency::p1;
    work.left = filed + 600;  // who took it did no more, and with the leaving nobody has taken it
    EXPECT_EQ(named("danger", filed + hour)->began, filed);
    give("reading", filed + 10);
    work.left = filed + 5 * hour + 600;
    const std::optional<DueClock> again = named("danger", filed + 5 * hour + 700);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->began, work.left);
    EXPECT_EQ(again->due, work.left + hour);
    give("waiting", filed + 6 * hour);
    EXPECT_THAT(names(filed + 6 * hour), IsEmpty());
}

TEST_F(Clocks, ThatAnotherOrganisationAcceptedItIsNotThatSomebodyHasIt) {
    presets = {ClockPreset::wsr, ClockPreset::p1};
    facts.urgency = flows::Urgency::p1;
    statuses[1].passed_to = "investigators";
    give("reading", filed + 600);
    EXPECT_EQ(state("danger", filed + hour), "warned");
    EXPECT_EQ(state("answer", filed + hour), "running");
    EXPECT_EQ(state("update", filed + hour), "none");
    give("waiting", filed + hour);
    EXPECT_EQ(state("danger", filed + hour), "none");
    EXPECT_NE(state("update", filed + hour), "none");
}

TEST_F(Clocks, StandStillWhileTheWorkerIsWaitedFor) {
    give("reading", filed);
    give("waiting", filed + 2 * day);
    EXPECT_EQ(state("resolve-14", filed + 5 * day), "paused");
    EXPECT_EQ(named("resolve-14", filed + 5 * day)->due, ends(filed + 17 * day));
    give("reading", filed + 6 * day);
    EXPECT_EQ(state("resolve-14", filed + 7 * day), "running");
    EXPECT_EQ(named("resolve-14", filed + 30 * day)->due, ends(filed + 18 * day));
}

TEST_F(Clocks, GoOnWhenTheWorkerHasToldMoreAndNobodyLooked) {
    give("waiting", filed + 2 * day);
    told = {filed + day, filed + 3 * day, filed + 9 * day};
    EXPECT_EQ(named("resolve-14", filed + 10 * day)->due, ends(filed + 15 * day));
    EXPECT_EQ(state("resolve-14", filed + 10 * day), "running");
}

TEST_F(Clocks, WaitForAWorkerFourteenDaysInAllAndNoLonger) {
    give("waiting", filed);
    give("reading", filed + 10 * day);
    give("waiting", filed + 11 * day);
    EXPECT_EQ(state("resolve-14", filed + 14 * day), "paused");
    EXPECT_EQ(state("resolve-14", filed + 16 * day), "running");
    EXPECT_EQ(named("resolve-14", filed + 90 * day)->due, ends(filed + 28 * day));
    EXPECT_EQ(state("resolve-14", filed + 29 * day), "overdue");
}

TEST_F(Clocks, ThatWereOverBeforeTheWorkerWasAskedStayOver) {
    give("reading", filed + hour);
    give("waiting", filed + 15 * day);
    EXPECT_EQ(state("resolve-14", filed + 20 * day), "overdue");
    EXPECT_EQ(named("resolve-14", filed + 20 * day)->due, ends(filed + 14 * day));
}

TEST_F(Clocks, EndWithTheCaseAndGoOnWhereTheyStoodWhenItIsOpenedAgain) {
    give("reading", filed);
    give("closed", filed + 10 * day);
    EXPECT_THAT(names(filed + 100 * day), IsEmpty());
    give("reading", filed + 100 * day);
    EXPECT_EQ(named("resolve-14", filed + 101 * day)->due, ends(filed + 104 * day));
    EXPECT_EQ(state("resolve-14", filed + 100 * day + hour), "running") << "ten days and an hour";
    EXPECT_EQ(state("resolve-14", filed + 101 * day), "warned");
}

TEST_F(Clocks, OfAStatusThatTheProgramHasNoMoreGoOn) {
    give("gone", filed + hour);
    EXPECT_EQ(state("resolve-14", filed + 2 * day), "running");
}

}  // namespace
}  // namespace rightsline::cases
