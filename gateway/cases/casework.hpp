// Casework: what the team makes of a case: who has it, who may not, what it is about, and which statuses it had.
//
// One versioned document beside the clear facts, sealed, for it names people, and whom a report is about may be among those
// who were excluded. The facts keep what a worker hears, the status, and what wakes people, the urgency with its family; by the
// team they change only in a commit that changes the document too, so that two monitors at once lose nothing. A case that
// nobody touched has none, and reads as empty.
// Must never: hold words of a worker or of a note. Pure: what is asked and what is so become what will be.
// Threading: plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "flows/pack.hpp"
#include "gateway/audit/entry.hpp"
#include "gateway/cases/case_file.hpp"
#include "gateway/cases/referral.hpp"
#include "gateway/cases/sites.hpp"
#include "locales/result.hpp"

namespace rightsline::cases {

/// The team gave a case this status at `at` (seconds since 1970).
struct Change {
    std::string status;
    std::int64_t at = 0;
};

struct Casework {
    std::string assignee;               // "" = nobody: it is in the pool
    std::vector<std::string> recused;   // stepped back by themselves
    std::vector<std::string> excluded;  // kept from it by somebody else
    std::vector<Change> changes;        // of the status, the oldest first
    std::string site{};                 // one of the program's; "" = nobody has said it yet
    std::vector<Referral> referrals{};  // to other organisations, one for each
    std::string category{};             // one of the program's; "" = nobody has sorted it yet
    SitesPtr sites{};       // what is known of them; not stored here: whoever loads a case gives it
    std::int64_t left = 0;  // when whoever had it had it no more, and nobody took its alert since; 0 = not so

    /// Whether `person` may neither have it nor act on it: they stepped back, were excluded, or stand on the employer's list of
    /// its site; on any employer's list, while nobody has said which site it is of.
    bool keeps_out(std::string_view person) const;
    /// Whether `person` looks after its site; everybody does while it has none. Never whether they may have it.
    bool is_near(std::string_view person) const;
    /// How it stands with that organisation; null = it was never offered there.
    const Referral* referral(std::string_view to) const;
    /// The recording is a copy, sealed to another organisation's circle.
    bool is_for_others(std::string_view recording) const;
};

inline constexpr std::size_t most_changes = 200;

std::string to_bytes(const Casework& casework);
/// `sites`: the program's, without which nobody is known to stand on a list; null = it has none, or nobody is judged.
/// Errors: errc::damaged.
Result<Casework> parse_casework(std::string_view bytes, SitesPtr sites);

// What can be asked.
struct SetStatus {
    std::string status;
};
struct Assign {
    std::string person;                 // "" = nobody
    std::optional<std::string> from{};  // only while this one has it; nothing = whoever has it
};
struct Recuse {};  // of whoever asks
struct Exclude {
    std::string person;
};
struct Readmit {
    std::string person;
};
struct SetSite {
    std::string site;  // "" = none
};
/// The case gets the category's family, and its urgency where that is the greater one. None is taken back by another
/// category, nor by none: what a worker's danger or a colleague raised stays raised.
struct SetCategory {
    std::string category;  // "" = none
};
using Wish = std::variant<SetStatus, Assign, Recuse, Exclude, Readmit, SetSite, SetCategory, Refer>;

/// The people of a program, by name.
struct People {
    std::vector<std::string> all;
    std::vector<std::string> supervisors;
};

/// What a change becomes.
struct Decision {
    Casework after;
    std::string status;   // the case's, after it
    bool changed = true;  // no: it was so already, and nothing is written
    audit::What what{};
    std::string to{};                             // of the audit's entry
    bool lost = false;                            // whoever had it may have it no more
    std::string why{};                            // likewise of the audit's entry
    std::string family{};                         // the case's, after it
    flows::Urgency urgency = flows::Urgency::p3;  // likewise; never a smaller one than before
    bool left = false;                            // nobody has it any more: its alert begins again
};

/// `script`: the program's; `actor`: a name of the roster, or "" when nobody said who they are; of `facts` the status, the
/// family and the urgency count. A person who steps back
/// or is excluded loses the case: to the first supervisor who may have it, else to the pool.
/// Likewise whoever stands on the employer's list of the site that it gets. By whatever it comes to nobody, an open case is
/// `left` from then on.
/// Errors: errc::unknown_site, unknown_category, unknown_status, said_by_itself, not_after, not_passed_on, unknown_person, may_not, not_theirs;
/// those of decide_referral().
Result<Decision> decide(const flows::Pack& script, const People& people, Casework now, const CaseFacts& facts,
                        const std::string& actor, const Wish& wish, std::int64_t at);

/// The status of that key; null when the program has none.
const flows::CaseStatus* find_status(const std::vector<flows::CaseStatus>& statuses, std::string_view key);
/// The category of that key; likewise.
const flows::Category* find_category(const std::vector<flows::Category>& categories, std::string_view key);

}  // namespace rightsline::cases
