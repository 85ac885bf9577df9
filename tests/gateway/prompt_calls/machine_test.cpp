// Every state and every meaning of a recording call, and the ways that lead through them.
#include "gateway/prompt_calls/machine.hpp"

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <vector>

namespace rightsline::prompt_calls {
namespace {

using namespace std::chrono_literals;
using Told = Event::Told;

constexpr ops::UtcMs noon{std::chrono::hours(12)};
const std::string job(32, 'a');
const std::string hash(64, 'b');

Session fresh(std::size_t lines = 3) {
    Session one;
    one.since = noon;
    one.until = noon + code_lives;
    one.language = "st";
    one.by = "Mpho";
    for (std::size_t i = 0; i < lines; ++i) {
        one.lines.push_back("hotline.main." + std::to_string(i));
    }
    return one;
}

/// Plays events one second apart, each from the page that was given last.
class Play {
 public:
    explicit Play(Session session = fresh()) { last_.after = std::move(session); }
    const Step& hear(Event event, std::chrono::seconds later = 1s) {
        now_ += later;
        last_ = step(last_.after, event, now_);
        return last_;
    }
    const Step& hear(Told told, std::chrono::seconds later = 1s) {
        Event event{told, "CA1", last_.after.page};
        event.job = told == Told::recorded || told == Told::fetched || told == Told::lost ? job : "";
        event.sound.hash = told == Told::fetched ? hash : "";
        return hear(std::move(event), later);
    }
    const Step& hear(std::initializer_list<Told> all) {
        for (const Told told : all) {
            hear(told);
        }
        return last_;
    }
    const Step& last() const { return last_; }
    const Session& now() const { return last_.after; }

