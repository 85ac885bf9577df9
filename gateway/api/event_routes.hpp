// EventRoutes: what changes while somebody looks, told as it happens (server-sent events). For the console.
//
//   GET /api/v1/events    "changed" with {"cases": [ids], "list": …, "alerts": …, "login": …}; "reload": fetch everything anew; "over": the
//                         login is, or it has lost the right. Last-Event-ID: goes on behind that one. A comment every 15 s
//
// Nothing is said but that something changed; what it is now is fetched by the route that it always was, which asks for its
// right and notes the reading. Listening is no use of a login: it is looked at every 15 s and at once when it is ended,
// and is over after its idle time like any other.
// Must never: answer anybody whom the console's door did not let in. Threading: the loop's. Owner: the router.
#pragma once

#include <string>
#include <vector>

#include "gateway/access/logins.hpp"
#include "gateway/api/event_desk.hpp"
#include "gateway/http/router.hpp"

namespace rightsline::api {

struct EventRouteServices {
    EventDesk& events;
    access::Logins& logins;
    ops::Clock& clock;
    std::vector<std::string> programs;
};

/// Adds the route. What `services` refers to must outlive the router and what is streamed.
void add_event_routes(http::Router& router, EventRouteServices services);

}  // namespace rightsline::api
