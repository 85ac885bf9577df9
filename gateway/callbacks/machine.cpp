#include "gateway/callbacks/machine.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "gateway/handoff/last_minutes.hpp"

namespace rightsline::callbacks {
namespace {

using namespace std::chrono_literals;
using Told = Event::Told;

constexpr auto asking_patience = 60s;    // the person's phone rings, and they hear the whisper
constexpr auto calling_patience = 60s;   // the worker's phone rings for 30, then a machine may be listened to
constexpr auto proving_patience = 150s;  // three codes, keyed slowly
constexpr auto longest_talk = 35min;     // the provider ends it after thirty
constexpr auto let_out_after = 24min;  // of the talk: the person was in the room up to four minutes before it
constexpr auto kept_afterwards = 10min;  // for what comes late
constexpr auto between_looks = 1s;       // while a phone is to ring

/// The provider lets them out to be told that the talk is nearly over; the one whose time in the room is over ends it for both.
bool is_warned(const CallBack& call_back, const Leg& leg, ops::UtcMs now) {
    return call_back.state == State::talking && now >= call_back.since + let_out_after &&
           handoff::is_warned_now(leg.warned, now);
}

ops::UtcMs::duration patience_in(State state) {
    switch (state) {
        case State::asking:
            return asking_patience;
        case State::calling:
            return calling_patience;
        case State::proving:
            return proving_patience;
        case State::talking:
            return longest_talk;
        case State::over:
            return kept_afterwards;
    }
    return kept_afterwards;
}

bool rings(const CallBack& call_back) {
    return call_back.of_person.stage == Leg::Stage::rings || call_back.of_worker.stage == Leg::Stage::rings;
}

bool is_of_person(Told told) { return told <= Told::person_ends; }

void note_leg(CallBack& call_back, Told told) {
    Leg& leg = is_of_person(told) ? call_back.of_person : call_back.of_worker;
    switch (told) {
        case Told::person_answers:
        case Told::person_accepts:
        case Told::worker_answers:
        case Told::right_code:
        case Told::wrong_code:
        case Told::shut_out:
            if (leg.stage == Leg::Stage::rings) {
                leg.stage = Leg::Stage::there;
            }
            return;
        case Told::person_declines:
        case Told::person_parts:
        case Told::person_ends:
        case Told::no_code:
        case Told::machine:
        case Told::worker_parts:
        case Told::worker_ends:
            leg.stage = leg.stage == Leg::Stage::idle ? Leg::Stage::idle : Leg::Stage::ended;
            return;
        case Told::worker_fails:
            leg.stage = leg.stage == Leg::Stage::rings ? Leg::Stage::ended : leg.stage;
            return;
        case Told::looks:
            return;
    }
}

/// Ends a leg: `stop` while it rings, `send` when somebody is there.
void end_leg(Leg& leg, bool& stop, bool& send) {
    stop = leg.stage == Leg::Stage::rings;
    send = leg.stage == Leg::Stage::there;
    leg.stage = leg.stage == Leg::Stage::idle ? Leg::Stage::idle : Leg::Stage::ended;
}

/// Whoever keyed something wrong and then nothing more was there, and did not know the code.
Outcome outcome_of(const CallBack& call_back, Outcome said) {
    return said == Outcome::nobody && call_back.wrong > 0 ? Outcome::wrong_code : said;
}

void go_on(Step& taken, const Rule& rule, ops::UtcMs now) {
    CallBack& after = taken.after;
    if (rule.outcome != Outcome::none) {
        after.outcome = outcome_of(after, rule.outcome);
    }
    if (rule.next != after.state) {
        after.state = rule.next;
        after.since = now;
    }
    if ((rule.acts & Rule::ring_worker) != 0) {
        after.of_worker.stage = Leg::Stage::rings;
        taken.todo.ring_worker = true;
    }
    if ((rule.acts & Rule::end_person) != 0) {
        end_leg(after.of_person, taken.todo.stop_person, taken.todo.send_person);
    }
    if ((rule.acts & Rule::end_worker) != 0) {
        end_leg(after.of_worker, taken.todo.stop_worker, taken.todo.send_worker);
    }
}

}  // namespace

Meaning meaning_of(const CallBack& call_back, const Event& event, ops::UtcMs now) {
    switch (event.told) {
        case Told::person_answers:
            return Meaning::person_answers;
        case Told::person_accepts:
            return Meaning::person_accepts;
        case Told::person_parts:
            return is_warned(call_back, call_back.of_person, now) ? Meaning::person_is_warned
                                                                  : Meaning::person_gone;
        case Told::person_declines:
        case Told::person_ends:
            return Meaning::person_gone;
        case Told::worker_answers:
            return Meaning::worker_answers;
        case Told::right_code:
            return Meaning::right_code;
        case Told::wrong_code:
            return call_back.wrong + 1 < most_codes ? Meaning::wrong_code : Meaning::last_wrong_code;
        case Told::shut_out:
            return Meaning::last_wrong_code;
        case Told::no_code:
        case Told::machine:
            return Meaning::silence;
        case Told::worker_parts:
            return is_warned(call_back, call_back.of_worker, now) ? Meaning::worker_is_warned
                                                                  : Meaning::worker_gone;
        case Told::worker_ends:
            return Meaning::worker_gone;
        case Told::worker_fails:
            return Meaning::not_placed;
        case Told::looks:
            return call_back.state != State::over && now >= call_back.since + patience_in(call_back.state)
                       ? Meaning::times_out
                       : Meaning::nothing;
    }
    return Meaning::nothing;
}

Step begin(CallBack fresh, ops::UtcMs now) {
    Step first{std::move(fresh)};
    first.after.state = State::asking;
    first.after.since = now;
    first.after.of_person.stage = Leg::Stage::rings;
    first.todo.ring_person = true;
    first.changed = true;
    return first;
}

Step step(CallBack before, const Event& event, ops::UtcMs now) {
    Step taken{std::move(before)};
    CallBack& after = taken.after;
    const std::string was = to_bytes(after);
    const Meaning meaning = meaning_of(after, event, now);
    const Rule& rule = rule_of(after.state, meaning);
    if (meaning == Meaning::person_is_warned || meaning == Meaning::worker_is_warned) {
        Leg& leg = meaning == Meaning::person_is_warned ? after.of_person : after.of_worker;
        leg.warned = leg.warned == ops::UtcMs() ? now : leg.warned;
    } else {
        note_leg(after, event.told);
    }
    const bool tried = after.state == State::calling || after.state == State::proving;
    if (event.told == Told::wrong_code && tried) {
        ++after.wrong;
    }
    taken.reply = rule.reply;
    go_on(taken, rule, now);
    taken.changed = to_bytes(after) != was;
    return taken;
}

ops::UtcMs next_look(const CallBack& call_back, ops::UtcMs now) {
    const ops::UtcMs time_is_up = call_back.since + patience_in(call_back.state);
    return rings(call_back) ? std::min<ops::UtcMs>(now + between_looks, time_is_up) : time_is_up;
}

bool may_be_forgotten(const CallBack& call_back, ops::UtcMs now) {
    return call_back.state == State::over && now >= call_back.since + kept_afterwards;
}

}  // namespace rightsline::callbacks
