// openapi_schemas: the shapes of the API's documents, as JSON Schema. Private to the room.
//
// Held against real answers by a test. Pure. Threading: a value.
#pragma once

#include <boost/json/object.hpp>

namespace rightsline::api {

boost::json::object openapi_schemas();
/// Those of them that speak of users and of whom alerts reach.
boost::json::object openapi_schemas_of_people();
/// … of the recordings that calls play.
boost::json::object openapi_schemas_of_prompts();

}  // namespace rightsline::api
