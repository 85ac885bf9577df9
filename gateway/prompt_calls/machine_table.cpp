// The table of the machine: every state, every meaning.
#include <array>

#include "gateway/prompt_calls/machine.hpp"

namespace rightsline::prompt_calls {
namespace {

constexpr unsigned drop = Rule::drop;
constexpr unsigned advance = Rule::advance;
constexpr unsigned fetch = Rule::fetch;
constexpr unsigned count = Rule::count;
constexpr unsigned leave = Rule::leave;
constexpr unsigned fail = Rule::fail;

// Of each state, in the order of Meaning: enters, where, recorded, silent, fetched, lost, keep, keep_last, not_kept, again, skip,
// skip_last, hear, end, no_key, last_silence, gone, times_out, nothing.
constexpr std::array<std::array<Rule, meanings>, states> table{{
    // waiting: no call holds it, so whoever asks a page of it is sent away
    {{{State::telling, Reply::hello, 0},
      {State::waiting, Reply::hang_up, 0},
      {State::waiting, Reply::hang_up, 0},
      {State::waiting, Reply::hang_up, 0},
      {State::waiting, Reply::none, 0},
      {State::waiting, Reply::none, 0},
      {State::waiting, Reply::hang_up, 0},
      {State::waiting, Reply::hang_up, 0},
      {State::waiting, Reply::hang_up, 0},
      {State::waiting, Reply::hang_up, 0},
      {State::waiting, Reply::hang_up, 0},
      {State::waiting, Reply::hang_up, 0},
      {State::waiting, Reply::hang_up, 0},
      {State::waiting, Reply::hang_up, 0},
      {State::waiting, Reply::hang_up, 0},
      {State::waiting, Reply::hang_up, 0},
      {State::waiting, Reply::none, 0},
      {State::over, Reply::none, 0},
      {State::waiting, Reply::none, 0}}},
    // telling: no key is asked for here
    {{{State::telling, Reply::hello, drop},
      {State::telling, Reply::line, 0},
      {State::fetching, Reply::moment, fetch},
      {State::choosing, Reply::menu, drop},
      {State::telling, Reply::none, 0},
      {State::telling, Reply::none, 0},
      {State::telling, Reply::line, 0},
      {State::telling, Reply::line, 0},
      {State::telling, Reply::line, 0},
      {State::telling, Reply::line, 0},
      {State::telling, Reply::line, 0},
      {State::telling, Reply::line, 0},
      {State::telling, Reply::line, 0},
      {State::telling, Reply::line, 0},
      {State::telling, Reply::line, 0},
      {State::telling, Reply::line, 0},
      {State::waiting, Reply::none, drop | leave},
      {State::waiting, Reply::none, drop | leave},
      {State::telling, Reply::none, 0}}},
    // fetching: who has dropped out and comes back waits for it, too
    {{{State::fetching, Reply::moment, 0},
      {State::fetching, Reply::moment, 0},
      {State::fetching, Reply::moment, 0},
      {State::fetching, Reply::moment, 0},
      {State::choosing, Reply::none, 0},
      {State::choosing, Reply::none, fail},
      {State::fetching, Reply::moment, 0},
      {State::fetching, Reply::moment, 0},
      {State::fetching, Reply::moment, 0},
      {State::fetching, Reply::moment, 0},
      {State::fetching, Reply::moment, 0},
      {State::fetching, Reply::moment, 0},
      {State::fetching, Reply::moment, 0},
      {State::fetching, Reply::moment, 0},
      {State::fetching, Reply::moment, 0},
      {State::fetching, Reply::moment, 0},
      {State::waiting, Reply::none, drop | leave},
      {State::choosing, Reply::none, drop | fail},  // a fetch that comes later is of no line any more
      {State::fetching, Reply::none, 0}}},
    // choosing
    {{{State::choosing, Reply::menu, 0},
      {State::choosing, Reply::menu, 0},
      {State::choosing, Reply::menu, 0},
      {State::choosing, Reply::menu, 0},
      {State::choosing, Reply::none, 0},
      {State::choosing, Reply::none, 0},
      {State::telling, Reply::kept, count | advance | drop},
      {State::over, Reply::kept_last, count | drop},
      {State::choosing, Reply::not_kept, 0},
      {State::telling, Reply::line, drop},
      {State::telling, Reply::line, advance | drop},
      {State::over, Reply::goodbye, drop},
      {State::choosing, Reply::hear, 0},
      {State::over, Reply::goodbye, drop},
      {State::choosing, Reply::menu, 0},
      {State::waiting, Reply::goodbye, drop | leave},
      {State::waiting, Reply::none, drop | leave},
      {State::waiting, Reply::none, drop | leave},
      {State::choosing, Reply::none, 0}}},
    // over: a last key that is brought twice hears the same end
    {{{State::over, Reply::hang_up, 0},
      {State::over, Reply::goodbye, 0},
      {State::over, Reply::goodbye, 0},
      {State::over, Reply::goodbye, 0},
      {State::over, Reply::none, 0},
      {State::over, Reply::none, 0},
      {State::over, Reply::goodbye, 0},
      {State::over, Reply::goodbye, 0},
      {State::over, Reply::goodbye, 0},
      {State::over, Reply::goodbye, 0},
      {State::over, Reply::goodbye, 0},
      {State::over, Reply::goodbye, 0},
      {State::over, Reply::goodbye, 0},
      {State::over, Reply::goodbye, 0},
      {State::over, Reply::goodbye, 0},
      {State::over, Reply::goodbye, 0},
      {State::over, Reply::none, 0},
      {State::over, Reply::none, 0},
      {State::over, Reply::none, 0}}},
}};

}  // namespace

const Rule& rule_of(State state, Meaning meaning) {
    return table[static_cast<std::size_t>(state)][static_cast<std::size_t>(meaning)];
}

}  // namespace rightsline::prompt_calls
