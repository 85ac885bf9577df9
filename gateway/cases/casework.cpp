#include "gateway/cases/casework.hpp"

#include <algorithm>
#include <utility>

#include "gateway/cases/error.hpp"

namespace rightsline::cases {
namespace {

bool among(const std::vector<std::string>& names, std::string_view name) {
    return std::ranges::find(names, name) != names.end();
}

/// Too many: the second oldest goes; the first tells when the worker was answered.
void keep_change(Casework& casework, Change change) {
    casework.changes.push_back(std::move(change));
    if (casework.changes.size() > most_changes) {
        casework.changes.erase(casework.changes.begin() + 1);
    }
}

/// Decides one wish after the other kind; what all of them need.
class Deciding {
 public:
    Deciding(const flows::Pack& script, const People& people, const Casework& now, const CaseFacts& facts,
             const std::string& actor, std::int64_t at)
        : script_(script), people_(people), now_(now), facts_(facts), actor_(actor), at_(at) {}

    Result<Decision> operator()(const SetStatus& wish) const {
        const flows::CaseStatus* status = find_status(script_.statuses, wish.status);
        if (status == nullptr) {
            return errc::unknown_status;
        }
        if (status->by_itself) {
            return errc::said_by_itself;
        }
        const Referral* passed = now_.referral(status->passed_to);
        if (!status->passed_to.empty() && (passed == nullptr || passed->state != ReferralState::accepted)) {
            return errc::not_passed_on;
        }
        Decision decision = so_far(audit::What::status_changed, wish.status);
        decision.changed = wish.status != facts_.status;
        if (decision.changed && !status->after.empty() && !among(status->after, facts_.status)) {
            return errc::not_after;
        }
        decision.status = wish.status;
        keep_change(decision.after, {wish.status, at_});
        return decision;
    }
    Result<Decision> operator()(const Assign& wish) const {
        if (!wish.person.empty() && !among(people_.all, wish.person)) {
            return errc::unknown_person;
        }
        if (now_.keeps_out(wish.person)) {
            return errc::may_not;
        }
        if (wish.from && now_.assignee != *wish.from && now_.assignee != wish.person) {
            return errc::not_theirs;
        }
        Decision decision = so_far(audit::What::assigned, wish.person);
        decision.changed = now_.assignee != wish.person;
        decision.lost = decision.changed && now_.keeps_out(now_.assignee);
        decision.after.assignee = wish.person;
        return decision;
    }
    Result<Decision> operator()(const Recuse&) const {
        if (actor_.empty()) {
            return errc::unknown_person;
        }
        Decision decision = so_far(audit::What::recused, "");
        decision.changed = !among(now_.recused, actor_) && !among(now_.excluded, actor_);
        decision.after.recused.push_back(actor_);
        hand_on_from_kept_out(decision);
        return decision;
    }
    Result<Decision> operator()(const Exclude& wish) const {
        if (!among(people_.all, wish.person)) {
            return errc::unknown_person;
        }
        Decision decision = so_far(audit::What::excluded, "");
        decision.changed = !among(now_.excluded, wish.person);
        decision.after.excluded.push_back(wish.person);
        hand_on_from_kept_out(decision);
        return decision;
    }
    Result<Decision> operator()(const SetSite& wish) const {
        const bool known = now_.sites && now_.sites->has(wish.site);
        if (!wish.site.empty() && !known) {
            return errc::unknown_site;
        }
        Decision decision = so_far(audit::What::site_set, "");
        decision.changed = now_.site != wish.site;
        decision.after.site = wish.site;
        hand_on_from_kept_out(decision);
        return decision;
    }
    Result<Decision> operator()(const SetCategory& wish) const {
        const flows::Category* category = find_category(script_.categories, wish.category);
        if (!wish.category.empty() && category == nullptr) {
            return errc::unknown_category;
        }
        Decision decision = so_far(audit::What::category_set, "");
        decision.after.category = wish.category;
        if (category != nullptr) {
            decision.family = category->family;
            decision.urgency = std::min(facts_.urgency, category->urgency);
        }
        decision.changed = now_.category != wish.category || facts_.family != decision.family ||
                           facts_.urgency != decision.urgency;
        return decision;
    }
    Result<Decision> operator()(const Readmit& wish) const {
        Decision decision = so_far(audit::What::readmitted, "");
        decision.changed = among(now_.recused, wish.person) || among(now_.excluded, wish.person);
        std::erase(decision.after.recused, wish.person);
        std::erase(decision.after.excluded, wish.person);
        if (!decision.changed && !among(people_.all, wish.person)) {
            return errc::unknown_person;  // a name that was mistyped, and nobody was let in
        }
        return decision;
    }
    Result<Decision> operator()(const Refer& wish) const {
        const Referral* before = now_.referral(wish.what.to);
        Result<Referral> referral = decide_referral(before, wish);
        if (!referral) {
            return referral.error();
        }
        Decision decision = so_far(act_of(wish.event), wish.what.to);
        decision.changed =
            wish.event == ReferralEvent::pass_more || before == nullptr || before->state != referral->state;
        decision.why = wish.event == ReferralEvent::decline        ? referral->why
                       : wish.event == ReferralEvent::offer        ? referral->reason
                       : wish.event == ReferralEvent::consent_gone ? referral->purpose
                                                                   : "";
        if (wish.event == ReferralEvent::accept && !wish.status.empty() && wish.status != facts_.status) {
            decision.status = wish.status;
            keep_change(decision.after, {wish.status, at_});
        }
        std::erase_if(decision.after.referrals, [&](const Referral& one) { return one.to == referral->to; });
        decision.after.referrals.push_back(std::move(*referral));
        return decision;
    }

