// Rosters: those of all programs, read and held against the lines that their alerts would leave by.
//
// The one place that says whether a roster can be used, for `check` before the night and for `serve` at the start.
// A complaint never quotes a number of a person. Blocking: no; the files were read with the configuration.
// Threading: values. Owner: whoever asks.
#pragma once

#include <map>
#include <set>
#include <string>

#include "gateway/config/config.hpp"
#include "gateway/people/roster.hpp"

namespace rightsline::people {

/// By program. `programs`: the names of those that are served. A program without one is a
/// warning, and so are hours in which nobody of it is on duty. On a complaint of
/// level error they must not be used.
std::map<std::string, Roster> read_rosters(const config::Config& config,
                                           const std::set<std::string>& programs,
                                           locales::Complaints& complaints);

/// Whether mail and webhooks can be used, and nobody has an e-mail address that nothing is sent to.
void check_notices(const config::Config& config, const std::set<std::string>& programs,
                   const std::map<std::string, Roster>& rosters, locales::Complaints& complaints);

/// The line that a program's alerts leave by: the roster's, else its first that texts. "" = it has none.
std::string alert_line(const config::Config& config, const std::string& program, const Roster& roster);

}  // namespace rightsline::people
