// What was kept while the store was gone, taken afterwards: in order, once, and nothing of it lost on the way.
#include "gateway/hooks/drain.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>

#include "gateway/conversations/error.hpp"
#include "gateway/ops/pause.hpp"
#include "gateway/spool/error.hpp"
#include "tests/gateway/conversations/house.hpp"
#include "tests/gateway/spool/memory_file.hpp"

namespace rightsline::hooks {
namespace {

using conversations::LineContext;
using conversations::SpooledText;

class Drains : public conversations::WithTurns {
 protected:
    void SetUp() override {
        WithTurns::SetUp();
        open_spool();
    }
    void TearDown() override {
        close_spool();
        WithTurns::TearDown();
    }
    /// As a start does; what was there is still there.
    void open_spool() {
        close_spool();
        Result<std::unique_ptr<spool::Spool>> opened =
            tests::run(io, spool::Spool::open({*vault, clock, metrics, workers, io.get_executor()}, file));
        ASSERT_TRUE(opened);
        spool = std::move(*opened);
        ended = false;
        boost::asio::co_spawn(io, spool->keep_writing(),
                              boost::asio::bind_cancellation_slot(
                                  stop.slot(), [this](const std::exception_ptr&) { ended = true; }));
        conversations::TurnServices services{
            *client, *vault, *packs, *deeds, *desk, clock, metrics, [](const std::string&) {}, [] {}};
        services.spool = spool.get();
        turns = std::make_unique<conversations::Turns>(
            std::move(services), std::map<std::string, conversations::ProgramContext>{
                                     {"fair-food", {public_key, [](ops::UtcMs) { return 0; }}}});
        drain = std::make_unique<Drain>(
            DrainServices{*spool, *turns, *desk, clock, [this](const SpooledText& text) -> LineContext {
                              LineContext context = line();
                              context.program = text.program;
                              return context;
                          }});
    }
    void close_spool() {
        if (spool && !ended) {
            stop.emit(boost::asio::cancellation_type::terminal);
            tests::run_until(io, [this] { return ended; });
        }
        drain.reset();
        spool.reset();
    }
    /// Whether all is drained.
    bool work() { return tests::run(io, drain->work()); }
    Result<void> keep(std::string bytes) { return tests::run(io, spool->append(std::move(bytes), far())); }
    Result<void> keep(const providers::Inbound& inbound) {
        return keep(to_bytes(SpooledText{"fair-food", "main", inbound}));
    }
    std::size_t events() { return count_of("{fair-food}:e:*"); }
    std::size_t parts() {
        std::size_t all = 0;
        for (const std::string& key : keys_like("{fair-food}:kp:*")) {
            all += static_cast<std::size_t>(number({"LLEN", key}));
        }
        return all;
    }

