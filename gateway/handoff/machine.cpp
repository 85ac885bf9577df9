#include "gateway/handoff/machine.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "gateway/handoff/last_minutes.hpp"
#include "gateway/handoff/room.hpp"

namespace rightsline::handoff {
namespace {

using namespace std::chrono_literals;

constexpr auto between_looks = 1s;    // while phones ring
constexpr auto after_a_ring = 400ms;  // the outbox may find at once that one cannot, and the caller waits
constexpr auto just_rung = 2s;
constexpr auto callback_grace = 15s;     // after a ring's time: then its last callback is lost
constexpr auto whisper_patience = 60s;   // a person who listens and says neither yes nor no
constexpr auto joining_patience = 20s;   // the caller comes by at least every ten
constexpr auto longest_talk = 32min;     // the provider ends it after thirty
constexpr auto kept_afterwards = 10min;  // for what comes late

using Told = Event::Told;

bool is_live(const Ring& ring) { return ring.stage != Ring::Stage::ended; }

const Ring* ring_of(const HandOff& hand_off, std::size_t number) {
    return number == 0 || number > hand_off.rings.size() ? nullptr : &hand_off.rings[number - 1];
}

/// Whether its last callback must be lost.
bool is_stale(const HandOff& hand_off, const Ring& ring, ops::UtcMs now) {
    const auto patience = ring.stage == Ring::Stage::answered
                              ? std::chrono::seconds(whisper_patience)
                              : std::chrono::seconds(hand_off.ring_seconds) + callback_grace;
    return is_live(ring) && now >= ring.at + patience;
}

/// The first ring that is over without anybody having said so; 0: none is.
std::size_t stale_ring(const HandOff& hand_off, ops::UtcMs now) {
    for (std::size_t i = 0; i < hand_off.rings.size(); ++i) {
        const bool counts = hand_off.state == State::ringing || i + 1 == hand_off.asked;
        if (counts && is_stale(hand_off, hand_off.rings[i], now)) {
            return i + 1;
        }
    }
    return 0;
}

bool is_time_up(const HandOff& hand_off, ops::UtcMs now) {
    switch (hand_off.state) {
        case State::ringing:
            return now >= hand_off.until;
        case State::joining:
            return now >= hand_off.since + joining_patience;
        case State::talking:
            return now >= hand_off.since + longest_talk;
        case State::message:
            return now >= hand_off.since + kept_afterwards;
        case State::over:
            return false;
    }
    return false;
}

/// Of a ring that a key, or somebody who picks up, can still come from.
bool may_be_there(const HandOff& hand_off, std::size_t number) {
    const Ring* ring = ring_of(hand_off, number);
    return ring != nullptr && !ring->hung_up;
}

bool rang_just_now(const HandOff& hand_off, ops::UtcMs now) {
    return !hand_off.rings.empty() && now < hand_off.rings.back().at + just_rung;
}

/// A ring is over: what is left without it.
Meaning meaning_of_end(const HandOff& hand_off, std::size_t number, ops::UtcMs now) {
    const Ring* ring = ring_of(hand_off, number);
    if (ring == nullptr || (hand_off.state == State::joining && number != hand_off.taker) ||
        (hand_off.state == State::ringing && !is_live(*ring))) {
        return Meaning::nothing;
    }
    if (hand_off.state == State::talking) {
        return meaning_in_talk(hand_off, number, now);
    }
    bool others = !hand_off.to_ring.empty();
    for (std::size_t i = 0; i < hand_off.rings.size(); ++i) {
        others = others || (i + 1 != number && is_live(hand_off.rings[i]));
    }
    return others ? Meaning::one_fewer : Meaning::nobody_left;
}

void set_stage(HandOff& hand_off, std::size_t number, Ring::Stage stage, ops::UtcMs now) {
    if (number != 0 && number <= hand_off.rings.size() && hand_off.rings[number - 1].stage != stage) {
        hand_off.rings[number - 1].stage = stage;
        hand_off.rings[number - 1].at = now;
    }
}

void end_rings(Step& step, bool taker_too, ops::UtcMs now) {
    HandOff& after = step.after;
    for (std::size_t number = 1; number <= after.rings.size(); ++number) {
        if (is_live(after.rings[number - 1]) && (taker_too || number != after.taker)) {
            const bool listens = after.rings[number - 1].stage == Ring::Stage::answered;
            (listens ? step.todo.send : step.todo.stop).push_back(number);
            set_stage(after, number, Ring::Stage::ended, now);
        }
    }
}

void ring_some(Step& step, ops::UtcMs now) {
    HandOff& after = step.after;
    const auto rings = [&] { return std::ranges::any_of(after.rings, is_live); };
    while (!after.to_ring.empty() && (after.all_at_once || !rings())) {
        after.rings.push_back({Ring::Stage::calling, std::move(after.to_ring.front()), "", now});
        after.to_ring.erase(after.to_ring.begin());
        step.todo.ring.push_back(after.rings.size());
    }
}

/// A phone that somebody has answered, or that we have stopped, has rung.
void note_end(HandOff& hand_off, const Event& event) {
    if (ring_of(hand_off, event.ring) != nullptr) {
        Ring& ring = hand_off.rings[event.ring - 1];
        ring.lost = ring.lost || (event.told == Told::fails && ring.stage == Ring::Stage::calling);
        ring.hung_up = ring.hung_up || event.hung_up;
    }
}

/// What the event says of the ring itself, whatever it means for the hand-off.
void note_ring(HandOff& hand_off, const Event& event, bool stale, ops::UtcMs now) {
    switch (event.told) {
        case Told::picks_up:
        case Told::accepts:
            if (may_be_there(hand_off, event.ring) &&  // afterwards they are only told that it is too late
                (hand_off.state == State::ringing || event.ring == hand_off.asked)) {
                set_stage(hand_off, event.ring, Ring::Stage::answered, now);
            }
            return;
        case Told::declines:
        case Told::parts:
        case Told::ends:
        case Told::fails:
            note_end(hand_off, event);
            set_stage(hand_off, event.ring, Ring::Stage::ended, now);
            return;
        default:
            if (stale) {
                set_stage(hand_off, event.ring, Ring::Stage::ended, now);
            }
    }
}

/// Of a leg that came out of the room, or was told to go.
Reply reply_to_person(Meaning meaning, bool was_in) {
    return meaning == Meaning::nears_its_end ? Reply::join_on : was_in ? Reply::ended : Reply::too_late;
}

/// What the rule says of the state, and what is to be done.
void go_on(Step& taken, const Rule& rule, Meaning meaning, const Event& event, ops::UtcMs now) {
    HandOff& after = taken.after;
    go_on_in_room(taken, rule, meaning, event, now);
    count_nudges(after, rule, meaning, event, now);
    if (rule.next != after.state) {
        after.state = rule.next;
        after.since = now;
        after.caller_warned = {};  // another talk with them is as long
        after.called_out = false;
    }
    if ((rule.acts & (Rule::end_all | Rule::end_others)) != 0) {
        end_rings(taken, (rule.acts & Rule::end_all) != 0, now);
    }
    after.taker = after.state == State::ringing ? 0 : after.taker;  // `beside` is nobody then
    after.asked = after.state == State::talking ? after.asked : 0;
    if ((rule.acts & Rule::ring_next) != 0) {
        ring_some(taken, now);
    }
    // Who comes out of the room to be warned has no need of it: so does the caller, by themselves.
    const bool by_themselves =
        is_of_caller(event.told) || (meaning == Meaning::nears_its_end && event.told == Told::parts);
    taken.todo.nudge = (rule.acts & Rule::nudge) != 0 && !by_themselves;
}

}  // namespace

Meaning meaning_of(const HandOff& hand_off, const Event& event, ops::UtcMs now) {
    if (nears_its_end(hand_off, event, now)) {
        return Meaning::nears_its_end;
    }
    switch (event.told) {
        case Told::asks:
            return hand_off.state == State::ringing && is_time_up(hand_off, now) ? Meaning::times_out
                                                                                 : Meaning::asks;
        case Told::wants_message:
            return Meaning::wants_message;
        case Told::leaves:
            return Meaning::leaves;
        case Told::picks_up:
            return !may_be_there(hand_off, event.ring) ? Meaning::nothing
                   : event.ring == hand_off.asked      ? Meaning::colleague_picks_up
                                                       : Meaning::picks_up;
        case Told::accepts:
            return !may_be_there(hand_off, event.ring) ? Meaning::nothing
                   : event.ring == hand_off.asked      ? Meaning::colleague_accepts
                   : event.ring == hand_off.taker || event.ring == hand_off.beside ? Meaning::accepts_again
                                                                                   : Meaning::accepts;
        case Told::declines:
        case Told::parts:
        case Told::ends:
        case Told::fails:
            return meaning_of_end(hand_off, event.ring, now);
        case Told::looks:
            return is_time_up(hand_off, now) ? Meaning::times_out
                   : event.ring != 0         ? meaning_of_end(hand_off, event.ring, now)
                   : next_nudge(hand_off) && *next_nudge(hand_off) <= now ? Meaning::left_alone
                                                                          : Meaning::nothing;
        case Told::hands_on:
            return may_hand_on(hand_off, "", event.person) ? Meaning::hands_on : Meaning::nothing;
    }
    return Meaning::nothing;
}

Step begin(HandOff fresh, const std::string& turn, ops::UtcMs now) {
    Step first{std::move(fresh)};
    HandOff& after = first.after;
    after.begun = after.since = now;
    after.state = after.to_ring.empty() ? State::message : State::ringing;
    ring_some(first, now);
    first.reply = after.rings.empty() ? Reply::message : Reply::ring;
    after.turn = turn;
    after.answered = first.reply;
    first.changed = true;
    return first;
}

Step step(HandOff before, const Event& told, ops::UtcMs now) {
    Step taken{std::move(before)};
    HandOff& after = taken.after;
    if (is_of_caller(told.told) && !told.turn.empty() && told.turn == after.turn) {
        taken.reply = said_again(after);
        return taken;
    }
    const std::string was = to_bytes(after);
    after.in_danger = after.in_danger || told.in_danger;
    Event event = told;
    const std::size_t stale = event.told == Told::looks ? stale_ring(after, now) : 0;
    event.ring = event.told == Told::looks ? stale : event.ring;
    const bool was_in = event.ring != 0 && (event.ring == after.taker || event.ring == after.beside);
    const Meaning meaning = meaning_of(after, event, now);
    const Rule& rule = rule_of(after.state, meaning);
    if (meaning == Meaning::nears_its_end) {
        note_last_minutes(after, event, now);
    } else {
        note_ring(after, event, stale != 0, now);
    }
    taken.reply = event.told == Told::parts ? reply_to_person(meaning, was_in) : rule.reply;
    go_on(taken, rule, meaning, event, now);
    if (is_of_caller(event.told)) {
        after.turn = event.turn;
        after.answered = taken.reply;
    }
    taken.changed = to_bytes(after) != was;
    return taken;
}

ops::UtcMs next_look(const HandOff& hand_off, ops::UtcMs now) {
    const ops::UtcMs soon =
        now + (rang_just_now(hand_off, now) ? ops::UtcMs::duration(after_a_ring) : between_looks);
    switch (hand_off.state) {
        case State::ringing:
            return std::min(soon, std::max(hand_off.until, now));
        case State::joining:
            return hand_off.since + joining_patience;
        case State::talking:
            return hand_off.asked == 0
                       ? look_at_last_minutes(hand_off).value_or(hand_off.since + longest_talk)
                       : soon;
        case State::message:
            return hand_off.since + kept_afterwards;
        case State::over:
            return next_nudge(hand_off).value_or(hand_off.since + kept_afterwards);
    }
    return now + between_looks;
}

bool may_be_forgotten(const HandOff& hand_off, ops::UtcMs now) {
    return hand_off.state == State::over && now >= hand_off.since + kept_afterwards;
}

}  // namespace rightsline::handoff
