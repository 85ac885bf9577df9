#include "gateway/cases/retention.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace rightsline::cases {
namespace {

constexpr std::int64_t day = 86'400;
constexpr std::int64_t closing = 20'000 * day;

class RetentionTest : public testing::Test {
 protected:
    RetentionTest() {
        for (const char* key : {"received", "reading", "closed", "settled"}) {
            flows::CaseStatus one;
            one.key = key;
            one.closes = one.key == "closed" || one.key == "settled";
            statuses.push_back(one);
        }
        facts.id = "c1";
        facts.acts = "7";
        give("reading", closing - 9 * day);
        give("closed", closing);
    }
    void give(const std::string& status, std::int64_t at) {
        work.changes.push_back({status, at});
        facts.status = status;
    }
    std::optional<std::int64_t> closed() const { return closed_at(facts, work, statuses, told); }
    Overdue at(std::int64_t now) const { return overdue(kept, facts, closed(), now); }
    static bool writes_to(const std::vector<redis::Write>& writes, const std::string& key) {
        return std::ranges::any_of(writes, [&](const redis::Write& one) {
            return one.key == key && one.op != redis::Op::must_exist && one.op != redis::Op::must_be_field;
        });
    }

    const stores::Keyspace keys{"p"};
    std::vector<flows::CaseStatus> statuses;
    CaseFacts facts;
    Casework work;
    std::vector<std::int64_t> told;
    flows::Retention kept{std::chrono::days(30), std::chrono::days(90), std::chrono::days(365)};
    Inventory all{{"r1", "r2"}, 5, 1, 3, true, true};
};

TEST_F(RetentionTest, CountsFromTheClosing) {
    EXPECT_EQ(closed(), closing);
    EXPECT_FALSE(at(closing + 30 * day - 1).any());
    EXPECT_TRUE(at(closing + 30 * day).recordings);
    EXPECT_FALSE(at(closing + 90 * day - 1).relay);
    EXPECT_TRUE(at(closing + 90 * day).relay);
    EXPECT_FALSE(at(closing + 365 * day - 1).content);
    EXPECT_TRUE(at(closing + 365 * day).content);
}

TEST_F(RetentionTest, CountsAnewWhenItsWorkerTellsMoreOrItIsClosedOnceMore) {
    told = {closing - day, closing + 20 * day};
    EXPECT_EQ(closed(), closing + 20 * day);
    give("settled", closing + 40 * day);
    EXPECT_EQ(closed(), closing + 40 * day);
}

TEST_F(RetentionTest, WhatIsOpenOnHoldOrNotUnderstoodIsKept) {
    const std::int64_t late = closing + 10'000 * day;
    ASSERT_TRUE(at(late).content);
    facts.held = true;
    EXPECT_FALSE(at(late).any());
    facts.held = false;
    facts.status = "reading";
    EXPECT_FALSE(at(late).any()) << "open";
    facts.status = "settled";
    EXPECT_FALSE(at(late).any()) << "its document says another status";
    facts.status = "closed";
    work.changes.clear();
    EXPECT_FALSE(at(late).any()) << "nobody can say since when";
    give("closed", closing);
    facts.status = "archived";
    EXPECT_FALSE(at(late).any()) << "a status that the program has no more";
}

TEST_F(RetentionTest, WithoutATimeItIsForEver) {
    kept = {};
    EXPECT_FALSE(at(closing + 100'000 * day).any());
    kept.content = std::chrono::days(1);
    EXPECT_TRUE(at(closing + day).content);
    EXPECT_FALSE(at(closing - day).any()) << "a clock that goes back";
}

TEST_F(RetentionTest, OneCommitOnConditionThatNothingWasDoneMeanwhile) {
    const auto writes = shredding_writes(keys, facts, all, {true, true, true}, 1000);
    ASSERT_GE(writes.size(), 2U);
    EXPECT_EQ(writes[0].op, redis::Op::must_exist);
    EXPECT_EQ(writes[1].op, redis::Op::must_be_field);
    EXPECT_EQ(writes[1].arguments, (std::vector<std::string>{"acts", "7"}));
    for (const std::string& key : {keys.case_facts("c1"), keys.case_parts("c1"), keys.case_notes("c1"),
                                   keys.case_contact("c1"), keys.mailbox("c1"), keys.replies("c1"),
                                   keys.casework("c1"), keys.withdrawn_recordings(), keys.audit()}) {
        EXPECT_TRUE(writes_to(writes, key)) << key;
    }
    const redis::Write& entry = writes.back();
    EXPECT_EQ(entry.op, redis::Op::xadd);
    EXPECT_EQ(entry.arguments,
              (std::vector<std::string>{"what", "case_shredded", "case", "c1", "how", "retention", "why",
                                        "parts=5 recordings=2 notes=1 replies=3 numbers=1"}));
}

TEST_F(RetentionTest, APartOfItLeavesTheRest) {
    const auto writes = shredding_writes(keys, facts, all, {true, true, false}, 1000);
    for (const std::string& key : {keys.case_parts("c1"), keys.case_notes("c1"), keys.casework("c1")}) {
        EXPECT_FALSE(writes_to(writes, key)) << key;
    }
    for (const std::string& key : {keys.case_contact("c1"), keys.mailbox("c1"), keys.replies("c1"),
                                   keys.case_recordings("c1"), keys.withdrawn_recordings()}) {
        EXPECT_TRUE(writes_to(writes, key)) << key;
    }
}

TEST_F(RetentionTest, OnlyWhatIsThereIsDeletedAndCounted) {
    const Overdue due = still_there({true, true, false}, {{}, 5, 1, 0, false, false});
    EXPECT_FALSE(due.any());
    EXPECT_EQ(counted(all, {true, false, false}), "recordings=2");
    EXPECT_EQ(counted(all, {false, true, false}), "replies=3 numbers=1");
}

}  // namespace
}  // namespace rightsline::cases
