// roster_json: who would be told of a report, step by step, as JSON.
//
// Private to the room. Names, never numbers. Pure. Threading: values.
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "gateway/alerts/ladder.hpp"
#include "gateway/cases/sites.hpp"
#include "gateway/people/roster.hpp"

namespace rightsline::api {

/// `stopped`: names of those whose phones have sent STOP; nothing: nobody can tell now.
boost::json::object roster_json(const people::Roster& roster, flows::Urgency urgency, people::WeekTime at,
                                const std::optional<std::set<std::string>>& stopped);

/// Whom a caller reaches of whom nobody knows the site: "somebody", "nobody" on duty, "conflict" where all who are stand on
/// an employer's list, "message" where callers are put through to nobody at all. `sites`: nullptr = none is known.
std::string_view callers_reach(const people::Roster& roster, people::WeekTime at, const cases::Sites* sites);

}  // namespace rightsline::api
