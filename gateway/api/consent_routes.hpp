// ConsentRoutes: what the worker of a case has agreed to, for the command line and the console.
//
//   POST /api/v1/cases/{id}/consents/withdraw   {"purpose"}: its worker asked a person to take a yes back; their number is
//                                               erased with the yes to keeping it
//   GET /api/v1/cases/{id}/consents   all nine purposes: the worker's last word on each, the hour, where they were asked
//
// Words of ours and nothing told, so no read of it stands in the audit. Must never: write a yes. Threading: the loop's. Owner: the composition root.
#pragma once

#include <string>
#include <vector>

#include "gateway/http/router.hpp"
#include "gateway/ops/clock.hpp"
#include "gateway/reach/ping_desk.hpp"
#include "redis/client.hpp"

namespace rightsline::api {

struct ConsentRouteServices {
    redis::Client& redis;
    ops::Clock& clock;
    std::vector<std::string> programs;
    reach::PingDesk* pings = nullptr;  // none: whether the phone has said STOP is not told
};

/// Adds the route. What `services` refers to must outlive the router.
void add_consent_routes(http::Router& router, ConsentRouteServices services);

}  // namespace rightsline::api
