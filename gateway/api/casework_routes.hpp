// CaseworkRoutes: what the team does with a case, for the command line and for the console.
//
//   POST /api/v1/cases/{id}/status   {"status": "reading", "as": "maria"}: what its worker hears from now on. Who gives it has it:
//                                    nobody else is told of its alert
//   POST /api/v1/cases/{id}/take     {"as": "maria"}: she has it, and nobody else is told of it; not where somebody has it already
//   POST /api/v1/cases/{id}/hand-over {"person": "jean", "as": "maria"}: while she has it; "" = nobody
//   POST /api/v1/cases/{id}/assign   the same, whoever has it
//   POST /api/v1/cases/{id}/recuse   {"as": "maria"}: she steps back
//   POST /api/v1/cases/{id}/exclude  {"person": "jean", "as": "maria"}: he may neither have it nor act on it
//   POST /api/v1/cases/{id}/readmit  {"person": "jean", "as": "maria"}: he may again
//   POST /api/v1/cases/{id}/site     {"site": "sol-farm", "as": "maria"}: which site it is of; "" = none. Who has it and stands on
//                                    that employer's list has it no more
//   GET  /api/v1/cases/{id}/choices  what may be done next: the statuses with what its worker would hear, and who may have it
//
// and those of note_routes.hpp, link_routes.hpp, hold_routes.hpp, figure_routes.hpp and audit_routes.hpp. "as" is a name of the roster, and may be missing: then the audit names the user of this
// machine. On the console's listener it is whoever is logged in.
// Names, never numbers; of a note nothing but its sealed bytes. Must never: answer anybody but the server's user and root.
// Threading: the loop's. Owner: the composition root.
#pragma once

#include <string>
#include <vector>

#include "gateway/access/user_store.hpp"
#include "gateway/alerts/alert_desk.hpp"
#include "gateway/cases/case_desk.hpp"
#include "gateway/http/router.hpp"

namespace rightsline::api {

struct CaseworkRouteServices {
    cases::CaseStore& cases;
    cases::CaseDesk& desk;
    alerts::AlertDesk& alerts;
    redis::Client& redis;
    ops::Clock& clock;
    std::vector<std::string> programs;
    access::UserStore& users;  // those who may work on its cases may have one
};

/// Adds the routes. What `services` refers to must outlive the router.
void add_casework_routes(http::Router& router, CaseworkRouteServices services);

}  // namespace rightsline::api
