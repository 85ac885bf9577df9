// ExportRoutes: whether a case may be taken out, opened, for those whom its worker agreed to.
//
//   POST /api/v1/cases/{id}/export   {"purpose": "investigator", "as": "maria"}
//
// The ledger is asked, and what is let out is noted, before whoever asks fetches a byte to open; what is missing is named.
// Opening and writing happen at the member who exports. Private to the room: add_casework_routes() adds it.
// Threading: the loop's. Owner: the composition root.
#pragma once

#include "gateway/api/casework_routes.hpp"

namespace rightsline::api {

void add_export_routes(http::Router& router, CaseworkRouteServices services);

}  // namespace rightsline::api
