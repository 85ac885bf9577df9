#include "gateway/alerts/ladder.hpp"

#include <algorithm>

namespace rightsline::alerts {
namespace {

using namespace std::chrono_literals;
using people::Person;
using people::Roster;

constexpr std::chrono::milliseconds round_of_p2 = 1h;

/// Who is asked about, at which moment.
struct Scene {
    const Roster& roster;
    people::WeekTime now;
    const MayBeTold& may;

    bool on_duty(std::size_t person) const { return roster.people[person].hours.cover(now) && may(person); }
};

/// The first of `order` from `rung` on who is on duty and may be told; the end when nobody is.
std::size_t next_on_duty(const Scene& scene, std::size_t rung) {
    const std::vector<std::size_t>& order = scene.roster.order;
    while (rung < order.size() && !scene.on_duty(order[rung])) {
        ++rung;
    }
    return std::min(rung, order.size());
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
std::vector<Telling> everybody(const Scene& scene, bool loud) {
    const Roster& roster = scene.roster;
    std::vector<Telling> all;
    for (std::size_t person = 0; person < roster.people.size(); ++person) {
        const bool named = is_in(roster.order, person) || is_in(roster.supervisors, person);
        if (named && (loud ? scene.may(person) : scene.on_duty(person))) {
            all.push_back(tell(roster, person, loud));
        }
    }
    return all;
}

Moves all_at_once(const Scene& scene, bool loud) {
    const Roster& roster = scene.roster;
    Moves moves;
    moves.tell = everybody(scene, loud);
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
Moves once(const Scene& scene, std::size_t rung) {
    const Roster& roster = scene.roster;
    const std::size_t here = next_on_duty(scene, rung);
    Moves moves;
    if (here < roster.order.size()) {
        moves = one_person(roster, here, false);
    } else if (rung > 0) {
        moves = all_at_once(scene, false);
        moves.rung = 0;
    }
    if (moves.tell.empty()) {
        return {{}, rung, false, std::chrono::milliseconds(roster.repeat)};
    }
    moves.next.reset();
    return moves;
}

}  // namespace

bool everyone_may(std::size_t) { return true; }

Moves next_moves(const Roster& roster, flows::Urgency urgency, std::size_t rung, people::WeekTime now,
                 const MayBeTold& may) {
    const Scene scene{roster, now, may};
    if (urgency == flows::Urgency::p3) {
        return once(scene, rung);
    }
    const bool loud = urgency == flows::Urgency::p1;
    const std::size_t here = next_on_duty(scene, rung);
    return here == roster.order.size() ? all_at_once(scene, loud) : one_person(roster, here, loud);
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
