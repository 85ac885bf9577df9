// How the answer of a turn leaves, and what the outbox knows of it.
#include "tests/gateway/conversations/house.hpp"

#include <gtest/gtest.h>

#include "gateway/outbox/reply.hpp"
#include "gateway/providers/twilio.hpp"

namespace rightsline::conversations {
namespace {

using namespace std::chrono_literals;

class Replies : public WithTurns {
 protected:
    void take_in(providers::Inbound inbound) {
        const Result<void> taken = tests::run(io, turns->take_in(line(), inbound, redis::in(4s)));
        ASSERT_TRUE(taken) << taken.error().message();
    }
    std::int64_t waiting() { return number({"ZCARD", way_out.queue.lanes[1]}); }
    std::string only_waiting() { return WithServer::text({"ZRANGE", way_out.queue.lanes[1], "0", "0"}); }
    std::vector<std::string> members(const std::string& key) {
        std::vector<std::string> found;
        const redis::Reply all = ask({"HKEYS", key});
        for (const redis::Reply& one : *all.array()) {
            found.push_back(*one.string());
        }
        return found;
    }
    outbox::Message message_of(const std::string& id) {
        std::vector<vault::SealRequest> to_open;
        to_open.push_back({vault::Purpose::reply, way_out.queue.jobs + id,
                           WithServer::text({"HGET", way_out.queue.jobs, id})});
        return outbox::parse_message(tests::run(io, vault->open(std::move(to_open)))->front()).value();
    }
    static std::string words(const outbox::Message& message) {
        return std::get<outbox::Text>(message.what).body.reveal();
    }
};

TEST_F(Replies, GoThroughTheOutboxWhenTheWebhookIsOver) {
    take_in(text("SM1", "hello"));
    ASSERT_EQ(waiting(), 1);
    EXPECT_EQ(posted, 1);
    const outbox::Message message = message_of(members(way_out.queue.jobs).front());
    EXPECT_EQ(message.lane, outbox::Lane::reply);
    EXPECT_EQ(message.to.reveal(), "+15005550001");
    EXPECT_EQ(message.copies, 0);
    EXPECT_FALSE(message.after_stop);
    EXPECT_EQ(message.not_after, clock.now() + 24h);
    EXPECT_FALSE(words(message).empty());
}

TEST_F(Replies, AreEnqueuedOnceHoweverOftenTheEventComes) {
    take_in(text("SM1", "hello"));
    take_in(text("SM1", "hello"));
    const std::string repeated = say(text("SM1", "hello"));
    EXPECT_EQ(repeated, provider->encode(providers::Hook::sms, {}, line().urls).body);
    EXPECT_EQ(waiting(), 1);
    EXPECT_EQ(members(way_out.queue.states).size(), 1U);
}

TEST_F(Replies, OfAnEventThatWasAnsweredAlreadyGoNowhere) {
    say(text("SM1", "hello"));
    take_in(text("SM1", "hello"));
    EXPECT_EQ(waiting(), 0);
}

TEST_F(Replies, TakeTwoRoundTripsEitherWay) {
    std::uint64_t least = 1000;
    for (int i = 0; i < 3; ++i) {
        const std::uint64_t before = client->traffic().commands;
        take_in(text("SM" + std::to_string(i), "hello", "+1500555010" + std::to_string(i)));
        least = std::min(least, client->traffic().commands - before);
    }
    EXPECT_EQ(least, 2U);
}

TEST_F(Replies, ToACountryThatNothingIsSentToTakeNothingElseWithThem) {
    way_out.limits.prefixes = {"+266"};
    restart_with_other_script();
    take_in(text("SM1", "hello"));
    EXPECT_EQ(waiting(), 0);
    EXPECT_EQ(count_of("{fair-food}:c:*"), 1U);
    EXPECT_NE(metrics.render().find("rightsline_replies_not_posted_total 1"), std::string::npos);
}

TEST_F(Replies, ToAStopGoInSpiteOfItAndNoOtherDoes) {
    take_in(text("SM1", "hello"));
    take_in(text("SM2", "alto"));
    int after_stop = 0;
    for (const std::string& id : members(way_out.queue.jobs)) {
        after_stop += message_of(id).after_stop ? 1 : 0;
    }
    EXPECT_EQ(after_stop, 1);
    EXPECT_EQ(waiting(), 2);
    EXPECT_EQ(number({"SCARD", keys.stopped()}), 1);
}

TEST_F(Replies, OfAStoreThatIsGoneIsAnErrorThatSaysSo) {
    client->close();
    const Result<void> taken = tests::run(io, turns->take_in(line(), text("SM1", "hello"), redis::in(300ms)));
    EXPECT_FALSE(taken);
}

/// Where the provider tells of the texts of an answer.
class Recorded : public Replies {
 protected:
    Recorded() { provider = providers::make_twilio(); }
    LineContext told_line() const {
        LineContext one = line();
        one.urls.message_status = "https://h.example/hooks/main/status";
        return one;
    }
    std::string say(providers::Inbound inbound) {
        return tests::run(io, turns->take(told_line(), inbound)).body;
    }
    std::string only_id() {
        const std::vector<std::string> all = members(way_out.queue.states);
        EXPECT_EQ(all.size(), 1U);
        return all.empty() ? "" : all.front();
    }
    redis::JobState state(const std::string& id) {
        return tests::run(io, redis::look(*client, way_out.queue, id, far()))->value();
    }
    void hear(const std::string& id, const std::string& word, const std::string& code = "") {
        ASSERT_TRUE(tests::run(io, replies->end_doubt(way_out.line, id, "SM9",
                                                      outbox::Receipt{clock.now(), word, code}, far())));
    }
};

TEST_F(Recorded, AnAnswerNamesItselfAndIsInDoubtFromItsOwnCommitOn) {
    const std::string body = say(text("SM1", "hello"));
    const std::string id = only_id();
    EXPECT_TRUE(outbox::left_in_answer(id));
    EXPECT_NE(body.find("https://h.example/hooks/main/status?m=" + id + "#rc=3&amp;rp=all"),
              std::string::npos)
        << body;
    EXPECT_EQ(state(id).phase, redis::JobState::Phase::unknown);
    EXPECT_EQ(WithServer::text({"ZSCORE", way_out.queue.unknown, id}),
              std::to_string((clock.now() + 60s).time_since_epoch().count()));
    EXPECT_EQ(waiting(), 0);
    EXPECT_EQ(posted, 0);
    EXPECT_NE(body.find(words(message_of(id)).substr(0, 12)), std::string::npos);
}

TEST_F(Recorded, ARepeatGetsTheSameBytesAndMakesNoSecondRecord) {
    const std::string first = say(text("SM1", "hello"));
    EXPECT_EQ(say(text("SM1", "hello")), first);
    (void)only_id();
}

TEST_F(Recorded, TheStoreHoldsNeitherWordsNorNumberInClear) {
    const std::string body = say(text("SM1", "hello", "+15005557391"));
    const std::string stored = redis::shared_server().append_only_bytes();
    EXPECT_NE(stored.find(only_id()), std::string::npos);
    EXPECT_EQ(stored.find("5005557391"), std::string::npos);
    EXPECT_EQ(stored.find(words(message_of(only_id()))), std::string::npos);
}

TEST_F(Recorded, AReceiptEndsTheDoubtWithTheProvidersName) {
    say(text("SM1", "hello"));
    hear(only_id(), "delivered");
    EXPECT_EQ(state(only_id()).phase, redis::JobState::Phase::done);
    EXPECT_EQ(state(only_id()).note, "accepted SM9 delivered");
    hear(only_id(), "sent");  // late: nothing changes
    EXPECT_EQ(state(only_id()).note, "accepted SM9 delivered");
    EXPECT_EQ(number({"HLEN", way_out.queue.jobs}), 0);
}

TEST_F(Recorded, AReceiptThatItFailedSaysWhy) {
    say(text("SM1", "hello"));
    hear(only_id(), "failed", "21610");
    EXPECT_EQ(state(only_id()).note, "rejected 21610/0 The recipient has texted STOP to this line.");
}

TEST_F(Recorded, AWordThatNobodyKnowsLeavesItInDoubt) {
    say(text("SM1", "hello"));
    hear(only_id(), "exploded");
    EXPECT_EQ(state(only_id()).phase, redis::JobState::Phase::unknown);
}

TEST_F(Recorded, AnAnswerOfNoWordsNeedsNone) {
    say(text("SM1", "hello"));
    providers::Inbound stop = text("SM2", "STOP");
    stop.carrier_answered_stop = true;
    say(std::move(stop));
    (void)only_id();
}

TEST_F(Recorded, TwoRoundTripsStayTwo) {
    std::uint64_t least = 1000;
    for (int i = 0; i < 3; ++i) {
        const std::uint64_t before = client->traffic().commands;
        say(text("SM" + std::to_string(i), "hello", "+1500555010" + std::to_string(i)));
        least = std::min(least, client->traffic().commands - before);
    }
    EXPECT_EQ(least, 2U);
}

}  // namespace
}  // namespace rightsline::conversations
