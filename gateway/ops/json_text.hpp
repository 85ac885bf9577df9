// text_of: a member of a JSON object as a text.
//
// Threading: pure.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <string>
#include <string_view>

namespace rightsline::ops {

/// "" when it is absent or no text.
inline std::string text_of(const boost::json::object& object, std::string_view name) {
    const boost::json::value* value = object.if_contains(name);
    return value != nullptr && value->is_string() ? std::string(value->get_string()) : std::string();
}

}  // namespace rightsline::ops
