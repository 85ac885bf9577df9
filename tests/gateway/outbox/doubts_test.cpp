// Answers that left with a webhook: what ends the doubt about them, and what is listed when nothing does.
#include "gateway/outbox/never_known.hpp"
#include "tests/gateway/outbox/dispatching.hpp"

namespace rightsline::outbox {
namespace {

constexpr const char* id = "w0123456789abcdef0123456789abcdef-1";

class Doubts : public Dispatching {
 protected:
    Doubts() {
        dialect = "twilio";
        account_sid = "AC00000000000000000000000000000000";
    }
    void SetUp() override {
        Dispatching::SetUp();
        outside.answer = [this](const http::Outgoing& request) -> Result<http::Answer> {
            EXPECT_EQ(request.method, "GET");
            return status(200, {}, R"({"messages": [)" + listed + R"(], "next_page_uri": null})");
        };
    }
    void record(const std::string& of = id) {
        open_outbox();
        redis::Commit commit;
        commit.writes = *tests::run(io, outbox->record(line, of, text(Lane::reply)));
        ASSERT_TRUE(tests::run(io, redis::commit(*client, commit, redis::in(5s))));
    }
    static std::string entry(const std::string& words, const std::string& made, const std::string& more) {
        return R"({"sid": "SM00000000000000000000000000000009", "to": "+15005550001", "from": "+15005550006",)"
               R"( "direction": "outbound-reply", "body": ")" +
               words + R"(", "date_created": ")" + made + R"(", )" + more + "}";
    }
    static std::string mail_date(ops::UtcMs at) {
        const auto seconds = std::chrono::floor<std::chrono::seconds>(at);
        const std::time_t time = std::chrono::system_clock::to_time_t(seconds);
        char text[64];
        std::tm parts{};
        (void)gmtime_r(&time, &parts);
        (void)std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S +0000", &parts);
        return text;
    }
    void look(const std::string& of = id) {
        start();
        look_at_doubts_now();
        wait_done(of);
    }
    NeverKnown never() {
        return tests::run(io, never_known(*client, *outbox->find(line), clock.now(), redis::in(5s))).value();
    }

    std::string listed;
    std::string ask_later;
};

TEST_F(Doubts, AreLeftAloneForAMinute) {
    record();
    start();
    pass(1500ms);
    EXPECT_EQ(state(id)->phase, redis::JobState::Phase::unknown);
    EXPECT_TRUE(outside.asked.empty());
    EXPECT_EQ(never().awaited, 1);  // no doubt yet
}

TEST_F(Doubts, EndWithTheProvidersList) {
    record();
    listed = entry("A word for you.", mail_date(clock.now()), R"("status": "delivered", "error_code": null)");
    look();
    EXPECT_EQ(note(id), "accepted SM00000000000000000000000000000009 delivered");
    EXPECT_EQ(never().count, 0);
}

TEST_F(Doubts, TheListsCopyOfWhatSaysACodeIsAskedToGo) {
    const char* says_it = "wc0123456789abcdef0123456789abcdef-1";
    lines.at(line).erased_at = "main";
    record(says_it);
    listed = entry("A word for you.", mail_date(clock.now()), R"("status": "sent", "error_code": null)");
    look(says_it);
    const auto due =
        std::stoll(WithServer::text({"ZSCORE", keys.copies("main"), "SM00000000000000000000000000000009"}));
    EXPECT_GT(due, (clock.now() + 29min).time_since_epoch().count());
    EXPECT_LE(due, (clock.now() + 30min).time_since_epoch().count());
}

TEST_F(Doubts, TheListsCopyOfAnyOtherAnswerStays) {
    lines.at(line).erased_at = "main";
    record();
    listed = entry("A word for you.", mail_date(clock.now()), R"("status": "sent", "error_code": null)");
    look();
    EXPECT_EQ(number({"ZCARD", keys.copies("main")}), 0);
}

TEST_F(Doubts, EndWithTheReasonWhenTheProviderHasItAndDidNotSendIt) {
    record();
    listed = entry("A word for you.", mail_date(clock.now()), R"("status": "failed", "error_code": 30003)");
    look();
    EXPECT_TRUE(note(id).starts_with("rejected 30003/0 ")) << note(id);
}

TEST_F(Doubts, TheSameWordsOfAnotherTimeAreAnotherMessage) {
    record();
    listed =
        entry("A word for you.", mail_date(clock.now() + 10min), R"("status": "sent", "error_code": null)") +
        "," +
        entry("A word for you.", mail_date(clock.now() - 10min), R"("status": "sent", "error_code": null)");
    look();
    EXPECT_EQ(note(id), "unknown");
}

TEST_F(Doubts, WhatNobodyKnowsIsListedAndNeverSent) {
    record();
    look();
    EXPECT_EQ(note(id), "unknown");
    EXPECT_EQ(never().count, 1);
    EXPECT_NE(metrics.render().find("rightsline_outbox_never_known_total 1"), std::string::npos);
    for (const http::Outgoing& request : outside.asked) {
        EXPECT_EQ(request.method, "GET");
    }
}

TEST_F(Doubts, AReceiptThatComesWhileTheListIsReadIsBelieved) {
    record();
    const std::string receipt = encode_receipt(Receipt{clock.now(), "delivered", ""});
    outside.answer = [&](const http::Outgoing&) -> Result<http::Answer> {
        ask_later = receipt;
        return status(200, {}, R"({"messages": [], "next_page_uri": null})");
    };
    outside.before_answer = [&]() -> Awaitable<void> {
        redis::Command command{"RPUSH", keys.receipts(id), ask_later};
        const Result<redis::Reply> pushed = co_await client->execute(std::move(command), redis::in(5s));
        EXPECT_TRUE(pushed);
    };
    look();
    EXPECT_EQ(note(id), "accepted by its receipt");
    EXPECT_EQ(never().count, 0);
}

TEST_F(Doubts, AReceiptThatWasKeptIsEnough) {
    record();
    ASSERT_TRUE(tests::run(
        io, outbox->hear("fair-food", id, "event1", Receipt{clock.now(), "sent", ""}, redis::in(5s))));
    look();
    EXPECT_EQ(note(id), "accepted by its receipt");
    EXPECT_TRUE(outside.asked.empty());
}

}  // namespace
}  // namespace rightsline::outbox
