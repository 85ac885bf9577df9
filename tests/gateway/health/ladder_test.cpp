#include "gateway/health/ladder.hpp"

#include <gtest/gtest.h>

namespace rightsline::health {
namespace {

using namespace std::chrono_literals;

struct Row {
    const char* what;
    Facts facts;
    Verdict verdict;
    Verdict eased;
};

Facts commits(std::chrono::milliseconds took) { return {.commit_time = took}; }

const Verdict well{};

TEST(Ladder, JudgesByTheTable) {
    const Row rows[] = {
        {"nothing known", {}, well, well},
        {"quick", commits(200ms), well, well},
        {"at the bound", commits(250ms), well, {Level::strained, Reason::slow}},
        {"slow", commits(251ms), {Level::strained, Reason::slow}, {Level::strained, Reason::slow}},
        {"very slow",
         commits(1001ms),
         {Level::narrow, Reason::very_slow},
         {Level::narrow, Reason::very_slow}},
        {"easing", commits(900ms), {Level::strained, Reason::slow}, {Level::narrow, Reason::very_slow}},
        {"memory",
         {.memory_percent = 71},
         {Level::strained, Reason::memory},
         {Level::strained, Reason::memory}},
        {"memory eases", {.memory_percent = 66}, well, {Level::strained, Reason::memory}},
        {"disk", {.disk_percent = 91}, {Level::strained, Reason::disk}, {Level::strained, Reason::disk}},
        {"disk at 90", {.disk_percent = 90}, well, {Level::strained, Reason::disk}},
        {"clocks",
         {.clocks_disagree = true},
         {Level::narrow, Reason::clocks},
         {Level::narrow, Reason::clocks}},
        {"no writes", {.refuses = true}, {Level::narrow, Reason::refuses}, {Level::narrow, Reason::refuses}},
        {"no commit for a while", {.without_commit = 1999ms}, well, well},
        {"no commit",
         {.without_commit = 2000ms},
         {Level::away, Reason::no_commit},
         {Level::away, Reason::no_commit}},
        {"silent for a while", {.silent = 1999ms}, well, well},
        {"silent", {.silent = 2000ms}, {Level::away, Reason::silent}, {Level::away, Reason::silent}},
        {"the worst counts",
         {.commit_time = 2000ms, .without_commit = 5s, .clocks_disagree = true, .memory_percent = 99},
         {Level::away, Reason::no_commit},
         {Level::away, Reason::no_commit}},
    };
    for (const Row& row : rows) {
        EXPECT_EQ(judge(row.facts), row.verdict) << row.what;
        EXPECT_EQ(judge(row.facts, true), row.eased) << row.what << ", eased";
    }
}

class Standing : public testing::Test {
 protected:
    Level look(const Facts& facts, std::chrono::milliseconds later = 200ms) {
        now += later;
        return ladder.look(facts, now).level;
    }
    Ladder ladder;
    Deadline now{};
};

TEST_F(Standing, GoesUpAtOnceAndDownAfterCalm) {
    EXPECT_EQ(look(commits(300ms)), Level::strained);
    EXPECT_EQ(look(commits(1500ms)), Level::narrow);
    EXPECT_EQ(look(commits(50ms)), Level::narrow);
    EXPECT_EQ(look(commits(50ms), 9s), Level::narrow);
    EXPECT_EQ(look(commits(50ms), 1s), Level::well);
}

TEST_F(Standing, DoesNotFlapAtABound) {
    look(commits(251ms));
    int changes = 0;
    for (int i = 0; i < 600; ++i) {  // two minutes around the bound
        const Level before = ladder.stand().level;
        changes += look(commits(i % 2 == 0 ? 249ms : 252ms)) == before ? 0 : 1;
    }
    EXPECT_EQ(changes, 0);
    EXPECT_EQ(look(commits(190ms)), Level::strained);
    EXPECT_EQ(look(commits(190ms), 10s), Level::well);
}

TEST_F(Standing, ABadMomentBeginsTheCalmAnew) {
    look(commits(300ms));
    look(commits(50ms), 0s);
    look(commits(50ms), 8s);
    look(commits(300ms), 1s);
    look(commits(50ms), 1s);
    EXPECT_EQ(look(commits(50ms), 9s), Level::strained);
    EXPECT_EQ(look(commits(50ms), 1s), Level::well);
}

TEST_F(Standing, ComesBackFromAwayWithTheFirstCommit) {
    EXPECT_EQ(look({.silent = 2s}), Level::away);
    EXPECT_EQ(look(commits(50ms)), Level::well);
    EXPECT_EQ(look({.without_commit = 3s}), Level::away);
    EXPECT_EQ(look(commits(1200ms)), Level::narrow);
}

}  // namespace
}  // namespace rightsline::health
