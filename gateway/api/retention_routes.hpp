// RetentionRoutes: what time does to cases, and to the months' keys. Of the local API, for the command line.
//
//   GET  /api/v1/retention               whose time is over now, and when the day's run was and will be; changes nothing
//   POST /api/v1/retention/run           deletes all of it now, whatever the day's measure
//   GET  /api/v1/months                  the months' keys, and how many cases keep something under each
//   POST /api/v1/months/{month}/destroy  dry_run, move, backups_gone: what would be lost; first lock anew what is kept; the
//                                        backups that need the key are gone
//
// Must never: answer anybody but the server's user and root. Threading: the loop's. Owner: the composition root.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "gateway/cases/month_desk.hpp"
#include "gateway/cases/retention_desk.hpp"
#include "gateway/http/router.hpp"

namespace rightsline::api {

struct RetentionRouteServices {
    cases::RetentionDesk& retention;
    cases::MonthDesk& months;
    vault::Vault& vault;
    redis::Client& redis;
    ops::Clock& clock;
    std::vector<std::string> programs;
    std::function<bool()> may_delete;  // the clocks agree
};

/// What `services` refers to must outlive the router.
void add_retention_routes(http::Router& router, RetentionRouteServices services);
/// The months' part of them. month_routes.cpp
void add_month_routes(http::Router& router, RetentionRouteServices services);

}  // namespace rightsline::api
