#include "gateway/cases/casework.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <utility>

#include "gateway/cases/error.hpp"
#include "gateway/ops/json_text.hpp"

namespace rightsline::cases {
namespace {

namespace json = boost::json;

constexpr std::int64_t shape = 1;      // of the stored bytes
constexpr std::int64_t with_site = 2;  // the same with a site, which a build that knows none must not lose

bool among(const std::vector<std::string>& names, std::string_view name) {
    return std::ranges::find(names, name) != names.end();
}

json::array to_json(const std::vector<std::string>& names) { return json::array(names.begin(), names.end()); }

const json::array* list_of(const json::object& in, std::string_view name) {
    const json::value* found = in.if_contains(name);
    return found == nullptr ? nullptr : found->if_array();
}

/// Nothing when it is no list of texts.
Result<std::vector<std::string>> names_of(const json::object& in, std::string_view name) {
    const json::array* list = list_of(in, name);
    if (list == nullptr ||
        !std::ranges::all_of(*list, [](const json::value& one) { return one.is_string(); })) {
        return errc::damaged;
    }
    std::vector<std::string> names;
    for (const json::value& one : *list) {
        names.emplace_back(one.get_string());
    }
    return names;
}

Result<std::vector<Change>> changes_of(const json::object& in) {
    const json::array* list = list_of(in, "changes");
    if (list == nullptr) {
        return errc::damaged;
    }
    std::vector<Change> changes;
    for (const json::value& one : *list) {
        const json::object* change = one.if_object();
        const json::value* at = change == nullptr ? nullptr : change->if_contains("at");
        if (at == nullptr || !at->is_int64()) {
            return errc::damaged;
        }
        changes.push_back({ops::text_of(*change, "status"), at->get_int64()});
    }
    return changes;
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
    Deciding(const std::vector<flows::CaseStatus>& statuses, const People& people, const Casework& now,
             const CaseFacts& facts, const std::string& actor, std::int64_t at)
        : statuses_(statuses), people_(people), now_(now), facts_(facts), actor_(actor), at_(at) {}

    Result<Decision> operator()(const SetStatus& wish) const {
        const flows::CaseStatus* status = find_status(statuses_, wish.status);
        if (status == nullptr) {
            return errc::unknown_status;
        }
        if (status->by_itself) {
            return errc::said_by_itself;
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

 private:
    Decision so_far(audit::What what, const std::string& to) const {
        return {now_, facts_.status, true, what, to};
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

    const std::vector<flows::CaseStatus>& statuses_;
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

std::string to_bytes(const Casework& casework) {
    json::array changes;
    for (const Change& one : casework.changes) {
        changes.push_back(json::object{{"status", one.status}, {"at", one.at}});
    }
    json::object out{{"shape", casework.site.empty() ? shape : with_site},
                     {"assignee", casework.assignee},
                     {"recused", to_json(casework.recused)},
                     {"excluded", to_json(casework.excluded)},
                     {"changes", std::move(changes)}};
    if (!casework.site.empty()) {
        out["site"] = casework.site;
    }
    return json::serialize(out);
}

Result<Casework> parse_casework(std::string_view bytes, SitesPtr sites) {
    boost::system::error_code failed;
    const json::value value = json::parse(bytes, failed);
    const json::object* in = failed ? nullptr : value.if_object();
    const json::value* written = in == nullptr ? nullptr : in->if_contains("shape");
    if (written == nullptr || (*written != shape && *written != with_site)) {
        return errc::damaged;  // or a newer build's, whose members we would lose
    }
    Result<std::vector<std::string>> recused = names_of(*in, "recused");
    Result<std::vector<std::string>> excluded = names_of(*in, "excluded");
    Result<std::vector<Change>> changes = changes_of(*in);
    std::string site = ops::text_of(*in, "site");
    if (!recused || !excluded || !changes || site.empty() == (*written == with_site)) {
        return errc::damaged;
    }
    return Casework{ops::text_of(*in, "assignee"), std::move(*recused), std::move(*excluded),
                    std::move(*changes),           std::move(site),     std::move(sites)};
}

const flows::CaseStatus* find_status(const std::vector<flows::CaseStatus>& statuses, std::string_view key) {
    const auto found = std::ranges::find(statuses, key, &flows::CaseStatus::key);
    return found == statuses.end() ? nullptr : &*found;
}

Result<Decision> decide(const std::vector<flows::CaseStatus>& statuses, const People& people, Casework now,
                        const CaseFacts& facts, const std::string& actor, const Wish& wish, std::int64_t at) {
    const bool steps_back = std::holds_alternative<Recuse>(wish);
    if (!actor.empty() && !among(people.all, actor)) {
        return errc::unknown_person;
    }
    if (now.keeps_out(actor) && !steps_back) {
        return errc::may_not;
    }
    return std::visit(Deciding(statuses, people, now, facts, actor, at), wish);
}

}  // namespace rightsline::cases
