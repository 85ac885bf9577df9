// ConsoleRoutes: hands out the web console: the page, under every address that is one of its pages, and its pieces.
//
//   GET /, /cases, /cases/{id}, /alerts, /on-call, /people, /logins    the page; asked for anew each time, by its ETag
//   GET /assets/{name}                                        a piece; its name is that of its bytes, so it never changes
//
// No login is asked for: there is nothing of a case in it. Every answer carries security_headers.
// Must never: read the disk, answer outside its list. Threading: the loop's. Owner: the composition root.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "gateway/console/console_files.hpp"
#include "gateway/http/router.hpp"

namespace rightsline::console {

/// The addresses that the page itself makes pages of (web/src/main.tsx).
std::span<const std::string_view> console_pages();

/// Adds the routes. `files` may be nullptr: then the page says, in words, that there is no console and how to build one.
void add_console_routes(http::Router& router, std::shared_ptr<const ConsoleFiles> files);

}  // namespace rightsline::console
