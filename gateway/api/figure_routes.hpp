// FigureRoutes: GET /api/v1/figures: what happened to all reports of a program together, as cases/figures.hpp tells it.
//
// Must never: answer with a figure from which one report could be found. Private to the room. Threading: the loop's.
#pragma once

#include <cstdint>

#include "gateway/api/casework_routes.hpp"

namespace rightsline::api {

/// Of so many cases at most in one request, for workers wait beside it: some seconds.
inline constexpr std::int64_t most_counted = 20'000;
void add_figure_routes(http::Router& router, CaseworkRouteServices services,
                       std::int64_t most = most_counted);

}  // namespace rightsline::api
