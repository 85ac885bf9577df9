// CallRoutes: what became of callers who asked for a person. For the command line and the console.
//
//   GET  /api/v1/calls           ?days=7: the audit's entries of callers who were put through, in their order
//   POST /api/v1/calls/{call}/hand-on   {"to": "ben", "as": "ana"}: ben is rung to take over the call that ana is in
//   GET  /api/v1/callers         numbers that nobody is woken for, by the names of their keyed ids
//   POST /api/v1/callers/block   {"number": "+13055550171"}: one more; the answer tells its name
//   POST /api/v1/callers/free    {"caller": "3fa9c2d1"}: one fewer
//
// Names of the roster and seconds; never who called. What says a number is for this machine alone: the console has no such page. Must never: answer anybody but the server's user and root, and users
// whom the console let in. Threading: the loop's. Owner: the composition root.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "gateway/handoff/desk.hpp"
#include "gateway/http/router.hpp"
#include "gateway/ops/clock.hpp"
#include "gateway/vault/vault.hpp"
#include "redis/client.hpp"

namespace rightsline::api {

struct CallRouteServices {
    redis::Client& redis;
    vault::Vault& vault;
    ops::Clock& clock;
    std::vector<std::string> programs;
    std::function<Awaitable<Result<void>>(handoff::HandOn)> hand_on;
};

/// Adds the routes. What `services` refers to must outlive the router.
void add_call_routes(http::Router& router, CallRouteServices services);

}  // namespace rightsline::api
