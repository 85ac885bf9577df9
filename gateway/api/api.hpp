// Api: /api/v1 for the command line, over a unix socket whose peer is the operator.
//
// The kernel says who is at the other end (SO_PEERCRED); only the user that runs the server, and root, are answered.
// Cases leave as they are stored: clear facts, and parts that only the circle's private key opens.
// Must never: open a part, accept a connection that is not the local socket's.
// Threading: the loop's. Owner: the composition root.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "gateway/cases/case_store.hpp"
#include "gateway/http/router.hpp"
#include "gateway/ops/clock.hpp"

namespace rightsline::api {

struct ApiServices {
    cases::CaseStore& cases;
    ops::Clock& clock;
    std::vector<std::string> programs;
    std::function<std::string(const std::string& recording)> blob_path;
};

/// Adds the routes. `services` must outlive the router.
void add_routes(http::Router& router, ApiServices services);

/// For what can wait, when workers are many: 503, and when to ask again.
http::Response busy_answer();

}  // namespace rightsline::api
