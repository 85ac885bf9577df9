// When a worker is asked how they are, by what, and when nobody knows.
#include "gateway/reach/check_in_plan.hpp"

#include <gtest/gtest.h>

namespace rightsline::reach {
namespace {

using namespace std::chrono_literals;

const ops::UtcMs filed{std::chrono::days(20'000) + 9h};
const std::vector<int> days{3, 14, 30};
const SafeHours by_day{"", "21:00-08:00"};

int in_utc(ops::UtcMs) { return 0; }

class Asked : public testing::Test {
 protected:
    CheckInPlan next(ops::UtcMs now) const { return plan_check_in(days, state, by_day, in_utc, now); }
    template <class Plan>
    std::optional<Plan> as(ops::UtcMs now) const {
        const CheckInPlan plan = next(now);
        const Plan* it = std::get_if<Plan>(&plan);
        return it == nullptr ? std::nullopt : std::optional(*it);
    }
    ops::UtcMs looks_again(ops::UtcMs now) const {
        const auto again = as<LookAgain>(now);
        return again ? again->at : ops::UtcMs{};
    }
    void asked(int day, ops::UtcMs at, std::string answer = "") {
        const auto seconds = std::chrono::floor<std::chrono::seconds>(at.time_since_epoch()).count();
        state.so_far.push_back({day, seconds, true, std::move(answer), 0});
    }

    CheckInState state{
        std::chrono::floor<std::chrono::seconds>(filed.time_since_epoch()).count(), false, true, {}, {}};
};

TEST_F(Asked, NotBeforeTheFirstDay) { EXPECT_EQ(looks_again(filed + 1h), filed + 72h); }

TEST_F(Asked, WhoAgreedByATextOnItsDay) {
    const auto text = as<AskByText>(filed + 72h);
    ASSERT_TRUE(text);
    EXPECT_EQ(text->day, 3);
}

TEST_F(Asked, WhoDidNotAgreeOrKeepsNoNumberInTheMailboxAlone) {
    state.texts = false;
    const auto mailbox = as<AskInMailbox>(filed + 72h);
    ASSERT_TRUE(mailbox);
    EXPECT_EQ(mailbox->day, 3);
}

TEST_F(Asked, AtNightItWaitsForTheMorning) { EXPECT_EQ(looks_again(filed + 72h + 14h), filed + 72h + 23h); }

TEST_F(Asked, NeverTwoTextsOnADayOfWhateverKind) {
    state.last_text = filed + 71h;
    EXPECT_EQ(looks_again(filed + 72h), filed + 95h);
}

TEST_F(Asked, SilenceIsUnknownWhenItsWeekIsOverAndNeverFine) {
    asked(3, filed + 72h);
    EXPECT_EQ(looks_again(filed + 73h), filed + 72h + cases::check_in_window);
    const auto silent = as<NobodyKnows>(filed + 72h + cases::check_in_window);
    ASSERT_TRUE(silent);
    EXPECT_EQ(silent->day, 3);
    state.so_far.front().answer = cases::answer_unknown;
    EXPECT_EQ(looks_again(filed + 72h + cases::check_in_window), filed + 14 * 24h)
        << "the next one still comes";
}

TEST_F(Asked, DaysThatWereSleptThroughAreAskedOnceAndLate) {
    const auto text = as<AskByText>(filed + 31 * 24h);
    ASSERT_TRUE(text);
    EXPECT_EQ(text->day, 30);
    asked(30, filed + 31 * 24h, "fine");
    EXPECT_TRUE(as<NoMore>(filed + 31 * 24h));
}

TEST_F(Asked, WhoWantsToBeAskedNoMoreIsNot) {
    asked(3, filed + 72h, "stop");
    state.ended = true;
    EXPECT_TRUE(as<NoMore>(filed + 14 * 24h));
}

TEST_F(Asked, AProgramWithoutDaysAsksNobody) {
    EXPECT_TRUE(std::holds_alternative<NoMore>(plan_check_in({}, state, by_day, in_utc, filed + 72h)));
}

TEST(CheckIns, AreReadInTheOrderOfTheirDaysAndMissesInARowAreCounted) {
    const auto all = cases::read_check_ins({{"asked.14", "text 20"},
                                            {"answer.14", "unknown 30"},
                                            {"asked.3", "mailbox 10"},
                                            {"answer.3", "unknown 15"},
                                            {"asked.x", "text 1"},
                                            {"else", "1"}});
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].day, 3);
    EXPECT_FALSE(all[0].by_text);
    EXPECT_TRUE(all[1].by_text);
    EXPECT_EQ(cases::missed_in_a_row(all), 2);
    EXPECT_EQ(cases::missed_in_a_row({{3, 1, true, "unknown", 2}, {14, 3, true, "fine", 4}}), 0);
}

TEST(CheckIns, WhatIsNoPointerOfOursPointsNowhere) {
    EXPECT_FALSE(cases::parse_open_check_in(""));
    EXPECT_FALSE(cases::parse_open_check_in("{}"));
    const cases::OpenCheckIn open{std::string(32, 'a'), 14, "es", 77};
    const auto read = cases::parse_open_check_in(cases::to_bytes(open));
    ASSERT_TRUE(read);
    EXPECT_EQ(read->day, 14);
    EXPECT_EQ(read->language, "es");
    EXPECT_EQ(read->at, 77);
}

}  // namespace
}  // namespace rightsline::reach
