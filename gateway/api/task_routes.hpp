// TaskRoutes: what is to be done about a case, by when and by whom.
//
//   GET  /api/v1/cases/{id}/tasks                 all of them, what is to be done sealed; that stands in the audit first.
//                                                 ?words=0: without what is to be done, which nobody has read then
//   POST /api/v1/cases/{id}/tasks                 {"sealed": "base64", "due": seconds, "person": "jean", "as": "maria"}
//   POST /api/v1/cases/{id}/tasks/{which}/done    {"as": "maria"}
//
// Private to the room: add_casework_routes() adds them. Threading: the loop's. Owner: the composition root.
#pragma once

#include "gateway/api/casework_routes.hpp"

namespace rightsline::api {

void add_task_routes(http::Router& router, CaseworkRouteServices services);

}  // namespace rightsline::api
