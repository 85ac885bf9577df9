// Every state and every meaning of a call-back, and the ways that lead through them.
#include "gateway/callbacks/machine.hpp"

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <vector>

namespace rightsline::callbacks {
namespace {

using namespace std::chrono_literals;
using Told = Event::Told;

constexpr ops::UtcMs noon{std::chrono::hours(12)};

CallBack fresh() {
    CallBack one;
    one.case_id = std::string(32, 'c');
    one.person = "ana";
    one.language = "es";
    one.line = "+15005550006";
    one.room = std::string(32, 'a');
    return one;
}

/// Plays events one second apart.
class Play {
 public:
    explicit Play(std::vector<Told> events = {}) : last_(begin(fresh(), noon)) {
        for (const Told told : events) {
            hear(told);
        }
    }
    const Step& hear(Told told, std::chrono::seconds later = 1s) {
        now_ += later;
        last_ = step(last_.after, Event{told}, now_);
        was_in_room_ = was_in_room_ || last_.reply == Reply::bring;
        return last_;
    }
    const Step& last() const { return last_; }
    const CallBack& now() const { return last_.after; }
    bool was_in_room() const { return was_in_room_; }

 private:
    ops::UtcMs now_ = noon;
    Step last_;
    bool was_in_room_ = false;
};

const std::vector<Told> to_calling{Told::person_answers, Told::person_accepts};
const std::vector<Told> to_proving{Told::person_answers, Told::person_accepts, Told::worker_answers};
const std::vector<Told> to_talking{Told::person_answers, Told::person_accepts, Told::worker_answers,
                                   Told::right_code};

constexpr std::array all_told{
    Told::person_answers, Told::person_accepts, Told::person_declines, Told::person_parts, Told::person_ends,
    Told::worker_answers, Told::right_code,     Told::wrong_code,      Told::shut_out,     Told::no_code,
    Told::machine,        Told::worker_parts,   Told::worker_ends,     Told::worker_fails, Told::looks};

struct Cell {
    State next;
    Reply reply;
    unsigned acts;
    Outcome outcome;
};
constexpr unsigned rw = Rule::ring_worker;
constexpr unsigned ep = Rule::end_person;
constexpr unsigned ew = Rule::end_worker;

// Written down a second time, row by row, so that a change of one cell is a change of two places.
constexpr std::array<std::array<Cell, meanings>, states> agreed{{
    {{{State::asking, Reply::whisper, 0, Outcome::none},
      {State::calling, Reply::join, rw, Outcome::none},
      {State::over, Reply::hang_up, 0, Outcome::not_begun},
      {State::asking, Reply::hang_up, 0, Outcome::none},
      {State::asking, Reply::hang_up, 0, Outcome::none},
      {State::asking, Reply::hang_up, 0, Outcome::none},
      {State::asking, Reply::hang_up, 0, Outcome::none},
      {State::asking, Reply::hang_up, 0, Outcome::none},
      {State::asking, Reply::none, 0, Outcome::none},
      {State::asking, Reply::none, 0, Outcome::none},
      {State::over, Reply::none, ep, Outcome::not_begun},
      {State::asking, Reply::none, 0, Outcome::none},
      {State::asking, Reply::none, 0, Outcome::none},
      {State::asking, Reply::none, 0, Outcome::none}}},
    {{{State::calling, Reply::join, 0, Outcome::none},
      {State::calling, Reply::join, 0, Outcome::none},
      {State::over, Reply::hang_up, ew, Outcome::given_up},
      {State::proving, Reply::opener, 0, Outcome::none},
      {State::talking, Reply::bring, 0, Outcome::reached},
      {State::proving, Reply::again, 0, Outcome::none},
      {State::over, Reply::goodbye, ep, Outcome::wrong_code},
      {State::over, Reply::hang_up, ep, Outcome::nobody},
      {State::over, Reply::none, ep, Outcome::nobody},
      {State::over, Reply::none, ep, Outcome::not_placed},
      {State::over, Reply::none, ep | ew, Outcome::nobody},
      {State::calling, Reply::none, 0, Outcome::none},
      {State::calling, Reply::none, 0, Outcome::none},
      {State::calling, Reply::none, 0, Outcome::none}}},
    {{{State::proving, Reply::join, 0, Outcome::none},
      {State::proving, Reply::join, 0, Outcome::none},
      {State::over, Reply::hang_up, 0, Outcome::given_up},
      {State::proving, Reply::opener, 0, Outcome::none},
      {State::talking, Reply::bring, 0, Outcome::reached},
      {State::proving, Reply::again, 0, Outcome::none},
      {State::over, Reply::goodbye, ep, Outcome::wrong_code},
      {State::over, Reply::hang_up, ep, Outcome::nobody},
      {State::over, Reply::none, ep, Outcome::nobody},
      {State::proving, Reply::none, 0, Outcome::none},
      {State::over, Reply::none, ep | ew, Outcome::nobody},
      {State::proving, Reply::none, 0, Outcome::none},
      {State::proving, Reply::none, 0, Outcome::none},
      {State::proving, Reply::none, 0, Outcome::none}}},
    {{{State::talking, Reply::join, 0, Outcome::none},
      {State::talking, Reply::join, 0, Outcome::none},
      {State::over, Reply::hang_up, ew, Outcome::none},
      {State::talking, Reply::bring, 0, Outcome::none},
      {State::talking, Reply::bring, 0, Outcome::none},
      {State::talking, Reply::hang_up, 0, Outcome::none},
      {State::talking, Reply::hang_up, 0, Outcome::none},
      {State::talking, Reply::hang_up, 0, Outcome::none},
      {State::over, Reply::goodbye, ep, Outcome::none},
      {State::talking, Reply::none, 0, Outcome::none},
      {State::over, Reply::none, ep | ew, Outcome::none},
      {State::talking, Reply::none, 0, Outcome::none},
      {State::talking, Reply::join_on, 0, Outcome::none},
      {State::talking, Reply::bring_on, 0, Outcome::none}}},
    {{{State::over, Reply::told, 0, Outcome::none},
      {State::over, Reply::told, 0, Outcome::none},
      {State::over, Reply::told, 0, Outcome::none},
      {State::over, Reply::hang_up, 0, Outcome::none},
      {State::over, Reply::goodbye, 0, Outcome::none},
      {State::over, Reply::goodbye, 0, Outcome::none},
      {State::over, Reply::goodbye, 0, Outcome::none},
      {State::over, Reply::hang_up, 0, Outcome::none},
      {State::over, Reply::goodbye, 0, Outcome::none},
      {State::over, Reply::none, 0, Outcome::none},
      {State::over, Reply::none, 0, Outcome::none},
      {State::over, Reply::none, 0, Outcome::none},
      {State::over, Reply::none, 0, Outcome::none},
      {State::over, Reply::none, 0, Outcome::none}}},
}};

TEST(CallBackMachine, EveryStateAndEveryMeaningIsWhatWasAgreed) {
    for (std::size_t state = 0; state < states; ++state) {
        for (std::size_t meaning = 0; meaning < meanings; ++meaning) {
            const Rule& rule = rule_of(static_cast<State>(state), static_cast<Meaning>(meaning));
            const Cell& cell = agreed[state][meaning];
            EXPECT_EQ(rule.next, cell.next) << state << "," << meaning;
            EXPECT_EQ(rule.reply, cell.reply) << state << "," << meaning;
            EXPECT_EQ(rule.acts, cell.acts) << state << "," << meaning;
            EXPECT_EQ(rule.outcome, cell.outcome) << state << "," << meaning;
        }
    }
}

TEST(CallBackMachine, OnlyTheRightCodeLeadsIntoTheRoomWhateverComesInWhateverOrder) {
    for (const Told first : all_told) {
        for (const Told second : all_told) {
            for (const Told third : all_told) {
                for (const auto& before : {to_calling, to_proving}) {
                    Play play(before);
                    play.hear(first);
                    play.hear(second);
                    play.hear(third);
                    const bool given =
                        first == Told::right_code || second == Told::right_code || third == Told::right_code;
                    EXPECT_LE(play.was_in_room(), given);
                    EXPECT_LE(play.now().outcome == Outcome::reached, given);
                }
            }
        }
    }
}

TEST(CallBackMachine, WhatIsOverStaysOverWithItsOutcome) {
    for (const Told told : all_told) {
        Play play(to_proving);
        play.hear(Told::no_code);
        ASSERT_EQ(play.now().state, State::over);
        play.hear(told);
        EXPECT_EQ(play.now().state, State::over);
        EXPECT_EQ(play.now().outcome, Outcome::nobody);
        EXPECT_FALSE(play.was_in_room());
    }
}

TEST(CallBackMachine, ThePersonsPhoneRingsFirstAndTheWorkersOnceAfterTheKey) {
    Play play;
    EXPECT_TRUE(play.last().todo.ring_person);
    EXPECT_FALSE(play.hear(Told::person_answers).todo.ring_worker);
    EXPECT_EQ(play.last().reply, Reply::whisper);
    EXPECT_TRUE(play.hear(Told::person_accepts).todo.ring_worker);
    EXPECT_FALSE(play.hear(Told::person_accepts).todo.ring_worker) << "the provider tells it twice";
    EXPECT_EQ(play.last().reply, Reply::join);
}

TEST(CallBackMachine, WithoutTheKeyNoWorkersPhoneRings) {
    for (const Told end : {Told::person_declines, Told::person_ends, Told::person_parts}) {
        Play play({Told::person_answers, end});
        EXPECT_EQ(play.now().outcome, Outcome::not_begun);
        EXPECT_EQ(play.now().of_worker.stage, Leg::Stage::idle);
        EXPECT_FALSE(play.hear(Told::person_accepts).todo.ring_worker) << "too late";
    }
    Play silent;
    EXPECT_TRUE(silent.hear(Told::looks, 60s).todo.stop_person);
    EXPECT_EQ(silent.now().outcome, Outcome::not_begun);
}

TEST(CallBackMachine, ThreeWrongCodesAreAGoodbyeAndThePersonHearsOfIt) {
    Play play(to_proving);
    EXPECT_EQ(play.hear(Told::wrong_code).reply, Reply::again);
    EXPECT_EQ(play.hear(Told::wrong_code).reply, Reply::again);
    EXPECT_EQ(play.hear(Told::wrong_code).reply, Reply::goodbye);
    EXPECT_EQ(play.now().outcome, Outcome::wrong_code);
    EXPECT_TRUE(play.last().todo.send_person);
    EXPECT_EQ(play.hear(Told::person_parts).reply, Reply::told);
    EXPECT_EQ(play.hear(Told::right_code).reply, Reply::goodbye) << "too late";
}

TEST(CallBackMachine, APhoneWithoutATryLeftTodayHearsAGoodbyeAtOnce) {
    Play play(to_proving);
    EXPECT_EQ(play.hear(Told::shut_out).reply, Reply::goodbye);
    EXPECT_EQ(play.now().outcome, Outcome::wrong_code);
}

TEST(CallBackMachine, AWrongCodeAndThenTheRightOneIsReached) {
    Play play(to_proving);
    play.hear(Told::wrong_code);
    EXPECT_EQ(play.hear(Told::right_code).reply, Reply::bring);
    EXPECT_EQ(play.now().outcome, Outcome::reached);
}

TEST(CallBackMachine, SilenceAndMachinesEndWithoutAWord) {
    for (const Told told : {Told::no_code, Told::machine}) {
        for (const auto& before : {to_calling, to_proving}) {
            Play play(before);
            EXPECT_EQ(play.hear(told).reply, Reply::hang_up);
            EXPECT_EQ(play.now().outcome, Outcome::nobody);
            EXPECT_TRUE(play.last().todo.send_person);
        }
    }
}

TEST(CallBackMachine, SilenceAfterAWrongCodeIsAWrongCode) {
    Play play(to_proving);
    play.hear(Told::wrong_code);
    play.hear(Told::no_code);
    EXPECT_EQ(play.now().outcome, Outcome::wrong_code);
}

TEST(CallBackMachine, APhoneThatRingsOutOrCannotBeCalledIsSaid) {
    Play out(to_calling);
    EXPECT_TRUE(out.hear(Told::worker_ends).todo.send_person);
    EXPECT_EQ(out.now().outcome, Outcome::nobody);
    Play failed(to_calling);
    failed.hear(Told::worker_fails);
    EXPECT_EQ(failed.now().outcome, Outcome::not_placed);
    Play there(to_proving);
    there.hear(Told::worker_fails);
    EXPECT_EQ(there.now().state, State::proving) << "who is there is truer";
    Play lost(to_calling);
    EXPECT_TRUE(lost.hear(Told::looks, 60s).todo.stop_worker);
    EXPECT_EQ(lost.now().outcome, Outcome::nobody);
}

TEST(CallBackMachine, APersonWhoGoesStopsTheWorkersPhoneAndWhoPicksUpLateHearsNothing) {
    Play play(to_calling);
    EXPECT_TRUE(play.hear(Told::person_ends).todo.stop_worker);
    EXPECT_EQ(play.now().outcome, Outcome::given_up);
    EXPECT_EQ(play.hear(Told::worker_answers).reply, Reply::hang_up);
}

TEST(CallBackMachine, WhoIsKeyingWhenThePersonGoesIsNotCutOff) {
    Play play(to_proving);
    play.hear(Told::person_ends);
    EXPECT_FALSE(play.last().todo.stop_worker);
    EXPECT_FALSE(play.last().todo.send_worker);
    EXPECT_EQ(play.hear(Told::right_code).reply, Reply::goodbye);
    EXPECT_EQ(play.now().outcome, Outcome::given_up);
}

TEST(CallBackMachine, ATalkEndsWithWhoeverGoesFirstAndStaysReached) {
    Play by_worker(to_talking);
    EXPECT_EQ(by_worker.hear(Told::worker_parts).reply, Reply::goodbye);
    EXPECT_TRUE(by_worker.last().todo.send_person);
    Play by_person(to_talking);
    EXPECT_TRUE(by_person.hear(Told::person_parts).todo.send_worker);
    EXPECT_EQ(by_person.hear(Told::worker_parts).reply, Reply::goodbye);
    Play by_time(to_talking);
    by_time.hear(Told::looks, 35min);
    EXPECT_EQ(by_time.now().state, State::over);
    for (const Play* one : {&by_worker, &by_person, &by_time}) {
        EXPECT_EQ(one->now().outcome, Outcome::reached);
    }
}

TEST(CallBackMachine, BothHearOnceThatTheTalkNearsItsEndAndThenItEnds) {
    Play play(to_talking);
    EXPECT_EQ(play.hear(Told::person_parts, 26min).reply, Reply::join_on);
    EXPECT_EQ(play.hear(Told::worker_parts).reply, Reply::bring_on);
    EXPECT_EQ(play.hear(Told::person_parts).reply, Reply::join_on) << "its page is asked for again";
    EXPECT_EQ(play.now().state, State::talking);
    EXPECT_FALSE(play.last().todo.send_worker);
    EXPECT_EQ(play.now().of_person.stage, Leg::Stage::there);
    EXPECT_TRUE(play.hear(Told::person_parts, 2min).todo.send_worker);
    EXPECT_EQ(play.now().state, State::over);
    EXPECT_EQ(play.hear(Told::worker_parts).reply, Reply::goodbye);
    EXPECT_EQ(play.now().outcome, Outcome::reached);
}

TEST(CallBackMachine, WhoHangsUpInTheLastMinutesEndsItForBothWhateverIsHeardFirst) {
    Play by_person(to_talking);
    EXPECT_EQ(by_person.hear(Told::worker_parts, 27min).reply, Reply::bring_on) << "the room ended with them";
    EXPECT_TRUE(by_person.hear(Told::person_ends).todo.send_worker);
    EXPECT_EQ(by_person.hear(Told::worker_parts).reply, Reply::goodbye);
    Play by_worker(to_talking);
    EXPECT_TRUE(by_worker.hear(Told::worker_ends, 27min).todo.send_person);
    EXPECT_EQ(by_worker.hear(Told::person_parts).reply, Reply::told);
}

TEST(CallBackMachine, IsForgottenTenMinutesAfterItIsOver) {
    Play play({Told::person_declines});
    const ops::UtcMs at = next_look(play.now(), play.now().since);
    EXPECT_EQ(at - play.now().since, 10min);
    const CallBack ringing = Play().now();
    EXPECT_EQ(next_look(ringing, ringing.since + 5s) - ringing.since, 6s) << "a phone is to ring";
    EXPECT_EQ(next_look(ringing, ringing.since + 60s) - ringing.since, 60s);
    EXPECT_FALSE(may_be_forgotten(play.now(), at - 1ms));
    EXPECT_TRUE(may_be_forgotten(play.now(), at));
    EXPECT_FALSE(may_be_forgotten(Play(to_talking).now(), at));
}

TEST(CallBackValue, ComesBackFromItsBytes) {
    Play play(to_proving);
    CallBack one = play.hear(Told::wrong_code).after;
    one.of_person.call = "CA1";
    one.of_worker.call = "CA2";
    one.of_worker.warned = noon + 26min;
    const Result<CallBack> read = parse_call_back(to_bytes(one));
    ASSERT_TRUE(read);
    EXPECT_EQ(to_bytes(*read), to_bytes(one));
    EXPECT_EQ(read->wrong, 1U);
    EXPECT_EQ(read->of_worker.call, "CA2");
    EXPECT_EQ(read->of_worker.warned, noon + 26min);
    EXPECT_FALSE(parse_call_back("{}"));
    EXPECT_FALSE(parse_call_back("no"));
}

TEST(CallBackValue, ItsCallsInTheOutboxAreKnownAgainAndNobodyElses) {
    const std::string name(32, '7');
    EXPECT_EQ(parse_message_id(message_id(name, Side::person)).call_back, name);
    EXPECT_EQ(parse_message_id(message_id(name, Side::person)).side, Side::person);
    EXPECT_EQ(parse_message_id(message_id(name, Side::worker)).side, Side::worker);
    for (const std::string other : {"", "b", "l77777777777777777777777777777777-1", "b7777-w"}) {
        EXPECT_EQ(parse_message_id(other).call_back, "") << other;
    }
}

}  // namespace
}  // namespace rightsline::callbacks
