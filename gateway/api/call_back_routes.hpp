// CallBackRoutes: somebody of the team calls a worker back who asked for that.
//
//   POST /api/v1/cases/{id}/call    {"as": "maria"}: their own phone rings first
//
// Whoever may not work on the case is told that there is none. The answer says that it has begun, and nothing of the worker.
// Threading: the loop's. Owner: the composition root.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "gateway/access/user_store.hpp"
#include "gateway/callbacks/desk.hpp"
#include "gateway/cases/case_desk.hpp"
#include "gateway/http/router.hpp"
#include "gateway/ops/clock.hpp"

namespace rightsline::api {

struct CallBackRouteServices {
    std::function<Awaitable<Result<void>>(callbacks::Wish)> call;  // callbacks::Desk::call
    cases::CaseDesk& desk;
    access::UserStore& users;
    ops::Clock& clock;
    std::vector<std::string> programs;
};
void add_call_back_routes(http::Router& router, CallBackRouteServices services);

}  // namespace rightsline::api
