// errc of the cases room: why the team's side of a case was not changed, or cannot be read.
//
// Every enumerator says when it happens. Must never: carry a name. Threading: values.
#pragma once

#include <boost/system/error_code.hpp>
#include <type_traits>

namespace rightsline::cases {

enum class errc {
    damaged = 1,     // stored casework does not have the shape we write
    no_script,       // the program has no pack, so nobody knows its statuses
    unknown_status,  // the program has no such status
    said_by_itself,  // the status is said from what is known of the case; nobody sets it
    not_after,       // the program lets this status follow others than the one it has
    unknown_person,  // nobody on the program's roster has this name
    may_not,    // the case keeps this person out: they stepped back, were excluded, or are the employer's
    contended,  // others changed it several times in a row; nothing was changed by us
    bad_note,   // what was brought is not sealed to the circle's key of now
    too_many_notes,  // a case holds only so many
    not_theirs,      // somebody else has the case than the change was meant for
    same_case,       // a case is not linked with itself
    too_many_links,  // a case is linked with only so many
    bad_task,  // its words are not sealed to the circle's key of now, or it is due before now or in years
    too_many_tasks,    // a case holds only so many
    no_such_task,      // the case has no task of this id
    unknown_language,  // the program does not speak it
    unknown_family,    // a report of this program is about none of that name
    bad_part,  // what was entered is not sealed to the circle's key of now, or there is none of it, or too much
    already_there,         // a case of this id is there
    unknown_category,      // the program has no category of this name
    unknown_site,          // the program has no site of this name
    bad_site,              // a site's name is 1 to 40 of a-z, 0-9, '-' and '.'
    too_many_sites,        // a program has only so many, and lists only so many people at one
    still_listed,          // people stand on the employer's list of a site that is to go
    themselves,            // nobody changes where they are listed themselves
    unknown_organisation,  // the program names no such organisation
    no_circle,             // the server has no key of that circle, an organisation's or a case's
    already_offered,       // it is offered there, or was accepted
    no_referral,           // it is not offered there now, nor was it accepted
    not_accepted,          // it waits for their answer
    bad_reason,            // the reason is none of ours
    not_passed_on,         // the status says that it was passed on, and it was not
    accepted_already,      // they accepted it: what they wait for is that it is taken back
    call_has_report,       // of the call in which it was told a report was entered before
};

const boost::system::error_category& category();
inline boost::system::error_code make_error_code(errc e) { return {static_cast<int>(e), category()}; }

}  // namespace rightsline::cases

template <>
struct boost::system::is_error_code_enum<rightsline::cases::errc> : std::true_type {};
