#include "gateway/handoff/machine.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <random>

#include "tests/gateway/handoff/line.hpp"

namespace rightsline::handoff {
namespace {

using namespace std::chrono_literals;
using Told = Event::Told;
using Numbers = std::vector<std::size_t>;

TEST(HandOffMachine, WithoutAnybodyToRingItIsAMessageAtOnce) {
    const Line line(wish({}));
    EXPECT_EQ(line.state(), State::message);
    EXPECT_EQ(line.last.reply, Reply::message);
    EXPECT_TRUE(line.last.todo.ring.empty());
}

TEST(HandOffMachine, InSequenceOneRingsAfterTheOther) {
    Line line(wish({"ana", "ben"}));
    EXPECT_EQ(line.last.reply, Reply::ring);
    EXPECT_EQ(line.last.todo.ring, Numbers{1});
    EXPECT_EQ(line.tell(Told::asks), Reply::wait);
    line.tell(Told::ends, 1);
    EXPECT_EQ(line.last.todo.ring, Numbers{2});
    EXPECT_EQ(line.last.after.rings.at(1).person, "ben");
    line.tell(Told::ends, 2);
    EXPECT_EQ(line.state(), State::message);
    EXPECT_TRUE(line.last.todo.nudge) << "the caller hears it at once";
    EXPECT_EQ(line.tell(Told::asks), Reply::message);
}

TEST(HandOffMachine, InParallelAllRingAndTheFirstKeyHasIt) {
    Line line(wish({"ana", "ben", "eva"}, true));
    EXPECT_EQ(line.last.todo.ring, (Numbers{1, 2, 3}));
    EXPECT_EQ(line.tell(Told::picks_up, 1), Reply::whisper);
    EXPECT_EQ(line.tell(Told::picks_up, 2), Reply::whisper);
    EXPECT_EQ(line.tell(Told::accepts, 2), Reply::join);
    EXPECT_EQ(line.state(), State::joining);
    EXPECT_EQ(line.last.todo.send, Numbers{1}) << "who listens is told";
    EXPECT_EQ(line.last.todo.stop, Numbers{3}) << "whose phone rings is spared it";
    EXPECT_TRUE(line.last.todo.nudge);
    EXPECT_EQ(line.tell(Told::accepts, 1), Reply::too_late);
    EXPECT_EQ(line.tell(Told::accepts, 2), Reply::join) << "the same key again";
    EXPECT_EQ(line.tell(Told::asks), Reply::talk);
    EXPECT_EQ(line.state(), State::talking);
}

TEST(HandOffMachine, AVoicemailThatPressesNothingNeverTakesTheCall) {
    Line line(wish({"ana", "ben"}));
    EXPECT_EQ(line.tell(Told::picks_up, 1), Reply::whisper);
    EXPECT_EQ(line.tell(Told::declines, 1), Reply::none);
    EXPECT_EQ(line.last.todo.ring, Numbers{2});
    EXPECT_EQ(line.last.after.taker, 0U);
}

TEST(HandOffMachine, OneLeadsToAMessageFromEverywhere) {
    for (const State at : {State::ringing, State::joining, State::talking, State::message, State::over}) {
        Line line(wish({"ana"}));
        line.last.after.state = at;
        line.last.after.taker = at == State::ringing ? 0 : 1;
        EXPECT_EQ(line.tell(Told::wants_message), Reply::message) << static_cast<int>(at);
        EXPECT_EQ(line.stage(1) == Ring::Stage::ended, at != State::message && at != State::over);
        EXPECT_FALSE(line.last.todo.nudge) << "they hear it in this very answer";
    }
}

TEST(HandOffMachine, ATurnThatComesAgainGetsTheAnswerThatItGot) {
    Line line(wish({"ana"}));
    line.tell(Told::accepts, 1);
    const Event ask{Told::asks, 0, "turn-7"};
    EXPECT_EQ(line.give(ask), Reply::talk);
    EXPECT_EQ(line.give(ask), Reply::talk) << "not the end of the talk";
    EXPECT_FALSE(line.last.changed);
    EXPECT_EQ(line.state(), State::talking);
    EXPECT_EQ(line.tell(Told::asks), Reply::goodbye);
}

TEST(HandOffMachine, TheWaitIsOverInItsTimeWhoeverLooks) {
    for (const Told told : {Told::asks, Told::looks}) {
        Line line(wish({"ana"}));
        line.now = start + 74s;
        line.tell(Told::ends, 9);
        line.last.after.rings[0].at = line.now;  // rings since a moment
        line.tell(told);
        EXPECT_EQ(line.state(), State::ringing);
        line.now = start + 75s;
        EXPECT_EQ(line.tell(told), Reply::message);
        EXPECT_EQ(line.state(), State::message);
        EXPECT_EQ(line.last.todo.stop, Numbers{1});
        EXPECT_EQ(line.last.todo.nudge, told == Told::looks);
    }
}

TEST(HandOffMachine, ARingWhoseLastCallbackIsLostIsOverByItself) {
    Line line(wish({"ana", "ben"}));
    line.now = start + 34s;
    line.tell(Told::looks);
    EXPECT_TRUE(line.last.todo.ring.empty());
    line.now = start + 35s;
    line.tell(Told::looks);
    EXPECT_EQ(line.last.todo.ring, Numbers{2});
    EXPECT_EQ(line.stage(1), Ring::Stage::ended);
}

TEST(HandOffMachine, WhoeverIsThereIsTruerThanACallbackThatSaidTheyWereNot) {
    Line line(wish({"ana", "ben"}));
    line.tell(Told::ends, 1);  // "no-answer" overtook
    EXPECT_EQ(line.tell(Told::picks_up, 1), Reply::whisper);
    EXPECT_EQ(line.tell(Told::accepts, 1), Reply::join);
    EXPECT_EQ(line.last.todo.stop, Numbers{2});
    EXPECT_EQ(line.tell(Told::accepts, 2), Reply::too_late);
}

TEST(HandOffMachine, ATakerWhoGoesBeforeTheCallerIsThereMakesRoomForTheNext) {
    Line line(wish({"ana", "ben"}));
    line.tell(Told::accepts, 1);
    EXPECT_EQ(line.tell(Told::parts, 1), Reply::ended);
    EXPECT_EQ(line.state(), State::ringing);
    EXPECT_EQ(line.last.todo.ring, Numbers{2});
    EXPECT_EQ(line.last.after.taker, 0U);
    EXPECT_EQ(line.tell(Told::accepts, 2), Reply::join);
    EXPECT_EQ(line.tell(Told::ends, 1), Reply::none) << "its receipt comes late";
    EXPECT_EQ(line.state(), State::joining);
}

TEST(HandOffMachine, ACallerWhoGoesTakesAllPhonesWithThem) {
    Line line(wish({"ana", "ben", "eva"}, true));
    line.tell(Told::picks_up, 3);
    line.tell(Told::leaves);
    EXPECT_EQ(line.state(), State::over);
    EXPECT_EQ(line.last.todo.stop, (Numbers{1, 2}));
    EXPECT_EQ(line.last.todo.send, Numbers{3});
    EXPECT_EQ(line.tell(Told::accepts, 1), Reply::too_late);
    line.tell(Told::leaves);
    EXPECT_FALSE(line.last.changed);
}

TEST(HandOffMachine, ACallerWhoNeverComesIntoTheRoomLeavesNobodyInIt) {
    Line line(wish({"ana"}));
    line.tell(Told::accepts, 1);
    line.now += 20s;
    line.tell(Told::looks);
    EXPECT_EQ(line.state(), State::message);
    EXPECT_EQ(line.last.todo.send, Numbers{1});
}

TEST(HandOffMachine, TheTalkEndsWithTheOneOrTheOther) {
    Line by_person = talk_with(wish({"ana"}));
    EXPECT_EQ(by_person.tell(Told::parts, 1), Reply::ended);
    EXPECT_TRUE(by_person.last.todo.nudge)
        << "a caller who was still on the way into the room is not left alone in it";
    EXPECT_EQ(by_person.tell(Told::asks), Reply::goodbye);
    Line by_caller(wish({"ana"}));
    by_caller.tell(Told::accepts, 1);
    by_caller.tell(Told::asks);
    by_caller.tell(Told::leaves);
    EXPECT_EQ(by_caller.state(), State::over);
    EXPECT_EQ(by_caller.tell(Told::parts, 1), Reply::ended);
}

/// The provider lets both out of the room two minutes before the end, in any order.
TEST(HandOffMachine, BothAreToldTwoMinutesBeforeTheTalkEndsAndThenItEnds) {
    for (const bool person_first : {true, false}) {
        Line line(wish({"ana"}));
        line.tell(Told::accepts, 1);
        line.tell(Told::asks);
        line.now += 28min;
        if (person_first) {
            EXPECT_EQ(line.tell(Told::parts, 1), Reply::join_on);
        }
        EXPECT_EQ(line.tell(Told::asks), Reply::talk_on);
        if (!person_first) {
            EXPECT_EQ(line.tell(Told::parts, 1), Reply::join_on);
        }
        EXPECT_EQ(line.state(), State::talking);
        EXPECT_EQ(line.stage(1), Ring::Stage::answered) << "they are in it again";
        line.now += 5s;
        EXPECT_EQ(line.tell(Told::parts, 1), Reply::join_on) << "the same page asked for twice is no end";
        line.now += 2min;
        EXPECT_EQ(line.tell(Told::asks), Reply::goodbye);
        EXPECT_EQ(line.state(), State::over);
        EXPECT_EQ(line.tell(Told::parts, 1), Reply::ended);
    }
}

TEST(HandOffMachine, WhomTheProviderDoesNotLetOutIsCalledOutOnceAndToldAllTheSame) {
    Line line(wish({"ana"}));
    line.tell(Told::accepts, 1);
    line.tell(Told::asks);
    EXPECT_EQ(next_look(line.last.after, line.now), line.now + 29min);
    line.now += 29min;
    line.tell(Told::looks);
    EXPECT_TRUE(line.last.todo.nudge);
    EXPECT_EQ(line.state(), State::talking);
    line.tell(Told::looks);
    EXPECT_FALSE(line.last.todo.nudge) << "once";
    EXPECT_EQ(line.tell(Told::asks), Reply::talk_on);
    EXPECT_EQ(line.tell(Told::parts, 1), Reply::join_on) << "the room ended with the caller";
    EXPECT_FALSE(line.last.todo.nudge);
    line.now += 6min;
    line.tell(Told::looks);
    EXPECT_EQ(line.state(), State::over) << "and ends, whatever the provider does";
    EXPECT_EQ(line.last.todo.send, Numbers{1});
    Line warned(wish({"ana"}));
    warned.tell(Told::accepts, 1);
    warned.tell(Told::asks);
    warned.now += 28min;
    warned.tell(Told::asks);
    warned.now += 1min;
    warned.tell(Told::looks);
    EXPECT_FALSE(warned.last.todo.nudge) << "who was let out is not called out";
}

TEST(HandOffMachine, WhoComesOutOfTheRoomBeforeThatWasLeftByTheOther) {
    Line line(wish({"ana"}));
    line.tell(Told::accepts, 1);
    line.tell(Told::asks);
    line.now += 27min;
    EXPECT_EQ(line.tell(Told::asks), Reply::goodbye);
    EXPECT_EQ(line.state(), State::over);
}

TEST(HandOffMachine, WhoHangsUpInTheLastMinutesEndsItForTheOther) {
    Line by_person(wish({"ana"}));
    by_person.tell(Told::accepts, 1);
    by_person.tell(Told::asks);
    by_person.now += 28min;
    EXPECT_EQ(by_person.tell(Told::asks), Reply::talk_on) << "and is alone in the room";
    by_person.tell(Told::ends, 1);
    EXPECT_EQ(by_person.state(), State::over);
    EXPECT_TRUE(by_person.last.todo.nudge) << "the caller is called back out of it";
    EXPECT_EQ(by_person.tell(Told::asks), Reply::goodbye);
    Line by_caller(wish({"ana"}));
    by_caller.tell(Told::accepts, 1);
    by_caller.tell(Told::asks);
    by_caller.now += 28min;
    EXPECT_EQ(by_caller.tell(Told::parts, 1), Reply::join_on);
    by_caller.tell(Told::leaves);
    EXPECT_EQ(by_caller.state(), State::over);
    EXPECT_EQ(by_caller.last.todo.send, Numbers{1}) << "the person is told";
}

TEST(HandOffMachine, ARingThatNobodyKnowsChangesNothing) {
    for (const Told told :
         {Told::picks_up, Told::accepts, Told::declines, Told::parts, Told::ends, Told::fails}) {
        Line line(wish({"ana"}));
        line.tell(told, 7);
        EXPECT_FALSE(line.last.changed);
        EXPECT_EQ(line.state(), State::ringing);
    }
}

TEST(HandOffMachine, ItIsLookedAtSoonAfterARingForItMayNotLeaveAtAll) {
    Line line(wish({"ana"}));
    EXPECT_LE(next_look(line.last.after, start) - start, 500ms);
    line.now = start + 10s;
    EXPECT_EQ(next_look(line.last.after, line.now), line.now + 1s);
    line.now = start + 74900ms;
    EXPECT_EQ(next_look(line.last.after, line.now), start + 75s) << "and not later than the wait is over";
    line.tell(Told::accepts, 1);
    EXPECT_EQ(next_look(line.last.after, line.now), line.now + 20s);
}

TEST(HandOffMachine, ItIsForgottenOnlyAfterEverythingLateHadItsTime) {
    Line line(wish({}));
    line.now += 10min;
    line.tell(Told::looks);
    EXPECT_EQ(line.state(), State::over);
    EXPECT_FALSE(may_be_forgotten(line.last.after, line.now));
    EXPECT_TRUE(may_be_forgotten(line.last.after, line.now + 10min));
}

TEST(HandOffMachine, ThatNoneCouldBeRungIsKnownApartFromThatNobodyAnswered) {
    Line line(wish({"ana", "ben"}));
    line.tell(Told::fails, 1);
    EXPECT_FALSE(none_could_be_rung(line.last.after)) << "one is left";
    line.tell(Told::fails, 2);
    EXPECT_EQ(line.state(), State::message);
    EXPECT_TRUE(none_could_be_rung(line.last.after));
    Line answered(wish({"ana"}));
    answered.tell(Told::picks_up, 1);
    answered.tell(Told::fails, 1);
    EXPECT_EQ(answered.state(), State::message);
    EXPECT_FALSE(none_could_be_rung(answered.last.after)) << "somebody was there";
    EXPECT_FALSE(none_could_be_rung(HandOff{}));
}

/// Callbacks in any order, twice, late, of rings that are over: what must hold whatever comes.
TEST(HandOffMachine, NoOrderOfEventsPutsTwoPeopleIntoTheRoom) {
    std::mt19937 dice(20261123);
    constexpr std::array all{Told::asks,     Told::wants_message, Told::leaves, Told::picks_up, Told::accepts,
                             Told::declines, Told::parts,         Told::ends,   Told::fails,    Told::looks};
    for (int game = 0; game < 3000; ++game) {
        Line line(wish({"ana", "ben", "eva"}, game % 2 == 0));
        bool ended = false;
        for (int move = 0; move < 25; ++move) {
            line.now += std::chrono::seconds(dice() % 8);
            const Told told = all[dice() % all.size()];
            const std::size_t ring = 1 + dice() % 4;
            const Reply reply = line.tell(told, ring);
            const HandOff& now = line.last.after;
            const bool in_room = now.state == State::joining || now.state == State::talking;
            ASSERT_EQ(reply == Reply::join, reply == Reply::join && in_room && now.taker == ring);
            ASSERT_TRUE(!in_room || now.taker != 0);
            for (std::size_t i = 0; i < now.rings.size(); ++i) {
                const bool live = now.rings[i].stage != Ring::Stage::ended;
                ASSERT_TRUE(!live || now.state == State::ringing || (in_room && i + 1 == now.taker))
                    << "a phone rings on for nobody";
            }
            ended = ended || now.state == State::message || now.state == State::over;
            ASSERT_TRUE(!ended || now.state == State::message || now.state == State::over);
            ASSERT_EQ(now.rings.size() + now.to_ring.size(), now.rang_again ? 4U : 3U)
                << "nobody is rung twice but whose line dropped at once";
        }
    }
}

}  // namespace
}  // namespace rightsline::handoff
