// When a case's worker was asked how they are, and what they said, for the team.
//
// Days, hours and words of ours. Private to the room. Threading: the loop's.
#pragma once

#include <boost/json/object.hpp>

#include "gateway/cases/check_ins.hpp"

namespace rightsline::api {

/// Adds "check_ins", and how many at the end nobody answered: nobody knows then how the worker is.
void add_check_ins(boost::json::object& to, const std::vector<cases::CheckIn>& all);

}  // namespace rightsline::api
