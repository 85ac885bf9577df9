// OpenApi: what the console's API is, as OpenAPI 3.1, made from the table of its routes.
//
// Threading: pure.
#pragma once

#include <boost/json/object.hpp>

#include "gateway/http/router.hpp"

namespace rightsline::api {

boost::json::object openapi();
/// GET /api/v1/openapi.json
void add_openapi_route(http::Router& router);

}  // namespace rightsline::api
