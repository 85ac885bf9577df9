#include "gateway/cases/sites.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <utility>

#include "gateway/cases/error.hpp"

namespace rightsline::cases {
namespace {

namespace json = boost::json;
using Names = Sites::Names;
using ByName = std::map<std::string, Names, std::less<>>;

constexpr std::size_t longest_name = 40;
constexpr std::int64_t shape = 1;  // of the stored bytes

bool among(const Names& names, std::string_view name) {
    return std::ranges::find(names, name) != names.end();
}

json::object to_json(const ByName& all) {
    json::object out;
    for (const auto& [name, names] : all) {
        out[name] = json::array(names.begin(), names.end());
    }
    return out;
}

Result<ByName> by_name(const json::object& in, std::string_view member) {
    const json::value* value = in.if_contains(member);
    if (value == nullptr || !value->is_object()) {
        return errc::damaged;
    }
    ByName all;
    for (const auto& [name, list] : value->get_object()) {
        Names& names = all[std::string(name)];
        for (const json::value& one : list.is_array() ? list.get_array() : json::array{nullptr}) {
            if (!one.is_string()) {
                return errc::damaged;
            }
            names.emplace_back(one.get_string());
        }
    }
    return all;
}

/// One wish after the other kind; what all of them need.
class Deciding {
 public:
    Deciding(const Sites& now, const Names& people, std::string_view actor)
        : now_(now), people_(people), actor_(actor) {}

    Result<SitesDecision> operator()(const AddSite& wish) const {
        if (!is_site_name(wish.site)) {
            return errc::bad_site;
        }
        SitesDecision decision{now_, !now_.has(wish.site), "added"};
        decision.after.employer.try_emplace(wish.site);
        return decision.after.employer.size() > most_sites ? Result<SitesDecision>(errc::too_many_sites)
                                                           : Result<SitesDecision>(std::move(decision));
    }
    Result<SitesDecision> operator()(const RemoveSite& wish) const {
        const auto site = now_.employer.find(wish.site);
        if (site == now_.employer.end()) {
            return errc::unknown_site;
        }
        if (!actor_.empty() && among(site->second, actor_)) {
            return errc::themselves;  // their name would be on that list no more
        }
        if (!site->second.empty()) {
            return errc::still_listed;  // its cases are still of it, and would be there for them
        }
        SitesDecision decision{now_, true, "removed"};
        decision.after.employer.erase(wish.site);
        for (auto& [person, sites] : decision.after.near) {
            std::erase(sites, wish.site);
        }
        return decision;  // who looked after that one alone looks after none, until they are sent elsewhere
    }
    Result<SitesDecision> operator()(const ListEmployer& wish) const {
        if (!now_.has(wish.site)) {
            return errc::unknown_site;
        }
        if (const boost::system::error_code wrong = fault_of(wish.person, wish.undo)) {
            return wrong;
        }
        SitesDecision decision{now_, true, wish.undo ? "unlisted" : "listed"};
        Names& listed = decision.after.employer.find(wish.site)->second;
        decision.changed = among(listed, wish.person) == wish.undo;
        if (wish.undo) {
            std::erase(listed, wish.person);
        } else if (decision.changed) {
            listed.push_back(wish.person);
        }
        return listed.size() > most_listed ? Result<SitesDecision>(errc::too_many_sites)
                                           : Result<SitesDecision>(std::move(decision));
    }
    Result<SitesDecision> operator()(const SendTo& wish) const {
        if (const boost::system::error_code wrong = fault_of(wish.person, false)) {
            return wrong;
        }
        if (!std::ranges::all_of(wish.sites, [this](const std::string& one) { return now_.has(one); })) {
            return errc::unknown_site;
        }
        if (wish.sites.size() > most_listed) {
            return errc::too_many_sites;
        }
        SitesDecision decision{now_, true, "sent"};
        if (wish.sites.empty()) {
            decision.changed = decision.after.near.erase(wish.person) != 0;
        } else {
            Names& sites = decision.after.near[wish.person];
            decision.changed = sites != wish.sites;
            sites = wish.sites;
        }
        return decision;
    }

 private:
    /// `gone`: also somebody who has left may be taken off a list.
    boost::system::error_code fault_of(const std::string& person, bool gone) const {
        if (person.empty() || (!gone && !among(people_, person))) {
            return errc::unknown_person;  // a name that was mistyped would keep nobody out
        }
        return person == actor_ ? make_error_code(errc::themselves) : boost::system::error_code();
    }

    const Sites& now_;
    const Names& people_;
    std::string_view actor_;
};

}  // namespace

bool Sites::is_employers(std::string_view person, std::string_view site) const {
    const auto here = employer.find(site);
    return here != employer.end()
               ? among(here->second, person)
               : std::ranges::any_of(employer, [&](const auto& one) { return among(one.second, person); });
}

bool Sites::looks_after(std::string_view person, std::string_view site) const {
    const auto theirs = near.find(person);
    return theirs == near.end() || !has(site) || among(theirs->second, site);
}

bool is_site_name(std::string_view text) {
    return !text.empty() && text.size() <= longest_name && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
    });
}

std::string to_bytes(const Sites& sites) {
    return json::serialize(
        json::object{{"shape", shape}, {"employer", to_json(sites.employer)}, {"near", to_json(sites.near)}});
}

Result<Sites> parse_sites(std::string_view bytes) {
    boost::system::error_code failed;
    const json::value value = json::parse(bytes, failed);
    const json::object* in = failed ? nullptr : value.if_object();
    const json::value* written = in == nullptr ? nullptr : in->if_contains("shape");
    if (written == nullptr || *written != shape) {
        return errc::damaged;
    }
    Result<ByName> employer = by_name(*in, "employer");
    Result<ByName> near = by_name(*in, "near");
    if (!employer || !near) {
        return errc::damaged;
    }
    return Sites{std::move(*employer), std::move(*near)};
}

Result<SitesDecision> decide(Sites now, const Names& people, std::string_view actor, const SitesWish& wish) {
    return std::visit(Deciding(now, people, actor), wish);
}

}  // namespace rightsline::cases
