// LinkRoutes: which reports belong together.
//
//   POST /api/v1/cases/{id}/links    {"with": "<id>", "as": "maria"}: linked, both ways
//   POST /api/v1/cases/{id}/unlink   the same: linked no more
//
// A case that whoever asks is kept out of is not there, on either side: nobody learns by a link that it is.
// Private to the room. Threading: the loop's.
#pragma once

#include <boost/json/array.hpp>
#include <string>

#include "gateway/api/case_json.hpp"
#include "gateway/api/casework_routes.hpp"
#include "gateway/cases/links.hpp"

namespace rightsline::api {

void add_link_routes(http::Router& router, CaseworkRouteServices services);

struct LinkedCases {
    redis::Client& redis;
    cases::CaseStore& cases;
    cases::CaseDesk& desk;
};
/// Those that are there for `reader`. Errors: the store's.
Awaitable<Result<boost::json::array>> links_of(LinkedCases services, std::string program, std::string id,
                                               Reader reader, Deadline deadline);

}  // namespace rightsline::api
