// NoteRoutes: what the team wrote down for each other of a case, and what was done to it.
//
//   POST /api/v1/cases/{id}/notes    {"sealed": "base64", "as": "maria"}: one more, sealed where it was written
//   GET  /api/v1/cases/{id}/notes    ?from=64: a page of them, sealed
//   GET  /api/v1/cases/{id}/log      ?from=: what was done to it, as the audit has it; "next" where to go on, "" = that was all
//   GET  /api/v1/circle              the public key that notes are sealed to
//
// Of a note nothing but its sealed bytes. Private to the room: add_casework_routes() adds them.
// Threading: the loop's. Owner: the composition root.
#pragma once

#include "gateway/api/casework_routes.hpp"

namespace rightsline::api {

void add_note_routes(http::Router& router, CaseworkRouteServices services);

}  // namespace rightsline::api
