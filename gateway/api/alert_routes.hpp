// AlertRoutes: who was told of a report, who has it, who would be told now. For the command line and the console.
//
//   GET  /api/v1/alerts             open ones, the most urgent first: those that were told and nobody has taken; for who is
//                                   logged in without those of cases that keep them out
//   GET  /api/v1/alerts/{id}        one, taken or not, with all that was told
//   POST /api/v1/alerts/{id}/take   {"person": "maria"}: she has it; a name of the roster. From the console: who asks has it
//   GET  /api/v1/roster/now         ?urgency=P1&at=2026-11-22T03:00: foresee(), by the clock of the program's place; and
//                                   whether a caller would reach anybody
//
// Names, never numbers. Must never: answer anybody but the server's user and root, and users whom the console let in.
// Threading: the loop's. Owner: the composition root.
#pragma once

#include <string>
#include <vector>

#include "gateway/access/user_store.hpp"
#include "gateway/alerts/alert_desk.hpp"
#include "gateway/cases/case_desk.hpp"
#include "gateway/http/router.hpp"
#include "gateway/ops/clock.hpp"
#include "redis/client.hpp"

namespace rightsline::api {

struct AlertRouteServices {
    alerts::AlertDesk& alerts;
    redis::Client& redis;
    ops::Clock& clock;
    std::vector<std::string> programs;
    access::UserStore& users;  // those who may work on its cases may take one
    cases::CaseDesk& desk;     // what is known of its sites
};

/// Adds the routes. What `services` refers to must outlive the router.
void add_alert_routes(http::Router& router, AlertRouteServices services);

}  // namespace rightsline::api
