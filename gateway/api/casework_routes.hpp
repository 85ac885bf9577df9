// CaseworkRoutes: what the team does with a case. Of the local API, for the command line.
//
//   POST /api/v1/cases/{id}/status   {"status": "reading", "as": "maria"}: what its worker hears from now on. Who gives it has it:
//                                    nobody else is told of its alert
//   POST /api/v1/cases/{id}/assign   {"person": "jean", "as": "maria"}; "" = nobody
//   POST /api/v1/cases/{id}/recuse   {"as": "maria"}: she steps back
//   POST /api/v1/cases/{id}/exclude  {"person": "jean", "as": "maria"}: he may neither have it nor act on it
//   POST /api/v1/cases/{id}/readmit  {"person": "jean", "as": "maria"}: he may again
//   POST /api/v1/cases/{id}/notes    {"sealed": "base64", "as": "maria"}: one more, sealed where it was written
//   GET  /api/v1/cases/{id}/notes    ?from=64: a page of them, sealed
//   GET  /api/v1/cases/{id}/log      ?from=: what was done to it, as the audit has it; "next" where to go on, "" = that was all
//   GET  /api/v1/circle              the public key that notes are sealed to
//
// "as" is a name of the roster, and may be missing: then the audit names the user of this machine.
// Names, never numbers; of a note nothing but its sealed bytes. Must never: answer anybody but the server's user and root.
// Threading: the loop's. Owner: the composition root.
#pragma once

#include <string>
#include <vector>

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
};

/// Adds the routes. What `services` refers to must outlive the router.
void add_casework_routes(http::Router& router, CaseworkRouteServices services);

}  // namespace rightsline::api
