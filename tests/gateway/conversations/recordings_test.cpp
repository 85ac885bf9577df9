#include "gateway/conversations/recordings.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "gateway/http/error.hpp"
#include "tests/gateway/conversations/desk.hpp"

namespace rightsline::conversations {
namespace {

TEST_F(Desk, FetchesSealsErasesAndOnlyThenIsNothingPending) {
    adopt(job());
    EXPECT_EQ(pending(), "1");
    outside.replies = {{200, sound("canary voice")}, {204}};
    work();
    EXPECT_EQ(outside.asked, (std::vector<std::string>{"GET https://provider.example/RE1",
                                                       "DELETE https://provider.example/RE1"}));
    EXPECT_EQ(pending(), "0");
    EXPECT_EQ(opened(), sound("canary voice"));
    EXPECT_EQ(number({"EXISTS", keys.recording_job("0a0b")}), 0);
    EXPECT_EQ(number({"ZCARD", keys.recordings()}), 0);
    EXPECT_EQ(redis::shared_server().append_only_bytes().find("provider.example"), std::string::npos);
}

TEST_F(Desk, IsNotHeldBeforeTheProvidersCopyIsGone) {
    adopt(job());
    outside.replies = {{200, sound("canary voice")}, {500}};
    work();
    EXPECT_EQ(pending(), "1");
    clock.advance(std::chrono::minutes(6));
    outside.replies = {{404}};  // erased already: as good as erased now
    work();
    EXPECT_EQ(pending(), "0");
    EXPECT_EQ(outside.asked.size(), 3U);  // it was not fetched a second time
    EXPECT_EQ(opened(), sound("canary voice"));
}

TEST_F(Desk, BacksOffFromOneSecondToFiveMinutesAndNeverGivesUp) {
    adopt(job());
    std::vector<std::int64_t> waits;
    for (int i = 0; i < 12; ++i) {
        outside.replies = {{503}};
        work();
        const std::int64_t due = std::stoll(text({"ZSCORE", keys.recordings(), "0a0b"}));
        const std::int64_t now = clock.now().time_since_epoch().count();
        waits.push_back((due - now) / 1000);
        clock.advance(std::chrono::milliseconds(due - now));
    }
    EXPECT_EQ(waits, (std::vector<std::int64_t>{1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300}));
    EXPECT_EQ(pending(), "1");
    EXPECT_TRUE(empty_folder());
    outside.replies = {{200, sound("late")}, {204}};
    work();
    EXPECT_EQ(pending(), "0");
    EXPECT_EQ(opened(), sound("late"));
}

TEST_F(Desk, WhatAnotherServerBroughtHomeMeanwhileDoesNotComeBack) {
    adopt(job());
    const auto finish = [this]() -> Awaitable<void> {
        redis::Command job_goes{"DEL", keys.recording_job("0a0b")};
        const auto deleted = co_await client->execute(std::move(job_goes), far());
        redis::Command entry_goes{"ZREM", keys.recordings(), "0a0b"};
        const auto removed = co_await client->execute(std::move(entry_goes), far());
        EXPECT_TRUE(deleted && removed);
    };
    outside.meanwhile = finish;
    outside.replies = {{200, sound("canary voice")}, {500}};
    work();
    EXPECT_EQ(number({"EXISTS", keys.recording_job("0a0b")}), 0);
    EXPECT_EQ(number({"ZCARD", keys.recordings()}), 0);
}

TEST_F(Desk, WhatIsTakenAgainAfterItCameHomeComesToAnEndToo) {
    adopt(job());
    outside.replies = {{200, sound("canary voice")}, {204}};
    work();
    adopt(job());
    outside.replies = {{404}};
    work();
    EXPECT_EQ(pending(), "0");
    EXPECT_EQ(number({"EXISTS", keys.recording_job("0a0b")}), 0);
    EXPECT_EQ(number({"ZCARD", keys.recordings()}), 0);
    EXPECT_EQ(opened(), sound("canary voice"));
}

TEST_F(Desk, AnEntryWithoutAJobLeavesTheIndex) {
    ask({"ZADD", keys.recordings(), "1", "0a0b"});
    work();
    EXPECT_EQ(number({"ZCARD", keys.recordings()}), 0);
    EXPECT_TRUE(outside.asked.empty());
}

TEST_F(Desk, IsNotAskedBeforeItIsDue) {
    adopt(job());
    work();  // nobody is at home
    EXPECT_EQ(outside.asked.size(), 1U);
    work();
    EXPECT_EQ(outside.asked.size(), 1U);
}

TEST_F(Desk, WhatWasWithdrawnIsErasedAtTheProviderAndNeverFetched) {
    adopt(job());
    std::ofstream(desk->blob_path("0a0b") + ".part") << "begun by a process that was killed";
    ask({"DEL", keys.case_recordings("k1")});
    outside.replies = {{204}};
    work();
    EXPECT_EQ(outside.asked, (std::vector<std::string>{"DELETE https://provider.example/RE1"}));
    EXPECT_TRUE(empty_folder());
    EXPECT_EQ(pending(), "0");
}

TEST_F(Desk, WhatIsWithdrawnWhileItArrivesLeavesNothingOnTheDisk) {
    adopt(job());
    outside.replies = {{200, sound("canary voice")}, {204}};
    outside.meanwhile = [this]() -> Awaitable<void> {
        redis::Command gone{"DEL", keys.case_recordings("k1")};
        const auto done = co_await client->execute(std::move(gone), far());
        EXPECT_TRUE(done);
        desk->forget({"0a0b"});
    };
    work();
    EXPECT_TRUE(empty_folder());
    EXPECT_EQ(pending(), "0");
}

// Held, it would be erased at the provider: an empty body or a page with status 200 must not cost the worker's words.
TEST_F(Desk, WhatIsNoSoundIsNeverHeldAndTheProvidersCopyStays) {
    for (const char* body : {"", "<html>please log in</html>", "RIFF\0\0\0\0WAVE"}) {
        adopt(job());
        for (int i = 0; i < 20; ++i) {
            outside.replies = {{200, body}};
            work();
            clock.advance(std::chrono::minutes(6));
        }
        EXPECT_TRUE(empty_folder()) << body;
        EXPECT_NE(text({"HGET", keys.recordings_aside(), "0a0b"}).find("no recording"), std::string::npos);
    }
    EXPECT_TRUE(
        std::ranges::none_of(outside.asked, [](const auto& one) { return one.starts_with("DELETE"); }));
    clock.advance(std::chrono::hours(24));
    outside.replies = {{200, sound("found again")}, {204}};
    work();
    EXPECT_EQ(opened(), sound("found again"));
}

// A proxy or a full disk at the provider: fewer bytes than the file says it has, or openly only a piece of it.
TEST_F(Desk, ARecordingThatWasCutShortIsNeverHeldAndTheProvidersCopyStays) {
    const std::string cut = sound("canary voice").substr(0, 50);
    for (const auto& answer : {ScriptedOutside::Reply{200, cut}, {206, sound("a piece")}}) {
        adopt(job());
        outside.replies = {answer};
        work();
        EXPECT_TRUE(empty_folder()) << answer.status;
        EXPECT_EQ(pending(), "1") << answer.status;
        outside.replies = {{200, sound("whole")}, {204}};
        clock.advance(std::chrono::minutes(6));
        EXPECT_TRUE(
            std::ranges::none_of(outside.asked, [](const auto& one) { return one.starts_with("DELETE"); }));
        work();
        EXPECT_EQ(opened(), sound("whole"));
        outside.asked.clear();
        desk->forget({"0a0b"});
    }
}

// Whole by its head, and yet only a little of what was spoken: the provider had not written more when it was asked.
TEST_F(Desk, ARecordingThatIsShorterThanWasSpokenIsAskedForAgain) {
    RecordingJob one = job();
    one.seconds = 60;
    adopt(one);
    outside.replies = {{200, sound(std::string(10 * 8000, '.'))}};
    work();
    EXPECT_FALSE(on_disk());
    EXPECT_EQ(pending(), "1");
    EXPECT_EQ(outside.asked.size(), 1U) << "the provider's copy was left alone";
    clock.advance(std::chrono::seconds(2));
    outside.replies = {{200, sound(std::string(60 * 8000, '.'))}, {204}};
    work();
    EXPECT_TRUE(on_disk());
    EXPECT_EQ(pending(), "0");
}

TEST_F(Desk, BytesThatCameWithTheEventNeedNobodyOutside) {
    RecordingJob one = job();
    one.remote = {"RE1", "", "spoken into a simulated phone"};
    adopt(one);
    work();
    EXPECT_TRUE(outside.asked.empty());
    EXPECT_EQ(opened(), "spoken into a simulated phone");
    EXPECT_EQ(pending(), "0");
}

TEST_F(Desk, SeveralAreUnderWayAtOnceAndASlowOneHoldsNobodyBack) {
    for (int i = 0; i < 12; ++i) {
        RecordingJob one = job();
        one.id = std::string("0a") + static_cast<char>('a' + i);
        one.remote.url = "https://provider.example/" + one.id;
        adopt(one);
    }
    Gate slow(io);
    bool first = true;
    outside.meanwhile = [&]() -> Awaitable<void> {
        if (std::exchange(first, false)) {
            co_await slow.pass();
        }
    };
    for (int i = 0; i < 12; ++i) {
        outside.replies.insert(outside.replies.end(), {{200, sound("voice")}, {200, sound("voice")}});
    }
    tests::run(io, desk->work("fair-food"));
    tests::run_until(io, [this] { return pending() == "1"; });
    EXPECT_FALSE(desk->idle());
    slow.open();
    tests::run_until(io, [this] { return desk->idle(); });
    EXPECT_EQ(pending(), "0");
}

// The case of the recording stays open in the alarm, and a look each day finds it when it has become possible.
TEST_F(Desk, WhatIsTooLargeIsPutAsideWithAReasonAndLookedAtEachDay) {
    adopt(job());
    outside.fails = http::make_error_code(http::errc::answer_too_large);
    for (int i = 0; i < 3; ++i) {
        work();
        clock.advance(std::chrono::minutes(6));
    }
    EXPECT_NE(metrics.render().find("rightsline_recordings_put_aside_total 1"), std::string::npos);
    EXPECT_NE(text({"HGET", keys.recordings_aside(), "0a0b"}).find("larger than 8 MiB"), std::string::npos);
    const std::size_t asked = outside.asked.size();
    work();
    EXPECT_EQ(outside.asked.size(), asked);
    EXPECT_EQ(pending(), "1");
    clock.advance(std::chrono::hours(24));
    outside.fails = {};
    outside.replies = {{200, sound("shortened by hand")}, {204}};
    work();
    EXPECT_EQ(opened(), sound("shortened by hand"));
    EXPECT_EQ(pending(), "0");
    EXPECT_EQ(number({"HLEN", keys.recordings_aside()}), 0);
}

TEST_F(Desk, WhatTheProviderNoLongerHasIsPutAsideAfterAnHourOfAsking) {
    adopt(job());
    for (int i = 0; i < 20; ++i) {
        EXPECT_EQ(number({"HLEN", keys.recordings_aside()}), 0) << i;
        outside.replies = {{404}};
        work();
        let_another_go_first();
        work();
        clock.advance(std::chrono::minutes(6));
    }
    EXPECT_NE(text({"HGET", keys.recordings_aside(), "0a0b"}).find("no longer has it"), std::string::npos);
}

// Another server may hold it: it would never come to say so if this one were always quicker.
TEST_F(Desk, WhoHasNotGotItLetsAnotherGoFirst) {
    adopt(job());
    outside.replies = {{404}};
    work();
    EXPECT_EQ(outside.asked.size(), 1U);
    clock.advance(std::chrono::minutes(6));
    work();
    EXPECT_EQ(outside.asked.size(), 1U) << "it is due, and left to another for a moment";
    let_another_go_first();
    outside.replies = {{404}};
    work();
    EXPECT_EQ(outside.asked.size(), 2U);
}

// After a crash between the commit of the withdrawal and the deletion of the file.
TEST_F(Desk, AWithdrawalThatACrashCutShortIsFinishedByTheNextRound) {
    adopt(job());
    outside.replies = {{200, sound("canary voice")}, {204}};
    work();
    ASSERT_TRUE(on_disk());
    std::ofstream(desk->blob_path("0a0b") + ".part") << "left over";
    apply(desk->withdraw("fair-food", {"0a0b", "never here"}));
    ASSERT_TRUE(on_disk());
    EXPECT_EQ(number({"ZCARD", keys.withdrawn_recordings()}), 2);
    work();
    EXPECT_TRUE(empty_folder());
    EXPECT_EQ(number({"ZCARD", keys.withdrawn_recordings()}), 0);
}

TEST_F(Desk, AJobThatNoKeyOpensRestsFiveMinutesAndHoldsUpNobody) {
    adopt(job());
    ask({"SET", keys.recording_job("0a0b"), "nonsense"});
    RecordingJob other = job();
    other.id = "0c0d";
    adopt(other);
    outside.replies = {{200, sound("x")}, {204}};
    work();
    EXPECT_EQ(pending(), "1");
    const std::int64_t due = std::stoll(text({"ZSCORE", keys.recordings(), "0a0b"}));
    EXPECT_EQ(due - clock.now().time_since_epoch().count(), 300'000);
}

TEST_F(Desk, AJobWhoseWordsWereChangedInTheStoreIsLeftAlone) {
    adopt(job());
    ask({"SET", keys.recording_job("0a0b"), "nonsense"});
    outside.replies = {{200, sound("x")}};
    work();
    EXPECT_TRUE(outside.asked.empty());
    EXPECT_EQ(pending(), "1");
}

}  // namespace
}  // namespace rightsline::conversations
