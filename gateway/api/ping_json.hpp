// PingJson: what a worker was texted, in JSON, for those who look at their case.
//
// Private to the room. When, and what became of it; never where to, and never a word. Threading: pure.
#pragma once

#include <boost/json.hpp>

#include "gateway/reach/ping_desk.hpp"

namespace rightsline::api {

/// Adds "pings", "pings_held", "contact_texts" and "contact_stopped".
/// Whose phone has taken back their wish for texts is told none, whatever they asked for.
void tell_stopped(boost::json::object& to, bool stopped);
void add_pings(boost::json::object& to, const reach::PingReport& report);

}  // namespace rightsline::api
