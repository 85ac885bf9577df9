// A caller whom the others left: none stays in a silent room, none is put away unheard, and no phone rings for nobody.
#include <gtest/gtest.h>

#include "tests/gateway/handoff/line.hpp"

namespace rightsline::handoff {
namespace {

using Told = Event::Told;
using Numbers = std::vector<std::size_t>;

/// How often the caller is called back, looked at every second for so long.
int called_back(Line& line, std::chrono::seconds time) {
    int times = 0;
    for (std::chrono::seconds i{0}; i < time; ++i) {
        line.now += 1s;
        line.tell(Told::looks);
        times += line.last.todo.nudge ? 1 : 0;
    }
    return times;
}

TEST(LeftAlone, AProviderThatNeverEndsARoomLeavesNoCallerInItAfterTheLongestTalk) {
    Line line = talk_with(wish({"ana"}));
    line.now = start + 29min;
    line.tell(Told::looks);  // it lets nobody out to be told, either
    line.now = start + 32min;
    line.tell(Told::looks);
    EXPECT_EQ(line.state(), State::over);
    EXPECT_EQ(line.last.todo.send, Numbers{1});
    EXPECT_TRUE(line.last.todo.nudge) << "the person is sent away: the caller is not left there";
    EXPECT_EQ(called_back(line, 60s), 5);
}

TEST(LeftAlone, WhoWasLeftToAColleagueIsCalledBackUntilTheyComeBy) {
    Line line = talk_with(wish({"ana"}));
    Event hands_on{Told::hands_on};
    hands_on.person = "ben";
    line.give(hands_on);
    line.tell(Told::ends, 1);
    ASSERT_EQ(line.state(), State::ringing);
    EXPECT_TRUE(line.last.todo.nudge);
    line.now += 5s;
    line.tell(Told::looks);
    EXPECT_TRUE(line.last.todo.nudge) << "the first request may have been lost";
    EXPECT_EQ(line.tell(Told::accepts, 2), Reply::join);
    line.now += 5s;
    line.tell(Told::looks);
    EXPECT_TRUE(line.last.todo.nudge) << "they still may sit in the room";
    EXPECT_EQ(line.tell(Told::asks), Reply::talk);
    EXPECT_EQ(called_back(line, 30s), 0) << "they came";
}

TEST(LeftAlone, ACallerWhoNeverCameIntoTheRoomIsCalledToTheirMessage) {
    Line line(wish({"ana"}));
    line.tell(Told::accepts, 1);
    line.now += 20s;
    line.tell(Told::looks);
    EXPECT_EQ(line.state(), State::message);
    EXPECT_TRUE(line.last.todo.nudge);
}

TEST(LeftAlone, AKeyThatComesAfterItsCallWasHungUpTakesNothing) {
    for (const Told late : {Told::picks_up, Told::accepts}) {
        Line line(wish({"ana", "ben"}));
        line.tell(Told::picks_up, 1);
        Event hung_up{Told::ends, 1};
        hung_up.hung_up = true;
        line.give(hung_up);
        EXPECT_EQ(line.last.todo.ring, Numbers{2});
        EXPECT_EQ(line.tell(late, 1), Reply::none);
        EXPECT_EQ(line.state(), State::ringing) << "nobody is there";
        EXPECT_EQ(line.stage(1), Ring::Stage::ended);
        EXPECT_TRUE(line.last.todo.stop.empty()) << "ben's phone rings on";
    }
}

TEST(LeftAlone, WhoseLineDropsAsSoonAsTheyHaveComeIsRungAgainOnceAndAfterTheOthers) {
    Line line(wish({"ana", "ben"}));
    line.tell(Told::accepts, 1);
    line.tell(Told::asks);
    line.now += 5s;
    line.tell(Told::ends, 1);
    EXPECT_EQ(line.state(), State::ringing) << "the caller has said nothing yet";
    EXPECT_TRUE(line.last.todo.nudge);
    EXPECT_TRUE(line.last.todo.ring.empty()) << "perhaps it was the caller who went";
    EXPECT_EQ(line.tell(Told::asks), Reply::wait);
    EXPECT_EQ(line.last.todo.ring, Numbers{2});
    EXPECT_EQ(line.last.after.rings.at(1).person, "ben");
    line.tell(Told::declines, 2);
    EXPECT_EQ(line.last.after.rings.at(2).person, "ana");
    line.tell(Told::accepts, 3);
    line.tell(Told::asks);
    line.now += 5s;
    line.tell(Told::ends, 3);
    EXPECT_EQ(line.state(), State::over) << "once";
}

TEST(LeftAlone, NobodyIsRungAgainForACallerWhoHasGone) {
    Line line(wish({"ana"}));
    line.tell(Told::accepts, 1);
    line.tell(Told::asks);
    line.tell(Told::parts, 1);  // the room ended with the caller; that they went is told a moment later
    line.tell(Told::leaves);
    EXPECT_EQ(line.state(), State::over);
    EXPECT_EQ(line.last.after.rings.size(), 1U);
    EXPECT_EQ(called_back(line, 60s), 0);
}

TEST(LeftAlone, AfterThirtySecondsItWasATalk) {
    Line line(wish({"ana"}));
    line.tell(Told::accepts, 1);
    line.tell(Told::asks);
    line.now += 30s;
    line.tell(Told::ends, 1);
    EXPECT_EQ(line.state(), State::over);
}

TEST(LeftAlone, ARepeatedTurnIsNotLedIntoARoomThatIsEmptyByNow) {
    for (const bool in_room : {true, false}) {
        Line line(wish({"ana"}));
        const Event ask{Told::asks, 0, "turn-7"};
        if (in_room) {
            line.tell(Told::accepts, 1);
        }
        EXPECT_EQ(line.give(ask), in_room ? Reply::talk : Reply::wait);
        line.tell(Told::leaves);
        EXPECT_EQ(line.give(ask), Reply::message);
    }
}

TEST(LeftAlone, AColleagueWhoDidNotComeIsNotRungAgainForTheSameCaller) {
    Line line = talk_with(wish({"ana", "eva"}));
    Event hands_on{Told::hands_on};
    hands_on.person = "eva";
    line.give(hands_on);
    line.tell(Told::ends, 1);
    line.tell(Told::declines, 2);
    EXPECT_EQ(line.state(), State::message);
    EXPECT_EQ(line.last.after.rings.size(), 2U);
}

TEST(LeftAlone, ADangerThatIsSaidWhileTheyWaitIsKept) {
    Line line(wish({"ana"}));
    Event nine{Told::asks, 0, "turn-9"};
    nine.in_danger = true;
    line.give(nine);
    EXPECT_TRUE(line.last.after.in_danger);
    line.tell(Told::asks);
    EXPECT_TRUE(line.last.after.in_danger) << "and stays";
}

}  // namespace
}  // namespace rightsline::handoff
