// HoldRoutes: what time will delete of a case and when, and a hold that keeps it from that.
//
//   GET  /api/v1/cases/{id}/time      how long each kind of thing is kept, since when that counts, and when it will be over
//   POST /api/v1/cases/{id}/hold      nothing of it is deleted for its age; its worker still can. /release ends that
//
// Both changes stand in the audit, in their commit. Private to the room. Threading: the loop's.
#pragma once

#include "gateway/api/casework_routes.hpp"

namespace rightsline::api {

void add_hold_routes(http::Router& router, CaseworkRouteServices services);

}  // namespace rightsline::api
