// PromptCallRoutes: somebody is to record lines of the script by phone. For the command line.
//
//   POST /api/v1/prompts/calls   {"language": "st", "by": "Mpho", "only": "missing", "names": [], "number": "+26650000000"}
//        the code, and the number to call; or, where a number was given, that their phone rings
//
// The code is told once, here, and is nowhere in the clear afterwards; nor is the number. Must never: answer anybody but the
// server's user and root. Threading: the loop's. Owner: the composition root.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "gateway/http/router.hpp"
#include "gateway/ops/clock.hpp"
#include "gateway/prompt_calls/desk.hpp"

namespace rightsline::api {

struct PromptCallRouteServices {
    std::function<Awaitable<Result<prompt_calls::Invited>>(prompt_calls::Invitation)> invite;
    ops::Clock& clock;
    std::vector<std::string> programs;
};
void add_prompt_call_routes(http::Router& router, PromptCallRouteServices services);

}  // namespace rightsline::api
