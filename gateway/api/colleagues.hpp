// colleagues: the users who may work on a program's cases, by name.
//
// Private to the room. Whoever may not log in any more is none. Threading: the loop's.
#pragma once

#include <string>
#include <vector>

#include "gateway/access/user_store.hpp"

namespace rightsline::api {

/// Sorted. Errors: access::errc::damaged, the store's.
Awaitable<Result<std::vector<std::string>>> colleagues(access::UserStore& users, std::string program,
                                                       Deadline deadline);

}  // namespace rightsline::api
