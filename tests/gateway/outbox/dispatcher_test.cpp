#include <boost/json.hpp>

#include "tests/gateway/outbox/dispatching.hpp"

namespace rightsline::outbox {
namespace {

TEST_F(Dispatching, SendsWhatWasPostedOnce) {
    start();
    post("a", text(Lane::reply));
    wait_done("a");
    pass(100ms);
    ASSERT_EQ(outside.asked.size(), 1U);
    EXPECT_EQ(note("a"), "accepted m1 queued");
    EXPECT_NE(outside.asked[0].body.find("A word for you."), std::string::npos);
    EXPECT_NE(outside.asked[0].body.find("/hooks/main/status?m=a"), std::string::npos);
}

/// Whether its receipts come or not: its name at the provider is known from here on.
TEST_F(Dispatching, WhatSaysACodeIsAskedToGoAtTheProviderHalfAnHourLater) {
    lines.at(line).erased_at = "main";
    const std::string event(32, 'a');
    start();
    post("tc" + event + "-1", text(Lane::reply));
    wait_done("tc" + event + "-1");
    post("t" + event + "-2", text(Lane::reply, 0, "+15005550002"));
    wait_done("t" + event + "-2");
    EXPECT_EQ(number({"ZCARD", keys.copies("main")}), 1);
    const auto score = ask({"ZSCORE", keys.copies("main"), "m1"});
    ASSERT_NE(score.string(), nullptr);
    EXPECT_GT(std::stoll(*score.string()), (clock.now() + 29min).time_since_epoch().count());
}

TEST_F(Dispatching, WhatSaysACodeStaysAtAProviderWhoseCopiesAreKept) {
    const std::string id = "tc" + std::string(32, 'a') + "-1";
    start();
    post(id, text(Lane::reply));
    wait_done(id);
    EXPECT_EQ(number({"ZCARD", keys.copies("main")}), 0);
}

TEST_F(Dispatching, TheStoreNeverHoldsTheWordsOrTheNumberInClear) {
    Message message = text(Lane::reply, 0, "+15005559137");
    message.recipient = "keyed";
    message.what = Text{locales::PrivateText("Words of this test alone."), 600s};
    post("a", std::move(message));
    const std::string stored = text_of_store();
    EXPECT_NE(stored.find("{fair-food}:oj:"), std::string::npos);
    EXPECT_EQ(stored.find("Words of this test alone."), std::string::npos);
    EXPECT_EQ(stored.find("5005559137"), std::string::npos);
}

TEST_F(Dispatching, TwoServersSendEachMessageOnce) {
    start("gw-1");
    start("gw-2");
    for (int i = 0; i < 100; ++i) {
        post("m" + std::to_string(i), text(Lane::reply, 0, "+1500555" + std::to_string(1000 + i)));
    }
    for (int i = 0; i < 100; ++i) {
        wait_done("m" + std::to_string(i));
    }
    EXPECT_EQ(outside.asked.size(), 100U);
}

TEST_F(Dispatching, BlastsWaitWhileTheyArePausedAndNothingElseDoes) {
    start().pause_blasts(true);
    post("blast", text(Lane::blast));
    post("reply", text(Lane::reply, 0, "+15005550002"));
    post("alert", text(Lane::alert, 0, "+15005550003"));
    wait_done("reply");
    wait_done("alert");
    pass(600ms);
    EXPECT_FALSE(is_done("blast"));
    dispatchers.back()->pause_blasts(false);
    wait_done("blast");
}

/// At the end of a process: whoever is there need not wait for our lease to run out.
TEST_F(Dispatching, GivesBackWhatItHasClaimedAndNotMarked) {
    post("a", text(Lane::reply));
    dispatchers.push_back(std::make_unique<Dispatcher>(
        DispatchServices{*client, *vault, clock, metrics, outside,
                         [this](Awaitable<void> task) {  // it is claimed, and that moment we are told to end
                             dispatchers.front()->close();
                             tasks->spawn("send", std::move(task));
                         },
                         "gw-1"},
        *outbox, io.get_executor()));
    tasks->spawn("sending", dispatchers.front()->keep_sending(line));
    const auto until = std::chrono::steady_clock::now() + 10s;
    while (state("a")->claims == 0 && std::chrono::steady_clock::now() < until) {
        pass(5ms);
    }
    pass(50ms);
    EXPECT_TRUE(outside.asked.empty());
    EXPECT_EQ(state("a")->phase, redis::JobState::Phase::queued);
    EXPECT_EQ(state("a")->attempts, 0);
    start("gw-2");
    wait_done("a");
    EXPECT_EQ(outside.asked.size(), 1U);
}

TEST_F(Dispatching, NobodyIsTextedAfterStop) {
    post("a", text(Lane::alert));
    ask({"SADD", keys.stopped(), "phone15005550001"});
    start();
    wait_done("a");
    EXPECT_TRUE(outside.asked.empty());
    EXPECT_EQ(note("a"), "stopped");
}

TEST_F(Dispatching, NobodyIsCalledAfterStopWhoAskedForItBefore) {
    Message call = text(Lane::reply);
    call.what = Call{"/missed?t=1"};
    post("a", call);
    ask({"SADD", keys.stopped(), "phone15005550001"});
    start();
    wait_done("a");
    EXPECT_TRUE(outside.asked.empty());
    EXPECT_EQ(note("a"), "stopped");
}

TEST_F(Dispatching, WhoIsOnCallIsCalledOfADangerAlsoAfterStop) {
    Message call = text(Lane::alert);
    call.what = Call{"/alert?t=1"};
    post("a", call);
    ask({"SADD", keys.stopped(), "phone15005550001"});
    start();
    wait_done("a");
    EXPECT_EQ(outside.asked.size(), 1U);
}

TEST_F(Dispatching, WhatLeavesByAYesDoesNotLeaveWithoutIt) {
    Message asked_for = text(Lane::reply);
    asked_for.only_while = {keys.case_contact("1"), "number", "sealed"};
    ask({"HSET", keys.case_contact("1"), "number", "sealed"});
    post("a", asked_for);
    start();
    wait_done("a");
    EXPECT_EQ(outside.asked.size(), 1U);
    ask({"DEL", keys.case_contact("1")});
    post("b", asked_for);
    wait_done("b");
    EXPECT_EQ(note("b"), "withdrawn");
    EXPECT_EQ(outside.asked.size(), 1U);
}

TEST_F(Dispatching, TheCarrierTriesNoLongerThanTheHoursLast) {
    Message late = text(Lane::reply);
    late.arrive_by = std::chrono::floor<std::chrono::milliseconds>(clock.now()) + 200s;
    post("a", late);
    post("b", text(Lane::reply));
    start();
    wait_done("a");
    wait_done("b");
    const auto validity = [&](std::size_t i) {
        return boost::json::parse(outside.asked.at(i).body).at("validity").to_number<int>();
    };
    ASSERT_EQ(outside.asked.size(), 2U);
    const int least = std::min(validity(0), validity(1));
    const int most = std::max(validity(0), validity(1));
    EXPECT_LE(least, 200);
    EXPECT_GE(least, 150);
    EXPECT_EQ(most, 600);
}

TEST_F(Dispatching, APhoneGetsNoMoreThanItsShareOfTheDay) {
    lines.at(line).limits.texts_per_recipient_a_day = 2;
    for (const char* id : {"a", "b", "c"}) {
        post(id, text(Lane::reply));
    }
    start();
    for (const char* id : {"a", "b", "c"}) {
        wait_done(id);
    }
    EXPECT_EQ(outside.asked.size(), 2U);
    EXPECT_EQ(note("c"), "capped");
}

TEST_F(Dispatching, AnAlertIsNotCapped) {
    lines.at(line).limits = {1, 1, {}};
    for (const char* id : {"a", "b", "c"}) {
        post(id, text(Lane::alert));
    }
    start();
    for (const char* id : {"a", "b", "c"}) {
        wait_done(id);
    }
    EXPECT_EQ(outside.asked.size(), 3U);
}

TEST_F(Dispatching, ACountryThatIsNotAllowedIsRefusedAtOnce) {
    lines.at(line).limits.prefixes = {"+266"};
    open_outbox();
    const auto refused = tests::run(io, outbox->post(line, "a", text(Lane::reply), clock.now()));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error(), make_error_code(errc::prefix_refused));
    const auto nowhere = tests::run(io, outbox->post("+1", "a", text(Lane::reply), clock.now()));
    EXPECT_EQ(nowhere.error(), make_error_code(errc::no_line));
}

TEST_F(Dispatching, AReplyWhoseAnswerWasLostIsNeverRepeated) {
    outside.answer = [](const http::Outgoing&) { return net::make_error_code(net::errc::lost); };
    start();
    post("a", text(Lane::reply));
    while (!state("a") || state("a")->phase != redis::JobState::Phase::unknown) {
        pass(20ms);
    }
    look_at_doubts_now();
    wait_done("a");
    EXPECT_EQ(note("a"), "unknown");
    EXPECT_EQ(outside.asked.size(), 1U);
}

TEST_F(Dispatching, AReceiptEndsTheDoubt) {
    outside.answer = [](const http::Outgoing&) { return net::make_error_code(net::errc::lost); };
    start();
    post("a", text(Lane::alert, 3));
    ASSERT_TRUE(tests::run(
        io, outbox->hear("fair-food", "a", "event1", Receipt{clock.now(), "sent", ""}, redis::in(5s))));
    ASSERT_TRUE(tests::run(
        io, outbox->hear("fair-food", "a", "event1", Receipt{clock.now(), "sent", ""}, redis::in(5s))));
    wait_done("a");
    EXPECT_EQ(note("a"), "accepted by its receipt");
    EXPECT_EQ(outside.asked.size(), 1U);
    EXPECT_EQ(number({"LLEN", keys.receipts("a")}), 1);
}

TEST_F(Dispatching, AnAlertWhoseAnswerWasLostGoesAgainAsOftenAsItMay) {
    outside.answer = [](const http::Outgoing&) { return net::make_error_code(net::errc::lost); };
    start();
    post("a", text(Lane::alert, 2));
    wait_done("a");
    EXPECT_EQ(outside.asked.size(), 3U);
    EXPECT_EQ(note("a"), "unknown");
}

TEST_F(Dispatching, NobodyAtHomeIsTriedAgain) {
    outside.answer = [this](const http::Outgoing&) -> Result<http::Answer> {
        if (outside.asked.size() == 1) {
            return net::make_error_code(net::errc::refused);
        }
        return outside.accepted();
    };
    start();
    post("a", text(Lane::reply));
    wait_done("a");
    EXPECT_EQ(outside.asked.size(), 2U);
    EXPECT_EQ(note("a"), "accepted m2 queued");
}

TEST_F(Dispatching, A429WaitsAsAskedAndCountsAsNoAttempt) {
    outside.answer = [this](const http::Outgoing&) -> Result<http::Answer> {
        return outside.asked.size() <= 2 ? status(429, {{"Retry-After", "1"}}) : outside.accepted();
    };
    start();
    const auto began = std::chrono::steady_clock::now();
    post("a", text(Lane::reply));
    wait_done("a");
    EXPECT_GE(std::chrono::steady_clock::now() - began, 2s);
    EXPECT_EQ(state("a")->attempts, 1);
}

TEST_F(Dispatching, ARefusalEndsWithItsReason) {
    outside.answer = [](const http::Outgoing&) -> Result<http::Answer> {
        return status(400, {}, R"({"code": 21610, "message": "no"})");
    };
    start();
    post("a", text(Lane::alert, 3));
    wait_done("a");
    EXPECT_TRUE(note("a").starts_with("rejected 21610/400 ")) << note("a");
    EXPECT_EQ(outside.asked.size(), 1U);
}

TEST_F(Dispatching, AStoppedAccountKeepsItsMessagesAndIsLeftAlone) {
    outside.answer = [](const http::Outgoing&) -> Result<http::Answer> {
        return status(401, {}, R"({"code": 20003})");
    };
    start();
    post("a", text(Lane::reply));
    post("b", text(Lane::reply));
    pass(500ms);
    EXPECT_LE(outside.asked.size(), 2U);
    EXPECT_FALSE(is_done("a"));
    EXPECT_FALSE(is_done("b"));
}

TEST_F(Dispatching, ALineWhoseProviderIsSilentHoldsUpNoOther) {
    outside.answer = [this](const http::Outgoing& request) -> Result<http::Answer> {
        if (request.body.find(line) != std::string::npos) {
            return net::make_error_code(net::errc::refused);
        }
        return outside.accepted();
    };
    start();
    for (int i = 0; i < 20; ++i) {
        post("x" + std::to_string(i), text(Lane::reply));
        post("y" + std::to_string(i), text(Lane::reply), other_line);
    }
    const auto all_there = [&] {
        int done = 0;
        for (int i = 0; i < 20; ++i) {
            const auto found = state("y" + std::to_string(i), other_line);
            done += found && found->phase == redis::JobState::Phase::done ? 1 : 0;
        }
        return done == 20;
    };
    const auto until = std::chrono::steady_clock::now() + 10s;
    while (!all_there() && std::chrono::steady_clock::now() < until) {
        pass(20ms);
    }
    EXPECT_TRUE(all_there());
}

TEST_F(Dispatching, ASilentProviderIsLeftAloneAfterFiveFailures) {
    outside.answer = [](const http::Outgoing&) { return net::make_error_code(net::errc::refused); };
    start();
    for (int i = 0; i < 200; ++i) {
        post("x" + std::to_string(i), text(Lane::reply));
    }
    pass(1500ms);
    EXPECT_LE(outside.asked.size(), 64U + 5U);  // what was under way when it was noticed
}

TEST_F(Dispatching, ALineKeepsItsRate) {
    lines.at(line).rate = {100'000, 1};  // ten a second
    for (int i = 0; i < 6; ++i) {
        post("x" + std::to_string(i), text(Lane::alert));
    }
    start();
    const auto began = std::chrono::steady_clock::now();
    for (int i = 0; i < 6; ++i) {
        wait_done("x" + std::to_string(i));
    }
    EXPECT_GE(std::chrono::steady_clock::now() - began, 480ms);
    EXPECT_EQ(outside.asked.size(), 6U);
}

TEST_F(Dispatching, WhatACrashedServerWasSendingIsInDoubtAndWhatItOnlyHeldIsNot) {
    post("held", text(Lane::reply));
    post("sending", text(Lane::reply, 0, "+15005550002"));
    redis::Claim claim;
    claim.owner = "gone";
    claim.lease_ms = 50;
    claim.most = 2;
    claim.now_ms = clock.now().time_since_epoch().count();
    const redis::LeaseQueue& queue = lines.at(line).queue;
    const auto claimed = tests::run(io, redis::claim(*client, queue, claim, redis::in(5s)));
    ASSERT_EQ(claimed->jobs.size(), 2U);
    const auto& job = claimed->jobs[claimed->jobs[0].lease.id == "sending" ? 0 : 1];
    const auto marked =
        tests::run(io, redis::mark_submitting(*client, queue, job.lease, 50, {}, redis::in(5s)));
    ASSERT_EQ(marked->outcome, redis::Marked::Outcome::go);
    pass(100ms);
    start();
    wait_done("held");
    wait_done("sending");
    EXPECT_EQ(outside.asked.size(), 1U);
    EXPECT_EQ(note("sending"), "unknown");
    EXPECT_TRUE(note("held").starts_with("accepted"));
}

TEST_F(Dispatching, WhatIsTooLateIsNotSent) {
    Message message = text(Lane::reply);
    message.not_after = clock.now() - 1s;
    post("a", std::move(message));
    start();
    wait_done("a");
    EXPECT_EQ(note("a"), "too_late");
    EXPECT_TRUE(outside.asked.empty());
}

TEST_F(Dispatching, AClosedDispatcherBeginsNothing) {
    Dispatcher& dispatcher = start();
    dispatcher.close();
    post("a", text(Lane::reply));
    pass(600ms);
    EXPECT_TRUE(outside.asked.empty());
}

TEST_F(Dispatching, ACallAsksForItsPage) {
    Message call = text(Lane::alert, 3);
    call.what = Call{"/alert?a=1", 20s};
    start();
    post("a", std::move(call));
    wait_done("a");
    ASSERT_EQ(outside.asked.size(), 1U);
    EXPECT_NE(outside.asked[0].body.find("https://h.example/hooks/main/alert?a=1"), std::string::npos);
}

}  // namespace
}  // namespace rightsline::outbox
