// The desk with a real store: what it posts, once, and what keeps it from posting.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gateway/cases/case_store.hpp"
#include "gateway/cases/reply.hpp"
#include "gateway/outbox/error.hpp"
#include "gateway/reach/ping_desk.hpp"
#include "tests/gateway/reach/reached_worker.hpp"

namespace rightsline::reach {
namespace {

using namespace std::chrono_literals;
using cases::ContactMode;
using testing::HasSubstr;
using testing::Not;

class Pinging : public ReachedWorker {
 protected:
    void SetUp() override {
        WithTurns::SetUp();
        open({});
        clock.advance(12h);  // noon in UTC: the excerpt has no quiet hours of its own in the morning
        file_case(id);
        apply({{redis::Op::set, keys.mailbox(id), {"a box"}}});
    }
    void open(std::vector<std::string> prefixes) {
        open_line(std::move(prefixes));
        desk = make_desk();
    }
    std::unique_ptr<PingDesk> make_desk() {
        return std::make_unique<PingDesk>(
            PingServices{*client, *vault, clock, metrics, *packs, *outbox, [this] { ++woken; }},
            std::map<std::string, UtcOffset>{{"fair-food", [](ops::UtcMs) { return 0; }}});
    }
    void reply() {
        const std::string name = std::string(31, 'a') + static_cast<char>('0' + written++);
        cases::CaseFacts facts;
        facts.id = id;
        apply(cases::replying_writes(keys, facts, {name, "for the circle", "for the mailbox"}, "uid:1000",
                                     7200));
    }
    void come_back() { apply({{redis::Op::hincrby, keys.case_facts(id), {"returns", "1"}}}); }
    void look() { tests::run(io, desk->work("fair-food")); }
    std::int64_t looks_due() { return number({"ZCARD", keys.to_reach()}); }
    PingReport report() { return tests::run(io, desk->report("fair-food", id, far())).value(); }
    outbox::Message message() {
        const auto& queue = outbox->find(line_of_ours)->queue;
        const auto names = ask({"HKEYS", queue.jobs});
        const std::string name = *names.array()->front().string();
        std::vector<vault::SealRequest> requests;
        requests.push_back(
            {vault::Purpose::reply, queue.jobs + name, WithServer::text({"HGET", queue.jobs, name})});
        return outbox::parse_message(tests::run(io, vault->open(std::move(requests)))->front()).value();
    }

