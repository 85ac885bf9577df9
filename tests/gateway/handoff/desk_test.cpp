// The desk on a real store: what two servers do at the same moment, what is kept with each step, what nobody can read.
#include "gateway/handoff/desk.hpp"

#include "tests/gateway/handoff/ringing.hpp"

namespace rightsline::handoff {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr const char* too_late = "common.staff.live_too_late";

TEST_F(Ringing, TwoKeysAtOnceOnTwoServersPutOneOfThemIntoTheRoom) {
    const std::string id = begin();
    for (const std::size_t ring : {1U, 2U, 3U}) {
        EXPECT_EQ(hears(*one, id, ring, pick_up), "press 1");
    }
    std::vector<std::string> heard(3);
    for (std::size_t i = 0; i < heard.size(); ++i) {
        Desk& desk = i == 1 ? *other : *one;
        tasks->spawn("key", play(desk, page(id, i + 1), key_1, heard[i]));
    }
    settle();
    EXPECT_THAT(heard, testing::UnorderedElementsAre("room", too_late, too_late));
    const HandOff now = kept(id);
    EXPECT_EQ(now.state, State::joining);
    EXPECT_EQ(heard.at(now.taker - 1), "room");
}

TEST_F(Ringing, AKeyAgainstTheCallersOwnLeadsToOneEndForBoth) {
    for (int round = 0; round < 8; ++round) {
        clock.advance(1min);  // so that no cap is in the way
        const Answer first = ask(caller(100 * round + 1));
        ASSERT_EQ(first.reply, Reply::ring);
        std::string heard;
        Reply reply = Reply::none;
        Caller pressed = caller(100 * round + 2, first.hand_off);
        pressed.wants_message = true;
        const auto press = [](Desk& desk, Caller who, Reply& into) -> Awaitable<void> {
            const Result<Answer> answer = co_await desk.ask(std::move(who));
            into = answer ? answer->reply : Reply::none;
        };
        const alerts::CallPage at = page(first.hand_off, 1);
        if (round % 2 == 0) {
            tasks->spawn("person", play(*one, at, key_1, heard));
            tasks->spawn("caller", press(*other, std::move(pressed), reply));
        } else {
            tasks->spawn("caller", press(*other, std::move(pressed), reply));
            tasks->spawn("person", play(*one, at, key_1, heard));
        }
        settle();
        EXPECT_EQ(reply, Reply::message) << "their 1 always leads to the message";
        EXPECT_EQ(kept(first.hand_off).state, State::message);
        if (heard == "room") {  // they were first, and are told that the caller has gone
            EXPECT_EQ(hears(*one, first.hand_off, 1, flows::Continued{}), "common.staff.live_ended");
        } else {
            EXPECT_EQ(heard, too_late);
        }
    }
}

TEST_F(Ringing, ANudgeThatCrossesTheCallersTurnGivesBothTheSameRoom) {
    const std::string id = begin();
    EXPECT_EQ(hears(*one, id, 1, key_1), "room");
    EXPECT_EQ(legs.asked.size(), 1U) << "the caller's leg is called back";
    const Answer by_itself = ask(caller(2, id));
    const Answer by_nudge = ask(caller(2, id));  // the very turn that the wait would have ended with
    EXPECT_EQ(by_itself.reply, Reply::talk);
    EXPECT_EQ(by_nudge.reply, Reply::talk);
    EXPECT_EQ(by_itself.room, by_nudge.room);
    EXPECT_EQ(kept(id).state, State::talking);
}

TEST_F(Ringing, AStepIsKeptWithItsEntriesAndSaysWhoWasRungWhoTookItAndHowLongItWas) {
    const std::string id = begin();
    EXPECT_THAT(audit(), ElementsAre("call_rung ana", "call_rung ben", "call_rung eva"));
    clock.advance(12s);
    hears(*one, id, 2, key_1);
    clock.advance(3s);
    ask(caller(2, id));
    clock.advance(240s);
    ask(caller(3, id));
    EXPECT_THAT(audit(), ElementsAre("call_rung ana", "call_rung ben", "call_rung eva", "call_taken ben 12",
                                     "call_ended ben 240"));
    ask(caller(4, id));
    EXPECT_EQ(audit().size(), 5U) << "what changes nothing is no entry";
    const auto entries = audit::read_entries(WithServer::ask({"XRANGE", keys.audit(), "-", "+"}));
    for (const audit::Entry& entry : *entries) {
        EXPECT_EQ(entry.field("how"), id.substr(0, 8)) << "what belongs together can be told";
    }
}

TEST_F(Ringing, APhoneThatWouldBeginToRingAfterSomebodyAcceptedNeverDoes) {
    const std::string id = begin();
    EXPECT_EQ(may_ring(id), "123");
    hears(*one, id, 2, key_1);
    EXPECT_EQ(may_ring(id), "2") << "what waits in the outbox is taken back with the key's own commit";
    const std::string message = message_id(id, 3);
    std::vector<vault::SealRequest> sealed;
    sealed.push_back({vault::Purpose::outbox, way_out.queue.jobs + message,
                      WithServer::text({"HGET", way_out.queue.jobs, message})});
    const auto call = outbox::parse_message(tests::run(io, vault->open(std::move(sealed))).value().front());
    EXPECT_EQ(call->only_while.key, keys.may_ring(id));
    EXPECT_EQ(call->only_while.field, "3");
}

TEST_F(Ringing, APhoneThatTheProviderBeganToRingAllTheSameIsStoppedAsSoonAsItHasAName) {
    const std::string id = begin();
    hears(*one, id, 2, key_1);
    const std::size_t before = legs.asked.size();
    ASSERT_TRUE(hear(id, 1, "CAlate", "ringing"));
    ASSERT_EQ(legs.asked.size(), before + 1);
    EXPECT_NE(legs.asked.back().url.find("CAlate"), std::string::npos);
    ASSERT_TRUE(hear(id, 1, "CAlate", "ringing"));
    EXPECT_EQ(legs.asked.size(), before + 1) << "once";
    EXPECT_EQ(hears(*one, id, 1, pick_up), too_late);
}

TEST_F(Ringing, WhoSaidDangerAndHungUpWhileItRangStandsInTheAudit) {
    Caller frightened = caller(1);
    frightened.in_danger = true;
    const std::string id = ask(frightened).hand_off;
    EXPECT_TRUE(kept(id).in_danger);
    tests::run(io, one->leave("fair-food", id));
    settle();
    const auto entries = audit::read_entries(WithServer::ask({"XRANGE", keys.audit(), "-", "+"}));
    EXPECT_EQ(entries->back().field("what"), "call_untaken");
    EXPECT_EQ(entries->back().field("why"), "left");
    EXPECT_EQ(entries->back().field("to"), "P1");
}

TEST_F(Ringing, ThatSomebodyElseHasTheCallIsNotSaidWhenNobodyKnows) {
    const std::string id = begin();
    const alerts::CallPage at = page(id, 1);
    client->close();
    std::string heard;
    tests::run(io, play(*one, at, key_1, heard));
    EXPECT_EQ(heard, "common.staff.live_failed");
}

TEST_F(Ringing, WhatNobodyCanReadIsLookedAtAWhileThenForgottenWithAnAlarm) {
    const std::string id = begin();
    WithServer::ask({"SETRANGE", keys.hand_off(id), "20", "damaged"});
    look_after(1s);
    EXPECT_EQ(number({"EXISTS", keys.hand_off(id)}), 1) << "another build may have written it";
    int looks = 1;
    for (; looks < 100 && number({"EXISTS", keys.hand_off(id)}) == 1; ++looks) {
        look_after(10s);
    }
    EXPECT_EQ(looks, 30);
    EXPECT_THAT(alarms, ElementsAre(std::pair(alerts::Matter::callers, 2)));
    EXPECT_EQ(number({"ZCARD", keys.hand_offs()}), 0);
    EXPECT_EQ(number({"EXISTS", keys.may_ring(id)}), 0);
    look_after(10s);
    EXPECT_EQ(alarms.size(), 1U);
}

TEST_F(Ringing, ThatNoPhoneOfTheRosterCouldBeRungIsToldTheOperator) {
    const std::string id = begin();
    for (const std::size_t ring : {1U, 2U, 3U}) {
        EXPECT_THAT(alarms, IsEmpty());
        ASSERT_TRUE(hear(id, ring, "", "failed"));
    }
    EXPECT_THAT(alarms, ElementsAre(std::pair(alerts::Matter::callers, 1)));
    EXPECT_THAT(audit(), testing::IsSupersetOf({"call_not_rung ana", "call_not_rung ben", "call_not_rung eva",
                                                "call_untaken nobody"}));
    EXPECT_EQ(ask(caller(2, id)).reply, Reply::message);
}

TEST_F(Ringing, ThatNobodyAnsweredIsNoAlarm) {
    const std::string id = begin();
    ASSERT_TRUE(hear(id, 1, "", "failed"));
    ASSERT_TRUE(hear(id, 2, "", "no-answer"));
    ASSERT_TRUE(hear(id, 3, "", "busy"));
    EXPECT_EQ(kept(id).state, State::message);
    EXPECT_THAT(alarms, IsEmpty());
}

TEST_F(Ringing, NumbersThatNothingIsSentToAreAMessageAtOnceAndAnAlarm) {
    prefixes = {"+509"};
    open_desks("live: {}\n");
    EXPECT_EQ(ask(caller(1)).reply, Reply::message);
    EXPECT_THAT(alarms, ElementsAre(std::pair(alerts::Matter::callers, 1)));
    open_desks("live: {}\n", "people:\n  ana: {phone: \"+15005550101\", media: [sms]}\norder: [ana]\n");
    EXPECT_EQ(ask(caller(2)).reply, Reply::message);
    EXPECT_EQ(alarms.size(), 2U) << "nobody of the roster is ever called";
}

TEST_F(Ringing, WhoIsOffDutyIsNoAlarm) {
    open_desks("live: {}\n",
               "people:\n  ana: {phone: \"+15005550101\", hours: [\"mon 00:00-00:01\"]}\norder: [ana]\n");
    EXPECT_EQ(ask(caller(1)).reply, Reply::message);
    EXPECT_THAT(alarms, IsEmpty());
}

}  // namespace
}  // namespace rightsline::handoff
