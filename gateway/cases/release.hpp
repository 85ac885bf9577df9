// release_cases: what somebody had goes back to the pool, case by case, when they are shut out.
//
// Each case is a commit of its own with its audit entry; done again it goes on where it stopped, and one that somebody else was
// given meanwhile stays theirs. Closed ones stay as they are. Threading: the loop's.
#pragma once

#include <string>

#include "gateway/cases/case_desk.hpp"

namespace rightsline::cases {

/// `person`: "" = whoever may have it no more, such as who stands on an employer's list since. How many went back. Errors: errc::no_script, errc::contended, errc::damaged, the store's: then some may be theirs still.
Awaitable<Result<int>> release_cases(CaseStore& store, CaseDesk& desk, std::string program,
                                     std::string person, Actor by, redis::Deadline deadline);

}  // namespace rightsline::cases
