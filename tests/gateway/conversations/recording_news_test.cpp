// A recording that the provider tells of by itself: taken by a turn long ago, or by nobody.
#include <gtest/gtest.h>

#include "tests/gateway/conversations/house.hpp"

namespace rightsline::conversations {
namespace {

class News : public WithTurns {
 protected:
    static providers::Inbound ready(int seconds = 9) {
        providers::Inbound news;
        news.hook = providers::Hook::recording;
        news.mode = flows::Mode::voice;
        news.call = "CA1";
        news.identity = "recording|RE1|completed";
        news.event = flows::Recorded{seconds == 0 ? "" : "RE1", flows::Seconds{seconds}};
        news.recording = providers::RemoteRecording{"RE1", "https://provider.example/RE1", ""};
        return news;
    }
    /// The step of the call that brings the same recording.
    static providers::Inbound step(int seconds = 9) {
        providers::Inbound step = ready(seconds);
        step.hook = providers::Hook::voice_step;
        step.turn = 5;
        step.identity = "step|CA1|5";
        step.content = "RE1";
        return step;
    }
    bool hear(int seconds = 9) {
        return tests::run(io, turns->hear_of_recording(line(), ready(seconds))).has_value();
    }
    /// What the background does each second.
    void look() {
        for (RecordingJob& job : tests::run(io, desk->untaken("fair-food"))) {
            tests::run(io, turns->file_untaken(std::move(job)));
        }
    }
    void later() { clock.advance(std::chrono::minutes(3)); }
};

TEST_F(News, OfWhatNobodyTookIsAReportOfItsOwnAndTheProvidersCopyGoes) {
    EXPECT_TRUE(hear());
    look();
    EXPECT_EQ(number({"ZCARD", keys.cases()}), 0) << "a turn still has time to take it";
    later();
    look();
    ASSERT_EQ(number({"ZCARD", keys.cases()}), 1);
    EXPECT_EQ(WithServer::text({"HGET", keys_like("{fair-food}:k:*").front(), "reason"}), "late_recording");
    EXPECT_EQ(adopted, 1);
    outside.replies = {{200, sound("canary voice")}, {204}};
    work();
    EXPECT_EQ(outside.asked, (std::vector<std::string>{"GET https://provider.example/RE1",
                                                       "DELETE https://provider.example/RE1"}));
    hear();  // told again
    later();
    look();
    EXPECT_EQ(number({"ZCARD", keys.cases()}), 1);
    EXPECT_EQ(number({"ZCARD", keys.untaken_recordings()}), 0);
}

TEST_F(News, OfWhatATurnTookChangesNothing) {
    EXPECT_TRUE(hear());
    say(step());
    const std::int64_t filed = number({"ZCARD", keys.cases()});
    const std::int64_t jobs = number({"ZCARD", keys.recordings()});
    later();
    look();
    EXPECT_EQ(number({"ZCARD", keys.cases()}), filed);
    EXPECT_EQ(number({"ZCARD", keys.recordings()}), jobs);
    EXPECT_EQ(number({"ZCARD", keys.untaken_recordings()}), 0);
    EXPECT_EQ(count_of("{fair-food}:rj:*"), 1U);
}

// A turn whose commit landed unheard is spooled, and drained as news of the recording that it has taken.
TEST_F(News, OfARecordingThatIsOnItsWayLeavesItsJobAlone) {
    say(step());
    ASSERT_TRUE(tests::run(io, turns->hear_of_recording(line(), step())).has_value());
    outside.replies = {{200, sound("canary voice")}, {204}};
    work();
    EXPECT_EQ(outside.asked, (std::vector<std::string>{"GET https://provider.example/RE1",
                                                       "DELETE https://provider.example/RE1"}))
        << "fetched before the provider's copy goes";
    EXPECT_EQ(count_of("{fair-food}:rj:*"), 0U);
    later();
    look();
    EXPECT_EQ(count_of("{fair-food}:rn:*"), 0U);
    EXPECT_EQ(number({"ZCARD", keys.untaken_recordings()}), 0);
}

TEST_F(News, OfSilenceMakesNoReportButTheCopyGoes) {
    EXPECT_TRUE(hear(0));
    later();
    look();
    EXPECT_EQ(number({"ZCARD", keys.cases()}), 0);
    outside.replies = {{204}};
    work();
    EXPECT_EQ(outside.asked, (std::vector<std::string>{"DELETE https://provider.example/RE1"}));
}

// Whoever took it, the length that was told is held against what the provider gives.
TEST_F(News, AndStepsSayHowMuchOfItMustCome) {
    EXPECT_TRUE(hear(60));
    later();
    look();
    outside.replies = {{200, sound("a moment of a minute")}};
    work();
    EXPECT_EQ(outside.asked, (std::vector<std::string>{"GET https://provider.example/RE1"}));
    outside.asked.clear();
    ask({"FLUSHALL"});
    say(step(60));
    outside.replies = {{200, sound("a moment of a minute")}};
    work();
    EXPECT_EQ(outside.asked, (std::vector<std::string>{"GET https://provider.example/RE1"}));
}

TEST_F(News, ThatNoKeyOpensRestsAndHoldsUpNobody) {
    EXPECT_TRUE(hear());
    ask({"SET", keys_like("{fair-food}:rn:*").front(), "nonsense"});
    later();
    look();
    EXPECT_EQ(number({"ZCARD", keys.untaken_recordings()}), 1);
    const redis::Reply first = ask({"ZRANGE", keys.untaken_recordings(), "0", "0", "WITHSCORES"});
    const std::int64_t due = std::stoll(*first.array()->at(1).string());
    EXPECT_EQ(due - clock.now().time_since_epoch().count(), 300'000);
}

TEST_F(News, ThatComesWhileTheStoreIsGoneIsKeptUntilItIsBack) {
    redis::shared_server().kill();
    EXPECT_FALSE(hear()) << "the provider may tell it again";
    redis::shared_server().start();
    look();
    later();
    look();
    EXPECT_EQ(number({"ZCARD", keys.cases()}), 1);
}

}  // namespace
}  // namespace rightsline::conversations
