// SitesRoutes: which sites a program has, who stands on an employer's list, who looks after which. For its administrators.
//
//   GET  /api/v1/sites            {"sites": [{"site", "employer": [names]}], "near": [{"person", "sites": [names]}]}
//   POST /api/v1/sites            {"site": "sol-farm"}: one more
//   POST /api/v1/sites/remove     the same: its cases are of no known site from then on
//   POST /api/v1/sites/employer   {"site": "sol-farm", "person": "jean", "undo": false}: he stands on its employer's list
//   POST /api/v1/sites/near       {"person": "maria", "sites": ["sol-farm"]}: she looks after these; none: after all
//
// Whoever may no longer have a case that they have loses it in the same request: it is back in the pool, its alert begins again.
// Nobody lists, frees or sends themselves. Must never: tell of a case. Threading: the loop's. Owner: the composition root.
#pragma once

#include <string>
#include <vector>

#include "gateway/access/user_store.hpp"
#include "gateway/cases/case_desk.hpp"
#include "gateway/http/router.hpp"

namespace rightsline::api {

struct SitesRouteServices {
    cases::CaseStore& cases;
    cases::CaseDesk& desk;
    access::UserStore& users;  // whoever has a role in the program may be named
    redis::Client& redis;
    vault::Vault& vault;
    ops::Clock& clock;
    std::vector<std::string> programs;
};

/// Adds the routes. What `services` refers to must outlive the router.
void add_sites_routes(http::Router& router, SitesRouteServices services);

}  // namespace rightsline::api
