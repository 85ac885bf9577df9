// entered_words: of a case that somebody of the team entered for its worker: who, and in which call they were told.
//
// Pure. Threading: values.
#pragma once

#include <boost/json/object.hpp>
#include <string>

namespace rightsline::cli {

/// A line of `case show`; "" where its worker filed it alone. `facts`: as the API tells them.
std::string entered_words(const boost::json::object& facts);

}  // namespace rightsline::cli
