// OutboxRoutes: what waits to leave, line by line, and what is wrong with it. Of the local API, for the command line.
//
//   GET /api/v1/outbox            per line: waiting by lane, under way, in doubt, for ever unknown, put aside; and
//                                 per account what its provider still holds of texts: waiting, late, given up
//   GET /api/v1/outbox/findings   ?line=N&from=…: one page of redis::survey() over the N-th of those lines
//
// A line stands in an address by its place, never by its number. Reads only.
// Threading: the loop's. Owner: the composition root.
#pragma once

#include <string>
#include <vector>

#include "gateway/http/router.hpp"
#include "gateway/ops/clock.hpp"
#include "gateway/outbox/copies.hpp"
#include "gateway/outbox/outbox.hpp"
#include "redis/client.hpp"

namespace rightsline::api {

struct OutboxRouteServices {
    outbox::Outbox& outbox;
    outbox::Copies& copies;
    redis::Client& redis;
    ops::Clock& clock;
    std::vector<std::string> programs;
};

/// Adds the routes. What `services` refers to must outlive the router.
void add_outbox_routes(http::Router& router, OutboxRouteServices services);

}  // namespace rightsline::api
