// AlertScreen: how an alert, its messages, the order of waking and the outbox stand in a terminal, at 3 a.m.
//
// Gives lines; writes nothing. Times are told by how long ago they were. Must never: be given a number of a person (the
// server tells none). Threading: pure.
#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <string>

namespace rightsline::cli {

/// "7 min", "2 h 5 min", "3 days", "40 s".
std::string duration_of(std::int64_t seconds);

/// One alert and what became of each message, a line each. `now`: seconds since 1970.
std::string alert_lines(const boost::json::object& alert, std::int64_t now);

/// "delivered", "not answered", "in doubt": of one message, in a person's words.
std::string fate_words(const boost::json::object& told);

/// Who would be told, a line a step.
std::string roster_lines(const boost::json::object& now);

/// Above the rows of the outbox, and one row.
std::string outbox_head();
std::string outbox_row(const boost::json::object& line);
/// What a provider still holds of an account's texts; "" when it is nothing.
std::string copies_line(const boost::json::object& copies);

}  // namespace rightsline::cli
