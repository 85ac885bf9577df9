// roster_json: who would be told of a report, step by step, as JSON.
//
// Private to the room. Names, never numbers. Pure. Threading: values.
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <set>
#include <string>

#include "gateway/alerts/ladder.hpp"
#include "gateway/people/roster.hpp"

namespace rightsline::api {

/// `stopped`: names of those whose phones have sent STOP; nothing: nobody can tell now.
boost::json::object roster_json(const people::Roster& roster, flows::Urgency urgency, people::WeekTime at,
                                const std::optional<std::set<std::string>>& stopped);

}  // namespace rightsline::api
