// One message to many: once each, whoever works at it, whenever somebody dies.
#include "gateway/outbox/expansion.hpp"

#include <boost/asio/co_spawn.hpp>

#include "tests/gateway/outbox/dispatching.hpp"

namespace rightsline::outbox {
namespace {

constexpr std::size_t recipients = 450;

class Expansions : public Dispatching {
 protected:
    void SetUp() override {
        Dispatching::SetUp();
        open_outbox();
    }
    Expander expander() { return {*client, *outbox, clock}; }
    Expansion to(std::size_t total, std::size_t chunk = largest_chunk) {
        return {"k2", line, total, {}, chunk};
    }
    static std::string number_of(std::size_t index) { return "+1500" + std::to_string(5'550'000 + index); }
    Awaitable<Result<std::vector<Message>>> page(std::size_t first, std::size_t most) {
        ++asked;
        std::vector<Message> messages;
        for (std::size_t i = first; i < first + most; ++i) {
            messages.push_back(text(Lane::alert, 3, number_of(i)));
            std::get<Text>(messages.back().what).body = locales::PrivateText(words);
        }
        co_return messages;
    }
    Plan plan() {
        return [this](std::size_t first, std::size_t most) { return page(first, most); };
    }
    Result<Cursor> step(const Expansion& expansion, Plan plan) {
        Expander one = expander();
        return tests::run(io, one.step(expansion, std::move(plan), redis::in(5s)));
    }
    Cursor to_the_end(const Expansion& expansion) {
        Result<Cursor> at = step(expansion, plan());
        while (at && !at->finished()) {
            at = step(expansion, plan());
        }
        EXPECT_TRUE(at) << at.error().message();
        return at ? *at : Cursor{};
    }
    Awaitable<void> run_to_the_end(Expansion expansion, int& steps) {
        Expander one = expander();
        for (bool going = true; going; ++steps) {
            const Result<Cursor> at = co_await one.step(expansion, plan(), redis::in(5s));
            EXPECT_TRUE(at) << at.error().message();
            going = at && !at->finished();
        }
    }
    Cursor cursor(const Expansion& expansion) {
        Expander one = expander();
        return *tests::run(io, one.look(expansion, redis::in(5s)));
    }
    std::int64_t enqueued() { return number({"HLEN", lines.at(line).queue.states}); }
    std::int64_t waiting() { return number({"ZCARD", lines.at(line).queue.lanes[2]}); }
    void lose_cursor() { ask({"DEL", keys.expansion("k2")}); }

