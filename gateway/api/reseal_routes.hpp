// reseal_routes: what a member's `key reseal` asks: which cases keep something of an older circle, and here is the new.
//
//     GET  /api/v1/older?program=P&skip=N                    cases with something older, of 100 looked at; "next" goes on
//     POST /api/v1/cases/{id}/reseal                         {"pieces": [{"of": "part", "at": 3, "was": …, "sealed": …}]}
//     POST /api/v1/cases/{id}/recordings/{which}/reseal?was=…    the bytes of a whole recording
//
// P is a program, or PROGRAM/ORGANISATION for what that one has accepted: "of" is "copy" then.
// On the local socket only: the server cannot tell what is inside, so nobody else may replace it. Threading: the loop's.
#pragma once

#include <string>
#include <vector>

#include "gateway/cases/reseal_desk.hpp"
#include "gateway/http/router.hpp"

namespace rightsline::api {

struct ResealRouteServices {
    cases::ResealDesk& reseal;
    std::vector<std::string> programs;
};

/// What `services` refers to must outlive the router.
void add_reseal_routes(http::Router& router, ResealRouteServices services);

}  // namespace rightsline::api
