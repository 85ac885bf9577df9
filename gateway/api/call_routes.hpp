// CallRoutes: what became of callers who asked for a person. For the command line and the console.
//
//   GET /api/v1/calls   ?days=7: the audit's entries of callers who were put through, in their order
//
// Names of the roster and seconds; never who called. Must never: answer anybody but the server's user and root, and users
// whom the console let in. Threading: the loop's. Owner: the composition root.
#pragma once

#include <string>
#include <vector>

#include "gateway/http/router.hpp"
#include "gateway/ops/clock.hpp"
#include "redis/client.hpp"

namespace rightsline::api {

struct CallRouteServices {
    redis::Client& redis;
    ops::Clock& clock;
    std::vector<std::string> programs;
};

/// Adds the routes. What `services` refers to must outlive the router.
void add_call_routes(http::Router& router, CallRouteServices services);

}  // namespace rightsline::api
