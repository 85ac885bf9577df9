// FigureRoutes: GET /api/v1/figures: what happened to all reports of a program together, as cases/figures.hpp tells it.
//
// Must never: answer with a figure from which one report could be found. Private to the room. Threading: the loop's.
#pragma once

#include "gateway/api/casework_routes.hpp"

namespace rightsline::api {

void add_figure_routes(http::Router& router, CaseworkRouteServices services);

}  // namespace rightsline::api
