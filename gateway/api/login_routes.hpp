// LoginRoutes: in and out of the console's API.
//
//   POST   /api/v1/login           {"name", "password", "code", "as"?}: a cookie; with "as": "bearer" a token in the answer
//   POST   /api/v1/logout          ends the login that asks, and has the browser forget what it kept of us
//   GET    /api/v1/session         who asks, their roles, until when, and what X-CSRF-Token must say
//   GET    /api/v1/sessions        all logins of who asks
//   DELETE /api/v1/sessions/{id}   ends one of them
//
// Must never: say which of name, password and code was wrong; put a token into an answer that a page can read, unless a tool
// asked for it. Threading: the loop's. Owner: the composition root.
#pragma once

#include "gateway/access/logins.hpp"
#include "gateway/http/router.hpp"
#include "gateway/ops/clock.hpp"

namespace rightsline::api {

struct LoginRouteServices {
    access::Logins& logins;
    access::LoginStore& store;
    ops::Clock& clock;
};

/// Adds the routes. What `services` refers to must outlive the router. All but login expect that the door asked before.
void add_login_routes(http::Router& router, LoginRouteServices services);

}  // namespace rightsline::api
