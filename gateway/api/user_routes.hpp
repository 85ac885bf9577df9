// UserRoutes: who may log in. For the operator on the local socket, and for the administrator of a program on the console.
//
//   GET  /api/v1/users                  ?program=…: names, roles, times; on the local socket without it all of them
//   POST /api/v1/users                  {"name", "roles": ["fair-food:monitor"], "password", "key"?}
//   POST /api/v1/users/{name}/disable   all logins end at once, and what they had goes back to the pool
//   POST /api/v1/users/{name}/reset     {"password", "roles"?}: a new password and second factor, and enabled again
//   POST /api/v1/users/{name}/roles     {"roles": ["fair-food:intake"]}: these in place of theirs, at once; over the console those
//                                       of the one program alone
//
// A new second factor is told once, to whoever made the user. Over the console an administrator lets people in to the one
// program that they ask about and shuts them out: never somebody who has a role elsewhere, and never themselves.
// Must never: tell a password, its hash or an old secret. Threading: the loop's. Owner: the composition root.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "gateway/access/logins.hpp"
#include "gateway/cases/sites.hpp"
#include "gateway/http/router.hpp"
#include "gateway/ops/clock.hpp"

namespace rightsline::api {

struct UserRouteServices {
    access::UserStore& users;
    access::Logins& logins;
    ops::Clock& clock;
    std::vector<std::string> programs;
    /// What `person` has in a program goes back to the pool: how many cases. `by` as the audit names them.
    std::function<Awaitable<Result<int>>(std::string program, std::string person, std::string by, Deadline)>
        release{};
    /// A program's: who stands on an employer's list lets nobody in.
    std::function<Awaitable<Result<cases::SitesPtr>>(std::string program, Deadline)> sites{};
};

/// Adds the routes. What `services` refers to must outlive the router.
void add_user_routes(http::Router& router, UserRouteServices services);

}  // namespace rightsline::api