    std::string words = "A word for you.";
    int asked = 0;
};

TEST_F(Expansions, PutEachRecipientInOnceInTheBlastLane) {
    const Cursor end = to_the_end(to(recipients));
    EXPECT_EQ(end.enqueued, recipients);
    EXPECT_EQ(enqueued(), recipients);
    EXPECT_EQ(waiting(), recipients);
    EXPECT_TRUE(state("bk2-0") && state("bk2-449") && !state("bk2-450"));
    EXPECT_EQ(asked, 3);  // chunks of 200, 200 and 50
}

TEST_F(Expansions, AStepIsOneChunk) {
    const Result<Cursor> at = step(to(recipients), plan());
    ASSERT_TRUE(at);
    EXPECT_EQ(at->next, largest_chunk);
    EXPECT_EQ(enqueued(), largest_chunk);
    EXPECT_FALSE(at->finished());
}

TEST_F(Expansions, AFinishedOneAsksNobodyAndAddsNothing) {
    to_the_end(to(recipients));
    asked = 0;
    EXPECT_EQ(to_the_end(to(recipients)).enqueued, recipients);
    EXPECT_EQ(asked, 0);
    EXPECT_EQ(enqueued(), recipients);
}

TEST_F(Expansions, TwoAtOnceMakeOneOfIt) {
    int steps[2] = {0, 0};
    for (int& mine : steps) {
        tasks->spawn("expanding", run_to_the_end(to(recipients, 7), mine));
    }
    const auto until = std::chrono::steady_clock::now() + 10s;
    while (tasks->live() != 0 && std::chrono::steady_clock::now() < until) {
        pass(5ms);
    }
    ASSERT_EQ(tasks->live(), 0U);
    EXPECT_EQ(cursor(to(recipients, 7)).enqueued, recipients);
    EXPECT_EQ(waiting(), recipients);
    EXPECT_GT(steps[0], 1);
    EXPECT_GT(steps[1], 1);
}

TEST_F(Expansions, WhoIsOvertakenBetweenReadingAndCommitHasWrittenNothing) {
    const Expansion all = to(recipients);
    const Plan overtaken = [this, all](std::size_t first,
                                       std::size_t most) -> Awaitable<Result<std::vector<Message>>> {
        int steps = 0;
        co_await run_to_the_end(all, steps);
        co_return co_await page(first, most);
    };
    const Result<Cursor> at = step(all, overtaken);
    ASSERT_TRUE(at);
    EXPECT_TRUE(at->finished());  // read anew: it is not where this one thought
    EXPECT_EQ(at->enqueued, recipients);
    EXPECT_EQ(at->there, 0U);
    EXPECT_EQ(waiting(), recipients);
}

TEST_F(Expansions, ACrashBetweenChunksAddsNothingAndMissesNothing) {
    ASSERT_TRUE(step(to(recipients), plan()));
    const Plan dies = [](std::size_t, std::size_t) -> Awaitable<Result<std::vector<Message>>> {
        co_return errc::damaged;  // after the cursor was read, before anything is written
    };
    EXPECT_EQ(step(to(recipients), dies).error(), make_error_code(errc::damaged));
    EXPECT_EQ(enqueued(), largest_chunk);
    EXPECT_EQ(to_the_end(to(recipients)).enqueued, recipients);
    EXPECT_EQ(waiting(), recipients);
}

TEST_F(Expansions, WithALostCursorNobodyIsPutInTwice) {
    ASSERT_TRUE(step(to(recipients), plan()));
    lose_cursor();
    const Cursor end = to_the_end(to(recipients, 150));  // the second chunk is there in part
    EXPECT_EQ(end.there, largest_chunk);
    EXPECT_EQ(end.enqueued, recipients - largest_chunk);
    EXPECT_EQ(waiting(), recipients);
}

TEST_F(Expansions, WhatWentDoesNotGoAgainWithALostCursor) {
    to_the_end(to(3));
    start();
    wait_done("bk2-2");
    lose_cursor();
    EXPECT_EQ(to_the_end(to(3)).there, 3U);
    pass(400ms);
    EXPECT_EQ(outside.asked.size(), 3U);
}

TEST_F(Expansions, InDoubtNobodyIsSentItAgain) {
    outside.answer = [](const http::Outgoing&) -> Result<http::Answer> {
        return net::make_error_code(net::errc::deadline);
    };
    to_the_end(to(1));  // the plan says three copies, and the lane of alerts
    start();
    wait_done("bk2-0");
    EXPECT_EQ(note("bk2-0"), "unknown");
    EXPECT_EQ(outside.asked.size(), 1U);
}

TEST_F(Expansions, CountWhomTheConfigurationDoesNotSendTo) {
    lines.at(line).limits.prefixes = {"+15005550"};
    open_outbox();
    const Cursor end = to_the_end(to(recipients + 600));
    EXPECT_EQ(end.enqueued, 1000U);
    EXPECT_EQ(end.refused, 50U);
    EXPECT_EQ(end.next, recipients + 600);
    EXPECT_EQ(enqueued(), 1000);
}

TEST_F(Expansions, LongWordsMakeSmallerChunks) {
    words = std::string(8000, 'x');
    const Result<Cursor> at = step(to(recipients), plan());
    ASSERT_TRUE(at) << at.error().message();
    EXPECT_LT(at->next, 100U);
    EXPECT_EQ(to_the_end(to(recipients)).enqueued, recipients);
}

TEST_F(Expansions, KeepToThePlanThatTheyWereBegunWith) {
    ASSERT_TRUE(step(to(recipients), plan()));
    EXPECT_EQ(step(to(recipients + 1), plan()).error(), make_error_code(errc::plan_changed));
    const Plan shorter = [this](std::size_t first, std::size_t most) { return page(first, most - 1); };
    EXPECT_EQ(step(to(recipients), shorter).error(), make_error_code(errc::plan_changed));
    EXPECT_EQ(enqueued(), largest_chunk);
}

TEST_F(Expansions, RefuseWhatCannotBe) {
    const auto refused = [this](Expansion expansion) {
        return step(expansion, plan()).error() == make_error_code(errc::bad_expansion);
    };
    EXPECT_TRUE(refused({"", line, 1, {}, 1}));
    EXPECT_TRUE(refused({"k-2", line, 1, {}, 1}));
    EXPECT_TRUE(refused({std::string(65, 'k'), line, 1, {}, 1}));
    EXPECT_TRUE(refused({"k2", line, largest_expansion + 1, {}, 1}));
    EXPECT_TRUE(refused({"k2", line, 1, {}, 0}));
    EXPECT_TRUE(refused({"k2", line, 1, {}, largest_chunk + 1}));
    EXPECT_EQ(step({"k2", "+1999", 1, {}, 1}, plan()).error(), make_error_code(errc::no_line));
    EXPECT_EQ(number({"DBSIZE"}), 0);
}

TEST_F(Expansions, ACursorThatCannotBeReadStopsThem) {
    ask({"SET", keys.expansion("k2"), std::string("\0\0\0\0\0\0\0\1", 8) + "450 9 "});
    EXPECT_EQ(step(to(recipients), plan()).error(), make_error_code(errc::damaged));
    EXPECT_EQ(enqueued(), 0);
}

TEST_F(Expansions, TheStoreTellsNoNumberAndNoWord) {
    to_the_end(to(78));
    const std::string stored = text_of_store();
    EXPECT_NE(stored.find("bk2-77"), std::string::npos);
    EXPECT_EQ(stored.find(number_of(77).substr(1)), std::string::npos);
    EXPECT_EQ(stored.find(words), std::string::npos);
}

TEST(Cursors, AreReadAsTheyWereWritten) {
    const Result<Cursor> read = parse_cursor(to_bytes({9, 6, 3, 2, 1}));
    ASSERT_TRUE(read);
    EXPECT_EQ(to_bytes(*read), "9 6 3 2 1 ");
    for (const char* wrong : {"", "9", "9 6 3 2 1", "9 6 3 2 1  ", "9 6 3 2 2 ", "5 6 3 2 1 ", "9 6 3 2 x ",
                              "-9 6 3 2 1 ", "1000001 0 0 0 0 "}) {
        EXPECT_FALSE(parse_cursor(wrong)) << wrong;
    }
}

}  // namespace
}  // namespace rightsline::outbox
