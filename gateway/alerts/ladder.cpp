#include "gateway/alerts/ladder.hpp"

#include <algorithm>

namespace rightsline::alerts {
namespace {

using namespace std::chrono_literals;
using people::Person;
using people::Roster;

constexpr std::chrono::milliseconds round_of_p2 = 1h;

/// The first of `order` from `rung` on who is on duty; the end when nobody is.
std::size_t next_on_duty(const Roster& roster, std::size_t rung, people::WeekTime now) {
    while (rung < roster.order.size() && !roster.people[roster.order[rung]].hours.cover(now)) {
        ++rung;
    }
    return std::min(rung, roster.order.size());
}

bool is_in(const std::vector<std::size_t>& list, std::size_t person) {
    return std::ranges::find(list, person) != list.end();
}

Telling tell(const Roster& roster, std::size_t person, bool loud) {
    const Person& one = roster.people[person];
    const bool call = one.calls && (loud || !one.texts);
    return {person, one.texts, call};
}

/// All who are on call and those above them; of P2 only who is on duty.
std::vector<Telling> everybody(const Roster& roster, bool loud, people::WeekTime now) {
    std::vector<Telling> all;
    for (std::size_t person = 0; person < roster.people.size(); ++person) {
        const bool named = is_in(roster.order, person) || is_in(roster.supervisors, person);
        if (named && (loud || roster.people[person].hours.cover(now))) {
            all.push_back(tell(roster, person, loud));
        }
    }
    return all;
}

Moves all_at_once(const Roster& roster, bool loud, people::WeekTime now) {
    Moves moves;
    moves.tell = everybody(roster, loud, now);
    moves.rung = roster.order.size();
    moves.everybody = true;
    const bool waits = moves.tell.empty();  // until somebody is on duty
    moves.next = loud || waits ? std::chrono::milliseconds(roster.repeat) : round_of_p2;
    return moves;
}

Moves one_person(const Roster& roster, std::size_t rung, bool loud) {
    Moves moves;
    moves.tell.push_back(tell(roster, roster.order[rung], loud));
    moves.rung = rung + 1;
    moves.next = loud ? std::chrono::milliseconds(roster.step) : std::chrono::milliseconds(roster.repeat);
    return moves;
}

/// One person; those before `rung` were told in vain. When that was everybody on call, all who are on duty, once more
/// from the beginning.
Moves once(const Roster& roster, std::size_t rung, people::WeekTime now) {
    const std::size_t here = next_on_duty(roster, rung, now);
    Moves moves;
    if (here < roster.order.size()) {
        moves = one_person(roster, here, false);
    } else if (rung > 0) {
        moves = all_at_once(roster, false, now);
        moves.rung = 0;
    }
    if (moves.tell.empty()) {
        return {{}, rung, false, std::chrono::milliseconds(roster.repeat)};
    }
    moves.next.reset();
    return moves;
}

}  // namespace

Moves next_moves(const Roster& roster, flows::Urgency urgency, std::size_t rung, people::WeekTime now) {
    if (urgency == flows::Urgency::p3) {
        return once(roster, rung, now);
    }
    const bool loud = urgency == flows::Urgency::p1;
    const std::size_t here = next_on_duty(roster, rung, now);
    return here == roster.order.size() ? all_at_once(roster, loud, now) : one_person(roster, here, loud);
}

std::vector<Foreseen> foresee(const Roster& roster, flows::Urgency urgency, people::WeekTime now) {
    std::vector<Foreseen> all;
    std::chrono::milliseconds after{0};
    std::size_t rung = 0;
    for (std::size_t i = 0; i <= roster.order.size(); ++i) {
        Moves moves = next_moves(roster, urgency, rung, now);
        if (!moves.tell.empty()) {
            all.push_back({after, std::move(moves.tell)});
        }
        if (!moves.next || moves.everybody || moves.rung == rung) {
            break;
        }
        after += *moves.next;
        rung = moves.rung;
    }
    return all;
}

}  // namespace rightsline::alerts
