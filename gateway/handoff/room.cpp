#include "gateway/handoff/room.hpp"

#include <algorithm>
#include <chrono>
#include <string>

#include "gateway/handoff/error.hpp"

namespace rightsline::handoff {
namespace {

constexpr std::size_t most_rings = 40;  // of one call: a roster has twenty people
constexpr std::chrono::seconds between_nudges{5};
constexpr std::chrono::seconds hardly_come{30};  // whoever goes as soon has not talked
constexpr std::int64_t most_nudges = 6;

/// `person` is asked into the room; the number of their ring.
std::size_t ask_in(HandOff& hand_off, std::string_view person, ops::UtcMs now) {
    std::erase(hand_off.to_ring, person);  // whoever does not come now is not rung again for the same caller
    hand_off.rings.push_back({Ring::Stage::calling, std::string(person), "", now});
    hand_off.asked = hand_off.rings.size();
    return hand_off.asked;
}

/// Who was asked is in the room, and has the call from now on.
void take_over(HandOff& hand_off, ops::UtcMs now) {
    hand_off.beside = hand_off.taker;
    hand_off.taker = hand_off.asked;
    hand_off.asked = 0;
    hand_off.rings[hand_off.taker - 1].at = now;
}

/// Whose ring is over is gone; who is left in the room has the call.
void see_who_is_left(HandOff& hand_off) {
    const auto gone = [&hand_off](std::size_t ring) {
        return ring != 0 && hand_off.rings[ring - 1].stage == Ring::Stage::ended;
    };
    hand_off.asked = gone(hand_off.asked) ? 0 : hand_off.asked;
    hand_off.beside = gone(hand_off.beside) ? 0 : hand_off.beside;
    if (gone(hand_off.taker) && hand_off.beside != 0) {
        hand_off.taker = hand_off.beside;
        hand_off.beside = 0;
    }
}

}  // namespace

std::vector<std::size_t> in_room(const HandOff& hand_off) {
    std::vector<std::size_t> rings;
    const bool taken = hand_off.state == State::joining || hand_off.state == State::talking;
    for (const std::size_t one : {hand_off.taker, hand_off.beside}) {
        if (taken && one != 0) {
            rings.push_back(one);
        }
    }
    return rings;
}

bool is_in_room(const HandOff& hand_off, std::size_t ring) {
    const std::vector<std::size_t> rings = in_room(hand_off);
    return std::ranges::find(rings, ring) != rings.end();
}

bool is_in_room(const HandOff& hand_off, std::string_view person) {
    return std::ranges::any_of(in_room(hand_off),
                               [&](std::size_t ring) { return hand_off.rings[ring - 1].person == person; });
}

Result<void> may_hand_on(const HandOff& hand_off, std::string_view by, std::string_view to) {
    if (hand_off.state != State::talking) {
        return errc::not_talking;
    }
    if (!by.empty() && !is_in_room(hand_off, by)) {
        return errc::not_in_call;
    }
    if (is_in_room(hand_off, to)) {
        return errc::in_call_already;
    }
    if (hand_off.asked != 0 || hand_off.beside != 0) {
        return errc::handed_on_already;
    }
    if (hand_off.caller_warned != ops::UtcMs{} || hand_off.called_out) {
        return errc::ends_soon;
    }
    return hand_off.rings.size() < most_rings ? Result<void>() : Result<void>(errc::rung_enough);
}

Meaning meaning_in_talk(const HandOff& hand_off, std::size_t ring, ops::UtcMs now) {
    if (ring == hand_off.asked || ring == hand_off.beside) {
        return Meaning::one_fewer;
    }
    if (ring != hand_off.taker) {
        return Meaning::nothing;
    }
    const bool at_once =
        now < hand_off.since + hardly_come && !hand_off.rang_again && hand_off.rings.size() < most_rings;
    return hand_off.beside != 0  ? Meaning::one_fewer
           : hand_off.asked != 0 ? Meaning::left_to_colleague
           : at_once             ? Meaning::lost_at_once
                                 : Meaning::nobody_left;
}

std::optional<ops::UtcMs> next_nudge(const HandOff& hand_off) {
    const bool alone = hand_off.left_alone != ops::UtcMs{};
    return alone && hand_off.called_back < most_nudges
               ? std::optional(hand_off.left_alone + between_nudges * hand_off.called_back)
               : std::nullopt;
}

void count_nudges(HandOff& after, const Rule& rule, Meaning meaning, const Event& event, ops::UtcMs now) {
    if (is_of_caller(event.told) || event.told == Event::Told::leaves) {
        after.left_alone = {};
        after.called_back = 0;
    } else if (meaning == Meaning::left_alone) {
        ++after.called_back;
    } else if (after.state == State::talking && rule.next != State::talking &&
               (rule.acts & Rule::nudge) != 0) {
        after.left_alone = now;
        after.called_back = 1;
    }
}

void go_on_in_room(Step& taken, const Rule& rule, Meaning meaning, const Event& event, ops::UtcMs now) {
    HandOff& after = taken.after;
    if (after.state == State::ringing && rule.next == State::joining) {
        after.taker = event.ring;
    }
    if (after.state == State::talking && meaning == Meaning::colleague_accepts) {
        take_over(after, now);
    }
    if ((rule.acts & Rule::ring_colleague) != 0) {
        taken.todo.ring.push_back(ask_in(after, event.person, now));
    }
    if (after.state == State::talking && rule.next == State::talking) {
        see_who_is_left(after);
    }
    if (meaning == Meaning::lost_at_once && rule.next == State::ringing) {
        after.to_ring.push_back(after.rings[after.taker - 1].person);
        after.rang_again = true;
    }
    if (after.state == State::talking && rule.next == State::ringing) {  // they wait again
        after.until = now + std::chrono::seconds(after.wait_seconds);
    }
}

}  // namespace rightsline::handoff
