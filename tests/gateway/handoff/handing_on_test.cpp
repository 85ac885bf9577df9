// A talk goes on with a colleague: who is in the room, who has the call, and what is left when somebody goes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <random>
#include <set>

#include "gateway/handoff/account.hpp"
#include "gateway/handoff/error.hpp"
#include "gateway/handoff/room.hpp"

namespace rightsline::handoff {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using Told = Event::Told;
using Numbers = std::vector<std::size_t>;

const ops::UtcMs start{std::chrono::hours(500'000)};
const std::string id = "0123456789abcdef";

/// A talk of ana with a caller, and the clock; what each step adds to the audit.
class Talk {
 public:
    Talk() {
        HandOff fresh;
        fresh.until = start + 75s;
        fresh.to_ring = {"ana", "eva"};
        fresh.room = "room";
        last = begin(std::move(fresh), "turn-0", start);
        tell(Told::accepts, 1);
        tell(Told::asks);
    }
    Reply tell(Told told, std::size_t ring = 0) {
        Event event{told, ring};
        event.turn = told == Told::asks || told == Told::wants_message ? "turn-" + std::to_string(++turns)
                                                                       : std::string();
        return give(event);
    }
    Reply hand_on(const std::string& to = "ben") {
        Event event{Told::hands_on};
        event.person = to;
        event.by = "ana";
        return give(event);
    }
    /// … and they have come.
    void handed_on() {
        hand_on();
        tell(Told::picks_up, 2);
        ASSERT_EQ(tell(Told::accepts, 2), Reply::join);
    }
    Reply give(const Event& event) {
        const HandOff before = last.after;
        last = step(std::move(last.after), event, now);
        lines.clear();
        for (const audit::Act& act : account_of(id, &before, last.after, event.told, now, event.by)) {
            std::string line(audit::name_of(act.what));
            for (const std::string& word : {act.who, act.why, act.to}) {
                line += word.empty() ? "" : " " + word;
            }
            lines.push_back(std::move(line));
        }
        return last.reply;
    }
    State state() const { return last.after.state; }
    Numbers room() const { return in_room(last.after); }

    ops::UtcMs now = start;
    int turns = 0;
    Step last;
    std::vector<std::string> lines;
};

TEST(HandingOn, TheColleaguesPhoneRingsAndAKeyBringsThemIntoTheSameRoom) {
    Talk talk;
    talk.hand_on();
    EXPECT_EQ(talk.state(), State::talking);
    EXPECT_EQ(talk.last.todo.ring, Numbers{2});
    EXPECT_EQ(talk.last.after.rings.at(1).person, "ben");
    EXPECT_THAT(talk.lines, ElementsAre("call_handed_on ana ben"));
    EXPECT_EQ(talk.tell(Told::picks_up, 2), Reply::whisper);
    EXPECT_EQ(talk.room(), Numbers{1}) << "a voicemail is not in it";
    talk.now += 20s;
    EXPECT_EQ(talk.tell(Told::accepts, 2), Reply::join);
    EXPECT_EQ(talk.room(), (Numbers{2, 1}));
    EXPECT_EQ(talk.last.after.room, "room");
    EXPECT_FALSE(talk.last.todo.nudge) << "the caller stays where they are";
    EXPECT_THAT(talk.lines, ElementsAre("call_taken_over ben"));
    EXPECT_EQ(talk.tell(Told::accepts, 2), Reply::join) << "the same key again";
    EXPECT_EQ(talk.room(), (Numbers{2, 1}));
}

TEST(HandingOn, EverybodyInTheRoomIsToldThatTheTalkNearsItsEnd) {
    Talk talk;
    talk.now += 10min;
    talk.handed_on();
    talk.now += 18min;
    EXPECT_EQ(talk.tell(Told::asks), Reply::talk_on) << "the room ended with the caller's leg";
    EXPECT_EQ(talk.tell(Told::parts, 1), Reply::join_on);
    EXPECT_EQ(talk.tell(Told::parts, 2), Reply::join_on);
    EXPECT_EQ(talk.room(), (Numbers{2, 1}));
    talk.now += 2min;
    EXPECT_EQ(talk.tell(Told::asks), Reply::goodbye);
    EXPECT_EQ(talk.tell(Told::parts, 2), Reply::ended);
}

TEST(HandingOn, ATalkThatBeginsAgainIsAsLongAsAnother) {
    Talk talk;
    talk.now += 27min;
    talk.hand_on();
    talk.tell(Told::picks_up, 2);
    talk.now += 1min;
    EXPECT_EQ(talk.tell(Told::asks), Reply::talk_on);
    talk.tell(Told::ends, 1);
    ASSERT_EQ(talk.state(), State::ringing) << "they wait for the colleague";
    talk.tell(Told::accepts, 2);
    ASSERT_EQ(talk.tell(Told::asks), Reply::talk);
    talk.now += 28min;
    EXPECT_EQ(talk.tell(Told::asks), Reply::talk_on);
    EXPECT_EQ(talk.tell(Told::parts, 2), Reply::join_on);
}

TEST(HandingOn, WhoHandedItOnGoesAndTheRoomStaysUntilTheColleagueGoes) {
    Talk talk;
    talk.handed_on();
    talk.now += 30s;
    EXPECT_EQ(talk.tell(Told::parts, 1), Reply::ended);
    EXPECT_EQ(talk.state(), State::talking);
    EXPECT_EQ(talk.room(), Numbers{2});
    EXPECT_FALSE(talk.last.todo.nudge);
    EXPECT_THAT(talk.lines, ElementsAre("call_ended ana 30 ben")) << "with whom it goes on";
    talk.tell(Told::ends, 1);  // its last callback
    EXPECT_FALSE(talk.last.changed);
    talk.now += 60s;
    EXPECT_EQ(talk.tell(Told::ends, 2), Reply::none);
    EXPECT_EQ(talk.state(), State::over);
    EXPECT_TRUE(talk.last.todo.nudge);
    EXPECT_THAT(talk.lines, ElementsAre("call_ended ben 90")) << "since they came";
}

TEST(HandingOn, AColleagueWhoGoesFirstLeavesTheCallWithWhoHandedItOn) {
    Talk talk;
    talk.handed_on();
    talk.tell(Told::parts, 2);
    EXPECT_EQ(talk.state(), State::talking);
    EXPECT_EQ(talk.room(), Numbers{1});
    talk.hand_on("eva");
    EXPECT_EQ(talk.last.todo.ring, Numbers{3}) << "who asks another";
}

TEST(HandingOn, AColleagueWhoDoesNotComeChangesNothing) {
    for (const Told told : {Told::declines, Told::ends, Told::fails}) {
        Talk talk;
        talk.hand_on();
        talk.tell(told, 2);
        EXPECT_EQ(talk.state(), State::talking);
        EXPECT_EQ(talk.room(), Numbers{1});
        EXPECT_EQ(talk.last.after.asked, 0U);
        EXPECT_EQ(talk.tell(Told::accepts, 2), Reply::too_late);
        EXPECT_EQ(talk.room(), Numbers{1});
    }
    Talk lost;  // nobody says that the phone rang out
    lost.hand_on();
    lost.now += 35s;
    lost.tell(Told::looks);
    EXPECT_EQ(lost.last.after.asked, 0U);
    EXPECT_EQ(lost.state(), State::talking);
}

TEST(HandingOn, WhoGoesBeforeTheColleagueIsThereLeavesACallerWhoWaitsAgain) {
    Talk talk;
    talk.now += 10min;
    talk.hand_on();
    talk.now += 3s;
    EXPECT_EQ(talk.tell(Told::parts, 1), Reply::ended);
    EXPECT_EQ(talk.state(), State::ringing);
    EXPECT_TRUE(talk.last.todo.nudge) << "they are called out of the silent room";
    EXPECT_THAT(talk.lines, ElementsAre("call_ended ana 603"));
    EXPECT_EQ(talk.tell(Told::asks), Reply::wait);
    EXPECT_EQ(talk.tell(Told::picks_up, 2), Reply::whisper);
    EXPECT_EQ(talk.tell(Told::accepts, 2), Reply::join);
    EXPECT_EQ(talk.tell(Told::asks), Reply::talk);
    EXPECT_EQ(talk.room(), Numbers{2});
    Talk nobody;
    nobody.hand_on();
    nobody.tell(Told::ends, 1);
    nobody.now += 75s;
    EXPECT_EQ(nobody.tell(Told::asks), Reply::message) << "no longer than any wait";
}

TEST(HandingOn, ACallerWhoGoesEndsItForAll) {
    Talk asked;
    asked.hand_on();
    asked.tell(Told::leaves);
    EXPECT_EQ(asked.state(), State::over);
    EXPECT_EQ(asked.last.todo.stop, Numbers{2});
    EXPECT_EQ(asked.last.todo.send, Numbers{1});
    EXPECT_EQ(asked.tell(Told::accepts, 2), Reply::too_late);
    Talk both;
    both.handed_on();
    both.tell(Told::leaves);
    EXPECT_EQ(both.last.todo.send, (Numbers{1, 2}));
    EXPECT_THAT(both.lines, ElementsAre("call_ended ben 0", "call_ended ana 0"));
    EXPECT_EQ(both.tell(Told::parts, 1), Reply::ended);
    EXPECT_EQ(both.tell(Told::parts, 2), Reply::ended);
    EXPECT_THAT(both.lines, IsEmpty());
}

TEST(HandingOn, WhoMayAndWhoMayBeAskedIsSaid) {
    const auto why = [](const HandOff& of, const char* by, const char* to) {
        const Result<void> may = may_hand_on(of, by, to);
        return may ? boost::system::error_code() : may.error();
    };
    Talk talk;
    EXPECT_FALSE(why(talk.last.after, "ana", "ben"));
    EXPECT_FALSE(why(talk.last.after, "", "ben")) << "who runs the server";
    EXPECT_EQ(why(talk.last.after, "eva", "ben"), errc::not_in_call);
    EXPECT_EQ(why(talk.last.after, "ana", "ana"), errc::in_call_already);
    talk.hand_on();
    EXPECT_EQ(why(talk.last.after, "ana", "eva"), errc::handed_on_already);
    talk.hand_on("eva");
    EXPECT_FALSE(talk.last.changed);
    talk.tell(Told::accepts, 2);
    EXPECT_EQ(why(talk.last.after, "ben", "eva"), errc::handed_on_already) << "two are in it";
    EXPECT_EQ(why(talk.last.after, "ben", "ana"), errc::in_call_already);
    talk.tell(Told::leaves);
    EXPECT_EQ(why(talk.last.after, "ben", "eva"), errc::not_talking);
    Talk late;
    late.now += 28min;
    late.tell(Told::asks);
    EXPECT_EQ(why(late.last.after, "ana", "eva"), errc::ends_soon);
    Talk many;
    for (std::size_t ring = 2; ring <= 40; ++ring) {
        many.hand_on();
        many.tell(Told::declines, ring);
    }
    EXPECT_EQ(why(many.last.after, "ana", "ben"), errc::rung_enough);
}

TEST(HandingOn, ACallerWhoIsAloneInTheRoomIsCalledBackUntilTheyComeOrAreGone) {
    Talk talk;
    talk.now += 1min;
    talk.tell(Told::parts, 1);
    ASSERT_TRUE(talk.last.todo.nudge);
    int again = 0;
    for (int i = 0; i < 120; ++i) {
        talk.now += 1s;
        talk.tell(Told::looks);
        again += talk.last.todo.nudge ? 1 : 0;
    }
    EXPECT_EQ(again, 5) << "and then no more";
    for (const Told told : {Told::asks, Told::leaves}) {
        Talk other;
        other.now += 1min;
        other.tell(Told::parts, 1);
        EXPECT_EQ(next_look(other.last.after, other.now), other.now + 5s);
        other.tell(told);
        other.now += 5s;
        other.tell(Told::looks);
        EXPECT_FALSE(other.last.todo.nudge);
    }
}

TEST(HandingOn, ItIsLookedAtOftenWhileTheColleaguesPhoneRings) {
    Talk talk;
    EXPECT_EQ(next_look(talk.last.after, talk.now), start + 29min);
    talk.hand_on();
    EXPECT_LE(next_look(talk.last.after, talk.now) - talk.now, 1s);
}

/// Whatever comes in whatever order: nobody is in the room who did not press the key, and never three.
TEST(HandingOn, NoOrderOfEventsBringsInWhoDidNotPressTheKeyNorEndsATalkThatSomebodyIsIn) {
    std::mt19937 dice(20261123);
    constexpr std::array all{Told::hands_on, Told::accepts,  Told::hands_on, Told::accepts, Told::picks_up,
                             Told::accepts,  Told::hands_on, Told::accepts,  Told::looks,   Told::declines,
                             Told::parts,    Told::ends,     Told::fails,    Told::asks,    Told::leaves};
    const std::array<std::string, 3> names{"ana", "ben", "eva"};
    std::size_t taken_over = 0;
    for (int game = 0; game < 3000; ++game) {
        Talk talk;
        std::set<std::size_t> keyed{1};
        for (int move = 0; move < 30; ++move) {
            talk.now += std::chrono::seconds(dice() % 8);
            // the caller stays in the room mostly
            const Told told = all[dice() % (dice() % 8 == 0 ? all.size() : all.size() - 2)];
            const std::size_t ring = 1 + dice() % (talk.last.after.rings.size() + 1);
            const HandOff before = talk.last.after;
            const Reply reply =
                told == Told::hands_on ? talk.hand_on(names[dice() % 3]) : talk.tell(told, ring);
            if (told == Told::accepts) {
                keyed.insert(ring);
            }
            const HandOff& now = talk.last.after;
            ASSERT_LE(talk.room().size(), 2U);
            for (const std::size_t one : talk.room()) {
                ASSERT_TRUE(keyed.contains(one));
                ASSERT_NE(now.rings[one - 1].stage, Ring::Stage::ended);
            }
            ASSERT_TRUE(reply != Reply::join || is_in_room(now, ring));
            ASSERT_TRUE(now.asked == 0 || (now.state == State::talking && now.beside == 0));
            for (std::size_t i = 1; i <= now.rings.size(); ++i) {
                ASSERT_TRUE(now.rings[i - 1].stage == Ring::Stage::ended || now.state == State::ringing ||
                            is_in_room(now, i) || i == now.asked)
                    << "a phone rings on for nobody";
            }
            const bool by_caller = told == Told::asks || told == Told::leaves;
            if (before.state == State::talking && now.state == State::over && !by_caller &&
                talk.now < before.since + 35min) {
                ASSERT_TRUE(talk.last.todo.nudge);
                ASSERT_EQ(before.beside, 0U) << "somebody was left in it";
                ASSERT_EQ(before.asked, 0U);
            }
            taken_over += before.beside == 0 && now.beside != 0 ? 1 : 0;
        }
    }
    EXPECT_GT(taken_over, 500U) << "it was tried";
}

}  // namespace
}  // namespace rightsline::handoff
