// Who is put through, on a real store: caps, money, blocked numbers, a flood.
#include "gateway/handoff/gate.hpp"

#include <set>

#include "gateway/handoff/blocked.hpp"
#include "gateway/handoff/error.hpp"
#include "tests/gateway/handoff/ringing.hpp"

namespace rightsline::handoff {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

class Gates : public Ringing {
 protected:
    Caller from(int turn_number, const std::string& number) {
        Caller who = caller(turn_number);
        who.worker = *vault::PhoneNumber::parse(number);
        return who;
    }
    Caller in_danger(int turn_number, const std::string& number, bool pressed_key = false) {
        Caller who = from(turn_number, number);
        who.in_danger = true;
        who.pressed_key = pressed_key;
        return who;
    }
    /// A number of its own, in a block of its own.
    static std::string rotating(int number) {
        const std::string digits = std::to_string(2'000'000'000 + number * 7919L % 1'000'000 * 1000);
        return "+1" + digits;
    }
    /// How many calls wait in the outbox.
    std::int64_t rings() { return number({"ZCARD", way_out.queue.lanes[0]}); }
    void end_in_silence(const std::string& number, bool held = false) {
        one->note_silent_meanwhile({"fair-food", *vault::PhoneNumber::parse(number), held});
        settle();
    }
    Blocked blocked() { return {*client, *vault, clock}; }
};

TEST_F(Gates, OneNumberHasPeopleWokenFourTimesAnHourThenLeavesAMessage) {
    for (int i = 0; i < 4; ++i) {
        EXPECT_EQ(ask(from(i, "+13055550171")).reply, Reply::ring) << i;
        clock.advance(2min);
    }
    EXPECT_EQ(ask(from(5, "+13055550171")).reply, Reply::message);
    EXPECT_EQ(ask(from(6, "+13057770171")).reply, Reply::ring) << "others are put through";
    clock.advance(1h);
    EXPECT_EQ(ask(from(7, "+13055550171")).reply, Reply::ring);
    EXPECT_THAT(alarms, IsEmpty()) << "one who calls often is no flood";
}

TEST_F(Gates, ANumberHasADayToo) {
    int through = 0;
    for (int i = 0; i < 20; ++i) {
        through += ask(from(i, "+13055550171")).reply == Reply::ring ? 1 : 0;
        clock.advance(31min);
    }
    EXPECT_EQ(through, 10);
}

TEST_F(Gates, NumbersSideBySideShareACap) {
    int through = 0;
    for (int i = 0; i < 30; ++i) {
        through += ask(from(i, "+13055550" + std::to_string(100 + i))).reply == Reply::ring ? 1 : 0;
        clock.advance(90s);
    }
    EXPECT_EQ(through, 12);
    EXPECT_EQ(ask(from(31, "+13055551100")).reply, Reply::ring) << "the next thousand has its own";
}

TEST_F(Gates, CallersWhoShowNoNumberShareOneTooAndAreNotShutOut) {
    int through = 0;
    for (int i = 0; i < 30; ++i) {
        const Reply reply = ask(caller(i)).reply;
        EXPECT_TRUE(reply == Reply::ring || reply == Reply::message);
        through += reply == Reply::ring ? 1 : 0;
        clock.advance(90s);
    }
    EXPECT_EQ(through, 12);
}

TEST_F(Gates, WhoIsInDangerAndHungUpFourTimesIsPutThroughWithTheKey) {
    for (int i = 0; i < 4; ++i) {
        ASSERT_EQ(ask(in_danger(i, "+13055550171")).reply, Reply::ring) << i;
        clock.advance(2min);
    }
    EXPECT_EQ(ask(from(5, "+13055550171")).reply, Reply::message) << "for anything else the cap holds";
    EXPECT_EQ(ask(in_danger(6, "+13055550171")).reply, Reply::prove) << "never to the message at once";
    EXPECT_EQ(ask(in_danger(7, "+13055550171", true)).reply, Reply::ring);
    EXPECT_THAT(alarms, IsEmpty()) << "one who calls often is no flood";
}

TEST_F(Gates, ALineFullOfOthersStillPutsThroughWhoIsInDanger) {
    int through = 0;
    for (int i = 0; i < 10; ++i) {
        through += ask(from(i, rotating(i))).reply == Reply::ring ? 1 : 0;
    }
    EXPECT_EQ(through, 5) << "the sixth is kept";
    Caller keyed = from(20, rotating(20));
    keyed.pressed_key = true;
    EXPECT_EQ(ask(keyed).reply, Reply::message) << "the key alone opens it for nobody";
    EXPECT_EQ(ask(in_danger(21, rotating(21))).reply, Reply::prove);
    EXPECT_EQ(ask(in_danger(22, rotating(21), true)).reply, Reply::ring);
    EXPECT_EQ(ask(in_danger(23, rotating(23))).reply, Reply::message) << "six a minute stay six";
    EXPECT_EQ(rings(), 18);
}

TEST_F(Gates, OneNumberCannotTakeAllThatIsKeptForDanger) {
    int through = 0;
    for (int i = 0; i < 20; ++i) {
        through += ask(in_danger(i, "+13055550171", true)).reply == Reply::ring ? 1 : 0;
        clock.advance(2min);
    }
    EXPECT_EQ(through, 12);
    EXPECT_EQ(ask(in_danger(30, "+13057770171", true)).reply, Reply::ring);
}

TEST_F(Gates, TheSameTurnOnceMoreIsCountedOnce) {
    const Answer first = ask(from(1, "+13055550171"));
    for (int i = 0; i < 10; ++i) {
        const Answer again = ask(from(1, "+13055550171"));
        EXPECT_EQ(again.reply, Reply::ring);
        EXPECT_EQ(again.hand_off, first.hand_off);
    }
    EXPECT_EQ(rings(), 3);
}

TEST_F(Gates, TheDaysMoneyIsTheBoundOfAllPhonesThatRing) {
    way_out.limits.sends_a_day = 7;
    open_desks("live: {ring: parallel}\n");
    EXPECT_EQ(ask(from(1, rotating(1))).reply, Reply::ring);
    EXPECT_EQ(ask(from(2, rotating(2))).reply, Reply::ring);
    EXPECT_EQ(ask(from(3, rotating(3))).reply, Reply::message) << "three phones, and one call is left";
    EXPECT_EQ(rings(), 6);
    EXPECT_EQ(WithServer::text({"GET", keys.sent_by_program(20'000)}), "6");
}

/// F11: 1,000 calls a minute from rotating numbers.
TEST_F(Gates, InAFloodOfAThousandNumbersARealCallerIsPutThroughOrLeavesAMessageAndTheOperatorIsToldOnce) {
    int woken = 0;
    for (int i = 0; i < 1000; ++i) {
        const Reply reply = ask(from(i, rotating(i))).reply;
        ASSERT_TRUE(reply == Reply::ring || reply == Reply::message || reply == Reply::prove);
        woken += reply == Reply::ring ? 1 : 0;
        clock.advance(60ms);
    }
    EXPECT_LE(woken, 12) << "six a minute, and a minute has two ends";
    EXPECT_EQ(rings(), 3 * woken);
    ASSERT_FALSE(alarms.empty());
    EXPECT_EQ(std::set(alarms.begin(), alarms.end()), std::set({std::pair(alerts::Matter::flood, 1)}))
        << "the operator's desk tells it once a day";
    clock.advance(1min);
    Caller real = from(5000, "+13055550171");
    EXPECT_EQ(ask(real).reply, Reply::prove) << "a key comes first";
    real.pressed_key = true;
    EXPECT_EQ(ask(real).reply, Reply::ring);
    Caller message = from(5001, "+13055550171");
    message.hand_off = turn(5000);
    message.wants_message = true;
    EXPECT_EQ(ask(message).reply, Reply::message) << "1 leads to the message at any time";
    EXPECT_LT(count_of("{fair-food}:hc:*"), 60U) << "what was not let through fills no store";
    clock.advance(20min);
    EXPECT_EQ(ask(from(5002, "+13057770171")).reply, Reply::ring) << "and it is over by itself";
}

TEST_F(Gates, SilentNumbersSideBySideMustPressAKeyAndOthersNeedNot) {
    for (int i = 0; i < 5; ++i) {
        end_in_silence("+1305555010" + std::to_string(i));
    }
    EXPECT_THAT(alarms, ElementsAre(std::pair(alerts::Matter::flood, 1)));
    EXPECT_EQ(ask(from(1, "+13055550109")).reply, Reply::prove);
    Caller proven = from(2, "+13055550109");
    proven.pressed_key = true;
    EXPECT_EQ(ask(proven).reply, Reply::ring);
    EXPECT_EQ(ask(from(3, "+13057770109")).reply, Reply::ring);
    EXPECT_EQ(ask(caller(4)).reply, Reply::ring);
    const std::string kept = WithServer::text({"GET", keys.flood_watch()});
    EXPECT_EQ(kept.find("305555"), std::string::npos);
    EXPECT_GT(number({"TTL", keys.flood_watch()}), 0) << "nothing of it stays";
}

TEST_F(Gates, LinesHeldOpenInSilenceAreASign) {
    for (int i = 0; i < 10; ++i) {
        end_in_silence(rotating(i), true);
    }
    EXPECT_THAT(alarms, ElementsAre(std::pair(alerts::Matter::flood, 1)));
    EXPECT_EQ(ask(from(1, "+13057770109")).reply, Reply::prove);
}

TEST_F(Gates, ABlockedNumberWakesNobodyAndStandsNowhereInClear) {
    const auto name = tests::run(
        io, blocked().block("fair-food", *vault::PhoneNumber::parse("+13055550171"), "uid:0", far()));
    ASSERT_TRUE(name);
    EXPECT_EQ(name->size(), 8U);
    EXPECT_EQ(ask(from(1, "+13055550171")).reply, Reply::message) << "they can still tell us";
    EXPECT_EQ(ask(from(2, "+13055550172")).reply, Reply::ring);
    EXPECT_EQ(redis::shared_server().append_only_bytes().find("3055550171"), std::string::npos);
    EXPECT_THAT(audit(), Contains("sender_blocked uid:0"));
    const auto again = tests::run(
        io, blocked().block("fair-food", *vault::PhoneNumber::parse("+13055550171"), "uid:0", far()));
    EXPECT_EQ(*again, *name);
    const auto all = tests::run(io, blocked().list("fair-food", far()));
    ASSERT_EQ(all->size(), 1U);
    EXPECT_EQ(all->front().name, *name);
    EXPECT_EQ(tests::run(io, blocked().free("fair-food", "ffffffff", "uid:0", far())).error(),
              make_error_code(errc::not_blocked));
    EXPECT_TRUE(tests::run(io, blocked().free("fair-food", *name, "uid:0", far())));
    EXPECT_EQ(ask(from(3, "+13055550171")).reply, Reply::ring);
    EXPECT_THAT(audit(), Contains("sender_freed uid:0"));
}

}  // namespace
}  // namespace rightsline::handoff
