// PromptRoutes: what calls play, and who recorded it. For a program's administrators and organizers.
//
//   GET  /api/v1/prompts                          prompts × languages: what a call hears of each, what waits to be heard
//   GET  /api/v1/prompts/{language}               every line of one language, with its words and its take
//   GET  /api/v1/prompts/{language}/{name}/sound  what a call plays of it (WAV)
//   GET  /api/v1/prompts/{language}/{name}/take   the take that waits (WAV)
//   POST /api/v1/prompts/{language}/{name}/take   a sound file: a take of whoever asks; ?words= the hash of what they read
//   POST /api/v1/prompts/{language}/{name}/approve  {"sound": the hash of the take that they heard}; never who recorded it
//   POST /api/v1/prompts/{language}/{name}/reject   the same, and {"why": "a door slams at the end"}
//
// Must never: say "kept" before it is on the disk, or take a name from the request: who acts is who is logged in.
// Threading: the loop's. Owner: the composition root.
#pragma once

#include <string>
#include <vector>

#include "gateway/http/router.hpp"
#include "gateway/prompts/prompt_desk.hpp"

namespace rightsline::api {

struct PromptRouteServices {
    prompts::PromptDesk& desk;
    ops::Clock& clock;
    std::vector<std::string> programs;
};

/// Adds the routes. What `services` refers to must outlive the router.
void add_prompt_routes(http::Router& router, PromptRouteServices services);

/// The longest body that a request may bring whose header this is, where a sound may come; else `usual`.
std::size_t longest_body(const http::Request& head, std::size_t usual);

}  // namespace rightsline::api
