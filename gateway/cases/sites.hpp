// Sites: the workplaces that a program's cases are about: who stands on the employer's side there, and who looks after which.
//
// One sealed document for a program, for its names tell of whom reports are. Who stands on the employer's list of a site may
// have no case of it, nor see it, nor be told of it. While nobody has said which site a case is of it may be any, so that who
// stands on any list is kept out of it: a case that its reader has not placed yet is the newest there is, and one that is
// shown to the wrong person cannot be hidden again. Who was sent to some sites looks after these; who was sent to none, after
// all. Must never: stand in the store in clear. Pure. Threading: plain values.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "locales/result.hpp"

namespace rightsline::cases {

struct Sites {
    using Names = std::vector<std::string>;
    std::map<std::string, Names, std::less<>> employer;  // every site, with who stands on its list
    std::map<std::string, Names, std::less<>>
        near;  // by person: the sites that they look after; not there: all

    bool has(std::string_view site) const { return employer.contains(site); }
    /// Whether `person` stands on the list of `site`; on any, where it is none of these.
    bool is_employers(std::string_view person, std::string_view site) const;
    /// Where `site` is none of these everybody does.
    bool looks_after(std::string_view person, std::string_view site) const;
};
using SitesPtr = std::shared_ptr<const Sites>;

inline constexpr std::size_t most_sites = 2000;
inline constexpr std::size_t most_listed = 100;  // at one site, or sites of one person

/// 1 to 40 of a-z, 0-9, '-' and '.'.
bool is_site_name(std::string_view text);

std::string to_bytes(const Sites& sites);
/// Errors: errc::damaged.
Result<Sites> parse_sites(std::string_view bytes);

// What can be asked.
struct AddSite {
    std::string site;
};
struct RemoveSite {  // its cases are of no known site from then on
    std::string site;
};
struct ListEmployer {
    std::string site;
    std::string person;
    bool undo = false;
};
struct SendTo {
    std::string person;
    std::vector<std::string> sites;  // none: all
};
using SitesWish = std::variant<AddSite, RemoveSite, ListEmployer, SendTo>;

struct SitesDecision {
    Sites after;
    bool changed = true;
    std::string how{};  // of the audit's entry: added, removed, listed, unlisted, sent
};

/// `actor`: who asks, "" = whoever is on this machine; `people`: those who are known. Nobody lists, frees or sends themselves.
/// Errors: errc::bad_site, unknown_site, too_many_sites, unknown_person, themselves.
Result<SitesDecision> decide(Sites now, const std::vector<std::string>& people, std::string_view actor,
                             const SitesWish& wish);

}  // namespace rightsline::cases