    std::shared_ptr<spool::MemoryFile> file = std::make_shared<spool::MemoryFile>();
    ops::Workers workers{io.get_executor(), {}};
    boost::asio::cancellation_signal stop;
    bool ended = true;
    std::unique_ptr<spool::Spool> spool;
    std::unique_ptr<Drain> drain;
};

TEST_F(Drains, ATextThatFoundNoStoreIsSaidToHaveArrivedAndIsTakenLater) {
    say(text("SM1", "1"));
    redis::shared_server().kill();
    const std::string arrived = say(text("SM2", "my boss takes our pay"));
    redis::shared_server().start();
    EXPECT_NE(arrived.find("common.arrived"), std::string::npos) << arrived;
    EXPECT_EQ(spool->waiting(), 1U);
    EXPECT_TRUE(work());
    EXPECT_EQ(spool->waiting(), 0U);
    EXPECT_EQ(events(), 2U);
    EXPECT_EQ(parts(), 1U);
}

TEST_F(Drains, WhatIsDrainedTwiceIsTakenOnce) {
    ASSERT_TRUE(keep(text("SM1", "my boss takes our pay")));
    ASSERT_TRUE(work());
    ASSERT_TRUE(keep(text("SM1", "my boss takes our pay")));  // killed before the mark was on the disk
    ASSERT_TRUE(work());
    EXPECT_EQ(events(), 1U);
    EXPECT_EQ(parts(), 1U);
}

TEST_F(Drains, AnUnknownCommitThatDidLandIsARepeat) {
    say(text("SM1", "my boss takes our pay"));
    ASSERT_TRUE(keep(text("SM1", "my boss takes our pay")));
    ASSERT_TRUE(work());
    EXPECT_EQ(parts(), 1U);
}

TEST_F(Drains, TextsOfOneWorkerBecomeOneReportInOrder) {
    ASSERT_TRUE(keep(text("SM1", "my boss takes our pay")));
    clock.advance(std::chrono::seconds(5));
    ASSERT_TRUE(keep(text("SM2", "1")));  // no answer to anything that was read
    ASSERT_TRUE(keep(text("SM3", "every week since May")));
    clock.advance(std::chrono::minutes(5));
    ASSERT_TRUE(work());
    EXPECT_EQ(count_of("{fair-food}:kp:*"), 1U);
    EXPECT_EQ(parts(), 2U);
}

TEST_F(Drains, StopIsInTheSetWhenAllIsDrained) {
    say(text("SM1", "hello"));
    providers::Inbound stop_text = text("SM2", "STOP");
    stop_text.carrier_answered_stop = true;
    ASSERT_TRUE(keep(stop_text));
    ASSERT_TRUE(work());
    EXPECT_EQ(number({"SCARD", keys.stopped()}), 1);
}

TEST_F(Drains, NothingLeavesWhileTheStoreIsGone) {
    ASSERT_TRUE(keep(text("SM1", "my boss takes our pay")));
    ASSERT_TRUE(keep(text("SM2", "every week")));
    redis::shared_server().kill();
    EXPECT_FALSE(work());
    EXPECT_EQ(spool->waiting(), 2U);
    redis::shared_server().start();
    EXPECT_TRUE(work());
    EXPECT_EQ(events(), 2U);
}

TEST_F(Drains, WhatANewerBuildWroteIsWaitedForAndNothingOvertakesIt) {
    ASSERT_TRUE(keep(std::string(R"({"v":2,"kind":"text"})")));
    ASSERT_TRUE(keep(text("SM1", "my boss takes our pay")));
    EXPECT_FALSE(work());
    EXPECT_EQ(spool->waiting(), 2U);
    EXPECT_EQ(events(), 0U);
}

TEST_F(Drains, WhatNobodyCanReadIsSteppedOver) {
    ASSERT_TRUE(keep(std::string("?")));
    ASSERT_TRUE(keep(text("SM1", "my boss takes our pay")));
    EXPECT_TRUE(work());
    EXPECT_EQ(events(), 1U);
}

TEST_F(Drains, WhatIsOfAProgramThatCannotBeLoadedHoldsUpNoOther) {
    ASSERT_TRUE(keep(to_bytes(SpooledText{"lost", "main", text("SM1", "STOP")})));
    ASSERT_TRUE(keep(text("SM2", "my boss takes our pay")));
    ASSERT_TRUE(keep(to_bytes(SpooledText{"lost", "main", text("SM3", "START")})));
    EXPECT_FALSE(work());
    EXPECT_EQ(events(), 1U);
    EXPECT_EQ(spool->waiting(), 2U) << "nothing of it is dropped";
    EXPECT_EQ(drain->waiting(), 0U) << "and it holds no answer of the others";
    ASSERT_TRUE(keep(text("SM4", "every week since May")));
    EXPECT_EQ(drain->waiting(), 1U);
    EXPECT_FALSE(work());
    EXPECT_EQ(events(), 2U);
    tests::run(io, ops::pause(std::chrono::milliseconds(1500)));  // the mark of what was drained
    open_spool();
    EXPECT_GE(spool->waiting(), 2U) << "what still waits comes again after a start";
    EXPECT_FALSE(work());
    EXPECT_EQ(events(), 2U) << "what was taken out of its turn is a repeat";
    EXPECT_EQ(parts(), 2U);
}

TEST(DrainsFirst, HoldsFromTheMomentThatTheStoreTakesCommits) {
    using std::chrono::minutes;
    const Deadline start{std::chrono::hours(1)};
    DrainsFirst first;
    first.look(true, 0, start);
    EXPECT_FALSE(first.holds(0, start));
    for (int minute = 0; minute <= 30; ++minute) {  // full for half an hour: connected, and it takes nothing
        first.look(false, 1, start + minutes(minute));
        EXPECT_TRUE(first.holds(1, start + minutes(minute)));
    }
    first.look(true, 1, start + minutes(31));
    EXPECT_TRUE(first.holds(1, start + minutes(31))) << "it may be STOP";
    EXPECT_FALSE(first.holds(1, start + minutes(41))) << "but not for ever";
}

TEST_F(Drains, TheNewsOfARecordingBecomesAReport) {
    providers::Inbound news;
    news.hook = providers::Hook::recording;
    news.mode = flows::Mode::voice;
    news.call = "CA1";
    news.identity = "recording|RE1|completed";
    news.event = flows::Recorded{"RE1", flows::Seconds{9}};
    news.recording = providers::RemoteRecording{"RE1", "https://provider.example/RE1", ""};
    redis::shared_server().kill();
    EXPECT_TRUE(tests::run(io, turns->hear_of_recording(line(), news)))
        << "it is kept, so the provider is told so";
    EXPECT_EQ(spool->waiting(), 1U);
    open_spool();  // killed and started again
    redis::shared_server().start();
    ASSERT_TRUE(work());
    clock.advance(std::chrono::minutes(3));
    for (conversations::RecordingJob& job : tests::run(io, desk->untaken("fair-food"))) {
        tests::run(io, turns->file_untaken(std::move(job)));
    }
    EXPECT_EQ(number({"ZCARD", keys.cases()}), 1);
}

TEST_F(Drains, AFailedDiskMakesNoPromise) {
    file->fail_sync = true;
    redis::shared_server().kill();
    const std::string unsure = say(text("SM1", "my boss takes our pay"));
    const std::string refused = say(text("SM2", "every week"));
    redis::shared_server().start();
    EXPECT_NE(unsure.find("common.not_sure"), std::string::npos) << unsure;
    EXPECT_NE(refused.find("common.not_kept"), std::string::npos) << refused;
}

}  // namespace
}  // namespace rightsline::hooks
