// PingJson: what a worker was texted, in JSON, for those who look at their case.
//
// Private to the room. When, and what became of it; never where to, and never a word. Threading: pure.
#pragma once

#include <boost/json.hpp>

#include "gateway/reach/ping_desk.hpp"

namespace rightsline::api {

/// Adds "pings", "pings_held" and "contact_stopped".
void add_pings(boost::json::object& to, const reach::PingReport& report);

}  // namespace rightsline::api
