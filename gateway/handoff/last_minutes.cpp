#include "gateway/handoff/last_minutes.hpp"

#include <chrono>

#include "gateway/handoff/room.hpp"

namespace rightsline::handoff {
namespace {

using namespace std::chrono_literals;
using Told = Event::Told;

constexpr auto let_out_after = 28min - 30s;  // of the caller's own minutes: the person's began before them
constexpr auto called_out_after = 29min;
constexpr auto same_page = 30s;  // asked for twice: a repeat, not the end of the last minutes
constexpr ops::UtcMs not_yet{};

ops::UtcMs warned_of(const HandOff& hand_off, std::size_t ring) { return hand_off.rings[ring - 1].warned; }

}  // namespace

bool is_warned_now(ops::UtcMs warned, ops::UtcMs now) {
    return warned == not_yet || now < warned + same_page;
}

bool nears_its_end(const HandOff& hand_off, const Event& event, ops::UtcMs now) {
    if (hand_off.state != State::talking || now < hand_off.since + let_out_after) {
        return false;
    }
    switch (event.told) {
        case Told::asks:
            return hand_off.caller_warned == not_yet;
        case Told::parts:
            return is_in_room(hand_off, event.ring) && is_warned_now(warned_of(hand_off, event.ring), now);
        case Told::looks: {
            const std::optional<ops::UtcMs> due = look_at_last_minutes(hand_off);
            return due && now >= *due;
        }
        default:
            return false;
    }
}

void note_last_minutes(HandOff& hand_off, const Event& event, ops::UtcMs now) {
    if (event.told == Told::looks) {
        hand_off.called_out = true;
        return;
    }
    ops::UtcMs& warned =
        event.told == Told::asks ? hand_off.caller_warned : hand_off.rings[event.ring - 1].warned;
    warned = warned == not_yet ? now : warned;
}

std::optional<ops::UtcMs> look_at_last_minutes(const HandOff& hand_off) {
    const bool known = hand_off.caller_warned != not_yet || hand_off.called_out;
    return known ? std::nullopt : std::optional<ops::UtcMs>(hand_off.since + called_out_after);
}

}  // namespace rightsline::handoff