    std::unique_ptr<PingDesk> desk;
    int woken = 0;
    int written = 0;
};

TEST_F(Pinging, AReplyIsToldOnceByATextThatSaysNothingElse) {
    say(ContactMode::relay);
    reply();
    look();
    ASSERT_EQ(posted(), 1);
    EXPECT_EQ(woken, 1);
    const outbox::Message text = message();
    EXPECT_EQ(text.to.reveal(), theirs);
    EXPECT_EQ(text.recipient, phone());
    EXPECT_EQ(text.copies, 0);
    EXPECT_EQ(text.lane, outbox::Lane::reply);
    EXPECT_EQ(std::get<outbox::Text>(text.what).body.reveal(), "You have a message.");
    EXPECT_GT(text.not_after, clock.now());
    EXPECT_EQ(text.arrive_by - text.not_after, 1min);
    EXPECT_EQ(text.only_while.key, keys.case_contact(id));
    look();
    EXPECT_EQ(posted(), 1);
    EXPECT_EQ(looks_due(), 0);
    ASSERT_EQ(report().fates.size(), 1U);
    EXPECT_EQ(report().fates[0].state, "waiting");
    EXPECT_GT(WithServer::text({"HGET", keys.case_facts(id), "pinged_hour"}), "0");
}

TEST_F(Pinging, ItsNameAtTheProviderIsNoCases) {
    say(ContactMode::relay);
    reply();
    look();
    EXPECT_THAT(report().outreach.pings.at(0).message, Not(HasSubstr(id)));
}

TEST_F(Pinging, WhoDidNotAskForTextsGetsNone) {
    for (const ContactMode mode : {ContactMode::none, ContactMode::call}) {
        say(mode);
        reply();
        look();
        EXPECT_EQ(posted(), 0);
        EXPECT_EQ(looks_due(), 0);
    }
    say(ContactMode::relay);  // too late for what was written before
    look();
    EXPECT_EQ(posted(), 0);
}

TEST_F(Pinging, WhoAskedForACallAndSaidYesToTextsIsTexted) {
    say(ContactMode::call, "17:00-21:00");
    say_texts_too();
    reply();
    look();
    EXPECT_EQ(posted(), 0) << "their hours are those of the call";
    EXPECT_TRUE(report().texts);
    clock.advance(5h);
    look();
    EXPECT_EQ(posted(), 1);
}

TEST_F(Pinging, AYesToTextsBesideACallEndsWithTheNextWish) {
    say(ContactMode::call);
    say_texts_too();
    say(ContactMode::call);
    reply();
    look();
    EXPECT_EQ(posted(), 0);
    EXPECT_FALSE(report().texts);
}

TEST_F(Pinging, ItWaitsForTheWorkersHoursAndNothingWaitsInTheOutbox) {
    say(ContactMode::relay, "17:00-21:00");
    reply();
    look();
    EXPECT_EQ(posted(), 0);
    clock.advance(5h - 1ms);
    look();
    EXPECT_EQ(posted(), 0);
    clock.advance(1ms);
    look();
    EXPECT_EQ(posted(), 1);
}

TEST_F(Pinging, AYesThatIsTakenBackWhileItWaitsIsObeyed) {
    say(ContactMode::relay, "17:00-21:00");
    reply();
    look();
    say(ContactMode::none);
    clock.advance(6h);
    look();
    EXPECT_EQ(posted(), 0);
    EXPECT_EQ(looks_due(), 0);
}

TEST_F(Pinging, StopIsStrongerThanTheYesAndTheCaseSaysSo) {
    say(ContactMode::relay);
    EXPECT_FALSE(report().stopped);
    apply({{redis::Op::sadd, keys.stopped(), {phone()}}});
    EXPECT_TRUE(report().stopped);
    const auto listed = tests::run(io, desk->stopped("fair-food", id, far()));
    EXPECT_TRUE(listed && *listed == 1);
    reply();
    look();
    EXPECT_EQ(posted(), 0);
    EXPECT_EQ(report().outreach.held, held_stop);
    const std::int64_t noted = number({"XLEN", keys.audit()});
    reply();
    look();
    EXPECT_EQ(number({"XLEN", keys.audit()}), noted + 1) << "the reply; what holds it is no news";
    apply({{redis::Op::srem, keys.stopped(), {phone()}}});  // START
    reply();
    look();
    EXPECT_EQ(posted(), 1);
    EXPECT_EQ(report().outreach.held, "");
}

TEST_F(Pinging, SevenRepliesInADayAreOneTextAndTheNextGoesADayLater) {
    say(ContactMode::relay);
    for (int i = 0; i < 7; ++i) {
        reply();
        look();
    }
    EXPECT_EQ(posted(), 1);
    clock.advance(24h - 1ms);
    look();
    EXPECT_EQ(posted(), 1);
    clock.advance(1ms);
    look();
    EXPECT_EQ(posted(), 2);
    clock.advance(24h * 7);
    look();
    EXPECT_EQ(posted(), 2) << "they were told of all of them";
}

TEST_F(Pinging, AfterThreeWithoutAnAnswerItIsHeldAndTheLogSaysSoOnce) {
    say(ContactMode::relay);
    for (int i = 0; i < 6; ++i) {
        reply();
        look();
        clock.advance(24h);
    }
    EXPECT_EQ(posted(), 3);
    EXPECT_EQ(report().outreach.held, held_unanswered);
    come_back();
    reply();
    look();
    EXPECT_EQ(posted(), 4);
}

TEST_F(Pinging, TwoServersThatLookAtOncePostOne) {
    say(ContactMode::relay);
    reply();
    const auto other = make_desk();
    boost::asio::co_spawn(io, desk->work("fair-food"), [](const std::exception_ptr&) {});
    boost::asio::co_spawn(io, other->work("fair-food"), [](const std::exception_ptr&) {});
    io.restart();
    io.run_for(500ms);
    EXPECT_EQ(posted(), 1);
    EXPECT_EQ(report().outreach.made, 1);
}

TEST_F(Pinging, ADeletedCaseIsForgotten) {
    say(ContactMode::relay, "17:00-21:00");
    reply();
    look();
    reply();
    apply(cases::deletion_writes(keys, id));
    clock.advance(24h);
    look();
    EXPECT_EQ(posted(), 0);
    EXPECT_EQ(looks_due(), 0);
    EXPECT_EQ(number({"EXISTS", keys.outreach(id)}), 0);
}

TEST_F(Pinging, ACountryThatIsNotServedIsSaid) {
    open({"+266"});
    say(ContactMode::relay);
    reply();
    look();
    EXPECT_EQ(posted(), 0);
    EXPECT_EQ(report().outreach.held, held_no_way);
    EXPECT_EQ(looks_due(), 0);
}

TEST_F(Pinging, WhatCannotBeLookedAtIsTriedAgainAndHoldsUpNobody) {
    say(ContactMode::relay);
    apply({{redis::Op::set, keys.outreach(id), {"no document"}}});
    reply();
    look();
    EXPECT_EQ(posted(), 0);
    EXPECT_EQ(looks_due(), 1);
    apply({{redis::Op::del, keys.outreach(id), {}}});
    look();
    EXPECT_EQ(posted(), 0);
    clock.advance(1min);
    look();
    EXPECT_EQ(posted(), 1);
}

TEST_F(Pinging, TheStoreHoldsNoNumberInClear) {
    say(ContactMode::relay);
    reply();
    look();
    EXPECT_THAT(redis::shared_server().append_only_bytes(), Not(HasSubstr("5005550142")));
}

}  // namespace
}  // namespace rightsline::reach
