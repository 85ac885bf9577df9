#include "gateway/cases/error.hpp"

namespace rightsline::cases {
namespace {

class Category final : public boost::system::error_category {
 public:
    const char* name() const noexcept override { return "cases"; }
    std::string message(int value) const override {
        switch (static_cast<errc>(value)) {
            case errc::damaged:
                return "what the team keeps of this case cannot be read";
            case errc::no_script:
                return "the program has no script, so its statuses are not known";
            case errc::unknown_status:
                return "the program has no such status";
            case errc::said_by_itself:
                return "the server says this status by itself; nobody sets it";
            case errc::not_after:
                return "the program does not let this status follow the one that it has";
            case errc::unknown_person:
                return "nobody on the roster has this name";
            case errc::may_not:
                return "this case keeps this person out";
            case errc::contended:
                return "others changed it at the same moment; nothing was changed by you. try again";
            case errc::bad_note:
                return "the note is not sealed to the circle's key of now";
            case errc::too_many_notes:
                return "this case holds as many notes as it can";
            case errc::not_theirs:
                return "somebody else has this case by now; look again";
            case errc::same_case:
                return "a report is not linked with itself";
            case errc::too_many_links:
                return "this report is linked with as many others as it can be";
            case errc::bad_task:
                return "a task has words sealed to the circle's key of now, and is due later than now, "
                       "within two years";
            case errc::too_many_tasks:
                return "this case holds as many tasks as it can";
            case errc::no_such_task:
                return "this case has no such task";
            case errc::unknown_language:
                return "the program does not speak this language";
            case errc::unknown_family:
                return "a report of this program is about nothing of this name";
            case errc::bad_part:
                return "what was told is not sealed to the circle's key of now, or there is nothing, or too "
                       "much of it";
            case errc::already_there:
                return "this report is there already; its worker's number went out with the first answer";
            case errc::unknown_category:
                return "the program has no category of this name";
            case errc::unknown_site:
                return "the program has no site of this name";
            case errc::bad_site:
                return "a site's name is 1 to 40 of a-z, 0-9, '-' and '.'";
            case errc::too_many_sites:
                return "there are as many sites, or names at one, as can be kept";
            case errc::still_listed:
                return "people stand on the employer's list of this site, and would see its cases again: "
                       "take them "
                       "off it first, rightsline site employer SITE NAME --undo";
            case errc::themselves:
                return "nobody does this to themselves; another administrator does, or the operator";
            case errc::unknown_organisation:
                return "this program names no such organisation";
            case errc::no_circle:
                return "this server has no public key of that circle: put it under keys_dir/circles and "
                       "restart "
                       "the server";
            case errc::already_offered:
                return "it is with them already: offered, or accepted";
            case errc::no_referral:
                return "it is not with them: it was not offered, or the offer is over";
            case errc::accepted_already:
                return "they accepted it already: ask the program to take it back, rightsline case take-back";
            case errc::not_accepted:
                return "they have not accepted it";
            case errc::bad_reason:
                return "a reason is a word of ours: for an offer investigate, advice, urgent, mandate or "
                       "other; "
                       "for declining it mandate, capacity, conflict, duplicate or other";
            case errc::not_passed_on:
                return "this status tells its worker that the report was passed on, and it was not: "
                       "rightsline "
                       "case refer";
            case errc::call_has_report:
                return "a report was entered of this call already";
        }
        return "unknown";
    }
};

}  // namespace

const boost::system::error_category& category() {
    static const Category instance;
    return instance;
}

}  // namespace rightsline::cases
