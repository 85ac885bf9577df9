// ConsentRoutes: what the worker of a case has agreed to. Of the local API, for the command line.
//
//   GET /api/v1/cases/{id}/consents   all nine purposes: the worker's last word on each, the hour, where they were asked
//
// Words of ours and nothing told, so no read of it stands in the audit. Must never: answer anybody but the server's user and
// root. Threading: the loop's. Owner: the composition root.
#pragma once

#include <string>
#include <vector>

#include "gateway/http/router.hpp"
#include "gateway/ops/clock.hpp"
#include "redis/client.hpp"

namespace rightsline::api {

struct ConsentRouteServices {
    redis::Client& redis;
    ops::Clock& clock;
    std::vector<std::string> programs;
};

/// Adds the route. What `services` refers to must outlive the router.
void add_consent_routes(http::Router& router, ConsentRouteServices services);

}  // namespace rightsline::api
