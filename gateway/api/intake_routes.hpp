// IntakeRoutes: what a worker tells somebody of the team, on the phone or face to face, becomes a report of theirs.
//
//   GET  /api/v1/intake    ?language=es: the program's own questions, what a report may be about, and the callers that whoever
//                          asks took in the last day
//   POST /api/v1/cases     {"id": "hex", "language": "es", "family": "pay", "danger": false, "parts": ["base64"], "as": "maria",
//                          "call": "3fa9c2d1"}: of a call only for who took it, and once
//
// The parts are sealed where they were written. The answer holds the worker's code, once; it is kept nowhere, for no repeat.
// Must never: log the answer. Threading: the loop's. Owner: the composition root.
#pragma once

#include <string>
#include <vector>

#include "gateway/access/user_store.hpp"
#include "gateway/cases/intake_desk.hpp"
#include "gateway/http/router.hpp"
#include "gateway/ops/clock.hpp"

namespace rightsline::api {

struct IntakeRouteServices {
    cases::IntakeDesk& intake;
    cases::CaseDesk& desk;
    ops::Clock& clock;
    std::vector<std::string> programs;
    access::UserStore& users;  // those who may work on its cases may enter one
    redis::Client& redis;      // whose audit says who took which call
};

void add_intake_routes(http::Router& router, IntakeRouteServices services);

}  // namespace rightsline::api
