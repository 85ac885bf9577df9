// CaseList: a page of the list of cases: of all of them for who has the machine, else of those that are there for the asker.
//
// To a user of the console nothing tells of a case that is not there for them, which may be about them: hidden ones are passed over
// until the page is full, none is counted, whether a page follows depends on what they may see, and the place where it begins is
// sealed for them. A request looks at a bounded number: where that many lie behind one another of which nothing is theirs, it
// ends short, and the next goes on.
// Private to the room. Threading: the loop's. Owner: add_routes(), whose services must outlive it.
#pragma once

#include "gateway/api/api.hpp"
#include "gateway/http/message.hpp"
#include "gateway/ops/awaitable.hpp"

namespace rightsline::api {

/// Who may ask is known to be allowed, and `program` is ours.
Awaitable<http::Response> list_cases(const ApiServices& services, const http::Request& request,
                                     std::string program);

}  // namespace rightsline::api
