// AuditRoutes: GET /api/v1/audit: who did what in a program and when, the oldest first, as the audit has it.
//
// For the auditor, who reads no case: an entry holds a case's random id and nothing else of it. With it goes the newest block that
// was signed, for whoever has the public half of the audit's key to hold the log against (`rightsline audit verify`). Nothing
// is noted of who reads it. Must never: answer with what an entry does not hold. Private to the room. Threading: the loop's.
#pragma once

#include "gateway/api/casework_routes.hpp"

namespace rightsline::api {

void add_audit_routes(http::Router& router, CaseworkRouteServices services);

}  // namespace rightsline::api