 private:
    Decision so_far(audit::What what, const std::string& to) const {
        return {now_, facts_.status, true, what, to, false, "", facts_.family, facts_.urgency, false};
    }
    /// Where whoever has it may have it no more.
    void hand_on_from_kept_out(Decision& decision) const {
        Casework& after = decision.after;
        if (!after.keeps_out(after.assignee)) {
            return;
        }
        decision.lost = true;
        const auto next = std::ranges::find_if(
            people_.supervisors, [&after](const std::string& one) { return !after.keeps_out(one); });
        after.assignee = next == people_.supervisors.end() ? "" : *next;
    }

    const flows::Pack& script_;
    const People& people_;
    const Casework& now_;
    const CaseFacts& facts_;
    const std::string& actor_;
    std::int64_t at_;
};

}  // namespace

bool Casework::keeps_out(std::string_view person) const {
    return !person.empty() && (among(recused, person) || among(excluded, person) ||
                               (sites && sites->is_employers(person, site)));
}

bool Casework::is_near(std::string_view person) const { return !sites || sites->looks_after(person, site); }

const Referral* Casework::referral(std::string_view to) const {
    const auto found = std::ranges::find(referrals, to, &Referral::to);
    return found == referrals.end() ? nullptr : &*found;
}

bool Casework::is_for_others(std::string_view recording) const {
    return std::ranges::any_of(referrals,
                               [&](const Referral& one) { return among(one.recordings, recording); });
}

const flows::CaseStatus* find_status(const std::vector<flows::CaseStatus>& statuses, std::string_view key) {
    const auto found = std::ranges::find(statuses, key, &flows::CaseStatus::key);
    return found == statuses.end() ? nullptr : &*found;
}

const flows::Category* find_category(const std::vector<flows::Category>& categories, std::string_view key) {
    const auto found = std::ranges::find(categories, key, &flows::Category::key);
    return found == categories.end() ? nullptr : &*found;
}

Result<Decision> decide(const flows::Pack& script, const People& people, Casework now, const CaseFacts& facts,
                        const std::string& actor, const Wish& wish, std::int64_t at) {
    const bool steps_back = std::holds_alternative<Recuse>(wish);
    if (!actor.empty() && !among(people.all, actor)) {
        return errc::unknown_person;
    }
    if (now.keeps_out(actor) && !steps_back) {
        return errc::may_not;
    }
    const Deciding deciding(script, people, now, facts, actor, at);
    Result<Decision> decision = std::visit(deciding, wish);
    const flows::CaseStatus* status = decision ? find_status(script.statuses, decision->status) : nullptr;
    const bool open = status == nullptr || !status->closes;
    if (decision && open && !now.assignee.empty() && decision->after.assignee.empty()) {
        decision->left = true;
        decision->after.left = at;
    }
    return decision;
}

}  // namespace rightsline::cases
