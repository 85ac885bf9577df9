// What a program's figures tell, and that no single report can be found in them.
#include "gateway/cases/figures.hpp"

#include <gtest/gtest.h>

namespace rightsline::cases {
namespace {

constexpr std::int64_t until = 1'000'000'000;
constexpr std::int64_t day = 86'400;

struct Counted {
    FigureCount count{until};
    void ask(int times, const char* answer, std::int64_t hour = until - 10) {
        for (int i = 0; i < times; ++i) {
            count.add({}, {}, {{3, hour - 5, true, answer, hour}});
        }
    }
};

TEST(Figures, AreRoundedToFives) {
    Counted it;
    it.ask(43, "fine");
    it.ask(22, "changed");
    it.ask(31, "unknown");
    const auto all = it.count.figures();
    EXPECT_EQ(all.asked, 95);
    EXPECT_EQ(all.answered, 65);
    EXPECT_EQ(all.changed, 20);
}

TEST(Figures, UnderTenAreToldAsThatAndNotByADifferenceEither) {
    Counted few;
    few.ask(9, "fine");
    EXPECT_FALSE(few.count.figures().asked);
    Counted silent;
    silent.ask(90, "fine");
    silent.ask(3, "unknown");
    EXPECT_FALSE(silent.count.figures().answered) << "93 - 90 would be the three who did not answer";
    Counted fine;
    fine.ask(4, "fine");
    fine.ask(50, "changed");
    EXPECT_FALSE(fine.count.figures().changed) << "and the four who are well";
    EXPECT_EQ(fine.count.figures().answered, 50);
}

TEST(Figures, StandStillUntilTheQuarterIsOver) {
    Counted it;
    it.ask(20, "changed");
    const auto before = it.count.figures();
    it.ask(50, "changed", until);
    it.ask(5, "");
    EXPECT_EQ(it.count.figures().asked, before.asked);
    EXPECT_EQ(it.count.figures().changed, before.changed);
}

TEST(Figures, OneMoreReportMovesNoneThatIsUnderTenAndNoneByOne) {
    for (int others = 0; others < 60; ++others) {
        Counted without;
        without.ask(others, "fine");
        without.ask(others, "changed");
        Counted with;
        with.ask(others, "fine");
        with.ask(others + 1, "changed");
        const std::int64_t moved =
            with.count.figures().changed.value_or(0) - without.count.figures().changed.value_or(0);
        EXPECT_NE(moved, 1) << others;
        EXPECT_EQ(with.count.figures().changed.value_or(10) % 5, 0);
    }
}

TEST(Figures, TellHowLongAStatusLasted) {
    FigureCount count(until);
    for (int i = 0; i < 11; ++i) {
        CaseFacts facts;
        facts.filed_hour = until - 100 * day;
        Casework work;
        work.changes = {{"reading", facts.filed_hour + (2 + i % 3) * day}, {"closed", until + day}};
        count.add(facts, work, {});
    }
    const auto all = count.figures();
    ASSERT_TRUE(all.statuses.contains("received"));
    EXPECT_EQ(all.statuses.at("received").cases, 10);
    EXPECT_EQ(all.statuses.at("received").median_days, 3);
    EXPECT_FALSE(all.statuses.contains("reading")) << "its end is in this quarter";
}

TEST(Figures, AQuarterBeginsOnItsFirstDay) {
    using namespace std::chrono;
    const sys_seconds may{sys_days{2026y / 5 / 17} + 3h};
    EXPECT_EQ(quarter_of(may), sys_seconds(sys_days{2026y / 4 / 1}).time_since_epoch().count());
    const sys_seconds new_year{sys_days{2026y / 1 / 1}};
    EXPECT_EQ(quarter_of(new_year), new_year.time_since_epoch().count());
}

}  // namespace
}  // namespace rightsline::cases
