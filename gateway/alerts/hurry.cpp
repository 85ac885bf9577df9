#include "gateway/alerts/hurry.hpp"

#include <algorithm>

#include "gateway/outbox/at_once.hpp"

namespace rightsline::alerts {
namespace {

enum Rank : int { nobody_knows_of_danger, danger, injury, the_rest, told_again, reminder, machine };
static_assert(machine <= outbox::last_rank);

/// By text or call, since the report has been as urgent as it is now.
bool counts(const Alert& alert, const Told& one) {
    return one.at >= alert.raised && (one.medium == "sms" || one.medium == "call");
}

}  // namespace

bool is_told_again(const Alert& alert, std::string_view person) {
    return std::ranges::any_of(alert.told,
                               [&](const Told& one) { return counts(alert, one) && one.person == person; });
}

int rank_of(const Alert& alert, std::string_view person) {
    const auto told = [&](const Told& one) { return counts(alert, one); };
    if (is_told_again(alert, person)) {
        return told_again;
    }
    if (alert.urgency == flows::Urgency::p1) {
        return std::ranges::any_of(alert.told, told) ? danger : nobody_knows_of_danger;
    }
    return alert.urgency == flows::Urgency::p2 ? injury : the_rest;
}

int rank_of_reminder() { return reminder; }

int rank_of_callers() { return injury; }

int rank_of_operators() { return machine; }

}  // namespace rightsline::alerts
