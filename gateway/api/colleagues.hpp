// colleagues: the users who may work on a program's cases, by name, and whoever may act on them.
//
// Private to the room. Whoever may not log in any more is none. Threading: the loop's.
#pragma once

#include <string>
#include <vector>

#include "gateway/access/user_store.hpp"
#include "gateway/api/casework_asked.hpp"

namespace rightsline::api {

/// Sorted. Errors: access::errc::damaged, the store's.
Awaitable<Result<std::vector<std::string>>> colleagues(access::UserStore& users, std::string program,
                                                       Deadline deadline);

/// The one rule for who acts and who is named: a name of the roster, or a user who may work on the program's cases. Where
/// `asked` has one that is not on the roster, the users are put beside it. Errors: as colleagues().
Awaitable<Result<void>> meet_colleagues(access::UserStore& users, const cases::CaseDesk& desk,
                                        CaseworkAsked& asked, Deadline deadline);

}  // namespace rightsline::api