 private:
    ops::UtcMs now_ = noon;
    Step last_;
};

constexpr std::initializer_list<Told> to_choosing{Told::enters, Told::recorded, Told::fetched};

constexpr std::array all_told{Told::enters,   Told::asks,  Told::recorded, Told::silent, Told::keeps,
                              Told::not_kept, Told::again, Told::skips,    Told::hears,  Told::ends,
                              Told::no_key,   Told::gone,  Told::fetched,  Told::lost,   Told::looks};

struct Cell {
    State next;
    Reply reply;
    unsigned acts;
};
constexpr State W = State::waiting;
constexpr State T = State::telling;
constexpr State F = State::fetching;
constexpr State C = State::choosing;
constexpr State O = State::over;
constexpr unsigned d = Rule::drop;
constexpr unsigned a = Rule::advance;
constexpr unsigned l = Rule::leave;

// Written down a second time, state by state, so that a change of one cell is a change of two places: enters, where, recorded,
// silent, fetched, lost | keep, keep_last, not_kept, again, skip, skip_last, hear, end | no_key, last_silence, gone, times_out,
// nothing.
constexpr std::array<std::array<Cell, meanings>, states> agreed{{
    {{{T, Reply::hello, 0},
      {W, Reply::hang_up, 0},
      {W, Reply::hang_up, 0},
      {W, Reply::hang_up, 0},
      {W, Reply::none, 0},
      {W, Reply::none, 0},
      {W, Reply::hang_up, 0},
      {W, Reply::hang_up, 0},
      {W, Reply::hang_up, 0},
      {W, Reply::hang_up, 0},
      {W, Reply::hang_up, 0},
      {W, Reply::hang_up, 0},
      {W, Reply::hang_up, 0},
      {W, Reply::hang_up, 0},
      {W, Reply::hang_up, 0},
      {W, Reply::hang_up, 0},
      {W, Reply::none, 0},
      {O, Reply::none, 0},
      {W, Reply::none, 0}}},
    {{{T, Reply::hello, d},
      {T, Reply::line, 0},
      {F, Reply::moment, Rule::fetch},
      {C, Reply::menu, d},
      {T, Reply::none, 0},
      {T, Reply::none, 0},
      {T, Reply::line, 0},
      {T, Reply::line, 0},
      {T, Reply::line, 0},
      {T, Reply::line, 0},
      {T, Reply::line, 0},
      {T, Reply::line, 0},
      {T, Reply::line, 0},
      {T, Reply::line, 0},
      {T, Reply::line, 0},
      {T, Reply::line, 0},
      {W, Reply::none, d | l},
      {W, Reply::none, d | l},
      {T, Reply::none, 0}}},
    {{{F, Reply::moment, 0},
      {F, Reply::moment, 0},
      {F, Reply::moment, 0},
      {F, Reply::moment, 0},
      {C, Reply::none, 0},
      {C, Reply::none, Rule::fail},
      {F, Reply::moment, 0},
      {F, Reply::moment, 0},
      {F, Reply::moment, 0},
      {F, Reply::moment, 0},
      {F, Reply::moment, 0},
      {F, Reply::moment, 0},
      {F, Reply::moment, 0},
      {F, Reply::moment, 0},
      {F, Reply::moment, 0},
      {F, Reply::moment, 0},
      {W, Reply::none, d | l},
      {C, Reply::none, d | Rule::fail},
      {F, Reply::none, 0}}},
    {{{C, Reply::menu, 0},
      {C, Reply::menu, 0},
      {C, Reply::menu, 0},
      {C, Reply::menu, 0},
      {C, Reply::none, 0},
      {C, Reply::none, 0},
      {T, Reply::kept, Rule::count | a | d},
      {O, Reply::kept_last, Rule::count | d},
      {C, Reply::not_kept, 0},
      {T, Reply::line, d},
      {T, Reply::line, a | d},
      {O, Reply::goodbye, d},
      {C, Reply::hear, 0},
      {O, Reply::goodbye, d},
      {C, Reply::menu, 0},
      {W, Reply::goodbye, d | l},
      {W, Reply::none, d | l},
      {W, Reply::none, d | l},
      {C, Reply::none, 0}}},
    {{{O, Reply::hang_up, 0},
      {O, Reply::goodbye, 0},
      {O, Reply::goodbye, 0},
      {O, Reply::goodbye, 0},
      {O, Reply::none, 0},
      {O, Reply::none, 0},
      {O, Reply::goodbye, 0},
      {O, Reply::goodbye, 0},
      {O, Reply::goodbye, 0},
      {O, Reply::goodbye, 0},
      {O, Reply::goodbye, 0},
      {O, Reply::goodbye, 0},
      {O, Reply::goodbye, 0},
      {O, Reply::goodbye, 0},
      {O, Reply::goodbye, 0},
      {O, Reply::goodbye, 0},
      {O, Reply::none, 0},
      {O, Reply::none, 0},
      {O, Reply::none, 0}}},
}};

TEST(PromptCallMachine, EveryStateAndEveryMeaningIsWhatWasAgreed) {
    for (std::size_t state = 0; state < states; ++state) {
        for (std::size_t meaning = 0; meaning < meanings; ++meaning) {
            const Rule& rule = rule_of(static_cast<State>(state), static_cast<Meaning>(meaning));
            const Cell& cell = agreed[state][meaning];
            EXPECT_EQ(rule.next, cell.next) << state << "," << meaning;
            EXPECT_EQ(rule.reply, cell.reply) << state << "," << meaning;
            EXPECT_EQ(rule.acts, cell.acts) << state << "," << meaning;
        }
    }
}

TEST(PromptCallMachine, NothingIsKeptThatWasNotHeardWhateverComesInWhateverOrder) {
    for (const Told first : all_told) {
        for (const Told second : all_told) {
            for (const Told third : all_told) {
                Play play;
                play.hear(Told::enters);
                bool home = false;
                for (const Told told : {first, second, third}) {
                    const std::uint32_t before = play.now().kept;
                    const bool heard = play.now().state == State::choosing && !play.now().sound.hash.empty();
                    play.hear(told);
                    home = home || told == Told::fetched;
                    EXPECT_LE(play.now().kept, before + (heard && told == Told::keeps ? 1 : 0));
                }
                EXPECT_TRUE(home || play.now().kept == 0);
            }
        }
    }
}

TEST(PromptCallMachine, ALineIsToldReadHeardAndKeptAndThenComesTheNext) {
    Play play;
    EXPECT_EQ(play.hear(Told::enters).reply, Reply::hello);
    EXPECT_EQ(play.now().call, "CA1");
    EXPECT_EQ(play.hear(Told::recorded).reply, Reply::moment);
    EXPECT_TRUE(play.last().fetch);
    EXPECT_EQ(play.hear(Told::asks).reply, Reply::moment);
    play.hear(Told::fetched);
    EXPECT_EQ(play.hear(Told::asks).reply, Reply::menu);
    EXPECT_EQ(play.now().sound.hash, hash);
    EXPECT_EQ(play.hear(Told::keeps).reply, Reply::kept);
    EXPECT_EQ(play.now().at, 1U);
    EXPECT_EQ(play.now().kept, 1U);
    EXPECT_TRUE(play.now().sound.hash.empty());
}

TEST(PromptCallMachine, TheLastLineIsTheEndAndItsCodeIsGoodNoMore) {
    Play play(fresh(1));
    play.hear(to_choosing);
    EXPECT_EQ(play.hear(Told::keeps).reply, Reply::kept_last);
    EXPECT_TRUE(play.last().finished);
    EXPECT_EQ(play.now().kept, 1U);
    EXPECT_EQ(play.hear(Told::enters).reply, Reply::hang_up);
    EXPECT_EQ(play.now().state, State::over);
}

TEST(PromptCallMachine, AKeyThatIsBroughtTwiceKeepsOneLine) {
    Play play;
    play.hear(to_choosing);
    Event key{Told::keeps, "CA1", play.now().page};
    play.hear(key);
    EXPECT_EQ(play.hear(key).reply, Reply::line);
    EXPECT_EQ(play.now().kept, 1U);
    EXPECT_EQ(play.now().at, 1U);
}

TEST(PromptCallMachine, ARecordingThatIsToldTwiceIsFetchedOnce) {
    Play play;
    play.hear(Told::enters);
    Event read{Told::recorded, "CA1", play.now().page, job};
    EXPECT_TRUE(play.hear(read).fetch);
    read.job = std::string(32, 'c');
    EXPECT_FALSE(play.hear(read).fetch);
    EXPECT_EQ(play.now().sound.job, job);
}

TEST(PromptCallMachine, WhatComesHomeAfterTheyReadItAgainIsNotTaken) {
    Play play;
    play.hear(to_choosing);
    play.hear(Told::again);
    EXPECT_TRUE(play.now().sound.job.empty());
    play.hear(Told::fetched);
    EXPECT_TRUE(play.now().sound.hash.empty());
    EXPECT_EQ(play.now().state, State::telling);
}

TEST(PromptCallMachine, SilenceIsAskedTwiceAndThenTheCallEndsAndTheCodeStays) {
    Play play;
    play.hear({Told::enters, Told::silent});
    EXPECT_EQ(play.last().reply, Reply::menu);
    EXPECT_EQ(play.hear(Told::keeps).reply, Reply::line) << "nothing was read: 1 wants to";
    play.hear(Told::silent);
    EXPECT_EQ(play.hear(Told::no_key).reply, Reply::menu);
    EXPECT_EQ(play.hear(Told::no_key).reply, Reply::goodbye);
    EXPECT_EQ(play.now().state, State::waiting);
    EXPECT_FALSE(play.last().finished);
}

TEST(PromptCallMachine, ADroppedCallGoesOnAtTheSameLineWithTheSameCode) {
    Play play;
    play.hear(to_choosing);
    play.hear(Told::keeps);
    play.hear(Told::recorded);
    play.hear(Event{Told::gone, "CA1"});
    EXPECT_EQ(play.now().state, State::waiting);
    EXPECT_TRUE(play.now().call.empty());
    EXPECT_EQ(play.hear(Event{Told::enters, "CA2"}).reply, Reply::hello);
    EXPECT_EQ(play.now().at, 1U);
    EXPECT_EQ(play.now().kept, 1U);
    EXPECT_EQ(play.now().call, "CA2");
}

TEST(PromptCallMachine, TheEndOfAnOlderCallEndsNothingOfTheNewer) {
    Play play;
    play.hear(Told::enters);
    play.hear(Event{Told::enters, "CA2"});
    play.hear(Event{Told::gone, "CA1"});
    EXPECT_EQ(play.now().state, State::telling);
    EXPECT_EQ(play.now().call, "CA2");
}

TEST(PromptCallMachine, WhatDoesNotComeHomeIsSaidAndCanBeReadAgain) {
    Play play;
    play.hear({Told::enters, Told::recorded});
    play.hear(Told::looks, 45s);
    EXPECT_EQ(play.now().state, State::choosing);
    EXPECT_TRUE(play.now().sound.failed);
    play.hear(Told::fetched);
    EXPECT_TRUE(play.now().sound.hash.empty()) << "it was said that it did not come";
    EXPECT_EQ(play.hear(Told::again).reply, Reply::line);
}

TEST(PromptCallMachine, ACallEndsWithTheLineThatIsAtHandWhenItHasBeenLongEnough) {
    Play play;
    play.hear(to_choosing);
    EXPECT_EQ(play.hear(Told::keeps, longest_call).reply, Reply::kept_last);
    EXPECT_EQ(play.now().state, State::over);
}

TEST(PromptCallMachine, ACodeWhoseTimeIsOverOpensNothing) {
    Play play;
    EXPECT_EQ(play.hear(Told::enters, std::chrono::hours(2)).reply, Reply::none);
    EXPECT_EQ(play.now().state, State::waiting);
    play.hear(Told::looks);
    EXPECT_EQ(play.now().state, State::over);
    EXPECT_TRUE(play.last().finished);
}

TEST(PromptCallMachine, NoCallLastsForEverWhateverNobodyTells) {
    for (const std::initializer_list<Told> way :
         {std::initializer_list<Told>{Told::enters}, {Told::enters, Told::recorded}, to_choosing}) {
        Play play;
        play.hear(way);
        for (int i = 0; i < 3; ++i) {
            play.hear(Told::looks, 5min);
        }
        EXPECT_EQ(play.now().state, State::waiting);
    }
}

TEST(PromptCallMachine, LinesThatTheScriptHasNoMoreArePassedOver) {
    Play play;
    play.hear(to_choosing);
    const Step kept = play.hear(Told::keeps);
    const Step next = pass_over(kept, [](const std::string& line) { return line == "hotline.main.2"; });
    EXPECT_EQ(next.after.at, 2U);
    EXPECT_EQ(next.reply, Reply::line);
    const Step none = pass_over(kept, [](const std::string&) { return false; });
    EXPECT_EQ(none.reply, Reply::goodbye);
    EXPECT_EQ(none.after.state, State::over);
    EXPECT_TRUE(none.finished);
    const Step all = pass_over(kept, [](const std::string&) { return true; });
    EXPECT_EQ(all.after.at, 1U);
    EXPECT_EQ(all.reply, Reply::kept);
}

}  // namespace
}  // namespace rightsline::prompt_calls
