// The table of the machine: every state, every meaning.
#include <array>

#include "gateway/callbacks/machine.hpp"

namespace rightsline::callbacks {
namespace {

constexpr unsigned ring_worker = Rule::ring_worker;
constexpr unsigned end_person = Rule::end_person;
constexpr unsigned end_worker = Rule::end_worker;
constexpr Outcome none = Outcome::none;

// Of each state, in the order of Meaning: person_answers, person_accepts, person_gone, worker_answers, right_code, wrong_code,
// last_wrong_code, silence, worker_gone, not_placed, times_out, nothing, person_is_warned, worker_is_warned (only of a talk).
constexpr std::array<std::array<Rule, meanings>, states> table{{
    // asking: no worker's phone was rung, so whoever says to be one is sent away
    {{{State::asking, Reply::whisper, 0, none},
      {State::calling, Reply::join, ring_worker, none},
      {State::over, Reply::hang_up, 0, Outcome::not_begun},
      {State::asking, Reply::hang_up, 0, none},
      {State::asking, Reply::hang_up, 0, none},
      {State::asking, Reply::hang_up, 0, none},
      {State::asking, Reply::hang_up, 0, none},
      {State::asking, Reply::hang_up, 0, none},
      {State::asking, Reply::none, 0, none},
      {State::asking, Reply::none, 0, none},
      {State::over, Reply::none, end_person, Outcome::not_begun},
      {State::asking, Reply::none, 0, none},
      {State::asking, Reply::none, 0, none},
      {State::asking, Reply::none, 0, none}}},
    // calling
    {{{State::calling, Reply::join, 0, none},
      {State::calling, Reply::join, 0, none},
      {State::over, Reply::hang_up, end_worker, Outcome::given_up},
      {State::proving, Reply::opener, 0, none},
      {State::talking, Reply::bring, 0, Outcome::reached},  // its page was answered, and that was not kept
      {State::proving, Reply::again, 0, none},
      {State::over, Reply::goodbye, end_person, Outcome::wrong_code},
      {State::over, Reply::hang_up, end_person, Outcome::nobody},
      {State::over, Reply::none, end_person, Outcome::nobody},
      {State::over, Reply::none, end_person, Outcome::not_placed},
      {State::over, Reply::none, end_person | end_worker, Outcome::nobody},
      {State::calling, Reply::none, 0, none},
      {State::calling, Reply::none, 0, none},
      {State::calling, Reply::none, 0, none}}},
    // proving
    {{{State::proving, Reply::join, 0, none},
      {State::proving, Reply::join, 0, none},
      {State::over, Reply::hang_up, 0,
       Outcome::given_up},  // who is keying is not cut off: the next key is their goodbye
      {State::proving, Reply::opener, 0, none},
      {State::talking, Reply::bring, 0, Outcome::reached},
      {State::proving, Reply::again, 0, none},
      {State::over, Reply::goodbye, end_person, Outcome::wrong_code},
      {State::over, Reply::hang_up, end_person, Outcome::nobody},
      {State::over, Reply::none, end_person, Outcome::nobody},
      {State::proving, Reply::none, 0, none},
      {State::over, Reply::none, end_person | end_worker, Outcome::nobody},
      {State::proving, Reply::none, 0, none},
      {State::proving, Reply::none, 0, none},
      {State::proving, Reply::none, 0, none}}},
    // talking
    {{{State::talking, Reply::join, 0, none},
      {State::talking, Reply::join, 0, none},
      {State::over, Reply::hang_up, end_worker, none},
      {State::talking, Reply::bring, 0, none},
      {State::talking, Reply::bring, 0, none},
      {State::talking, Reply::hang_up, 0, none},
      {State::talking, Reply::hang_up, 0, none},
      {State::talking, Reply::hang_up, 0, none},
      {State::over, Reply::goodbye, end_person, none},
      {State::talking, Reply::none, 0, none},
      {State::over, Reply::none, end_person | end_worker, none},
      {State::talking, Reply::none, 0, none},
      {State::talking, Reply::join_on, 0, none},
      {State::talking, Reply::bring_on, 0, none}}},
    // over
    {{{State::over, Reply::told, 0, none},
      {State::over, Reply::told, 0, none},
      {State::over, Reply::told, 0, none},
      {State::over, Reply::hang_up, 0, none},
      {State::over, Reply::goodbye, 0, none},
      {State::over, Reply::goodbye, 0, none},
      {State::over, Reply::goodbye, 0, none},
      {State::over, Reply::hang_up, 0, none},
      {State::over, Reply::goodbye, 0, none},
      {State::over, Reply::none, 0, none},
      {State::over, Reply::none, 0, none},
      {State::over, Reply::none, 0, none},
      {State::over, Reply::none, 0, none},
      {State::over, Reply::none, 0, none}}},
}};

}  // namespace

const Rule& rule_of(State state, Meaning meaning) {
    return table[static_cast<std::size_t>(state)][static_cast<std::size_t>(meaning)];
}

}  // namespace rightsline::callbacks
