// LogWords: an entry of the audit in a person's words: "maria gave it the status reading".
//
// Names of the roster, never numbers; an entry of a build that is newer than this stands under its own name.
// Threading: pure.
#pragma once

#include <boost/json.hpp>
#include <string>
#include <string_view>

namespace rightsline::cli {

/// `entry`: {"what": …, "who": …, "how": …, "why": …, "to": …}, as the server tells it.
std::string log_words(const boost::json::object& entry);
/// Why a text that was owed to a worker does not go: "unanswered", "stop", "no_way".
std::string held_words(std::string_view why);

}  // namespace rightsline::cli
