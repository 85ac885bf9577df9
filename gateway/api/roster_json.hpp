// roster_json: who would be told of a report, step by step, as JSON.
//
// Private to the room. Names, never numbers. Pure. Threading: values.
#pragma once

#include <boost/json/object.hpp>

#include "gateway/alerts/ladder.hpp"
#include "gateway/people/roster.hpp"

namespace rightsline::api {

boost::json::object roster_json(const people::Roster& roster, flows::Urgency urgency, people::WeekTime at);

}  // namespace rightsline::api
