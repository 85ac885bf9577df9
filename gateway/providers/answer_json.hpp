// A provider's JSON, read as what it may be: anything.
//
// Must never: throw, or grow beyond the size it was given. Pure.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <optional>
#include <string_view>

namespace rightsline::providers {

/// Nothing when it is longer than `most`, deeper than eight, or no object.
std::optional<boost::json::object> read_object(std::string_view text, std::size_t most);
/// "" when it is absent or no text; the view lives as long as the object.
std::string_view text_in(const boost::json::object& object, std::string_view name);
/// Also of a number that stands as text; 0 when it is absent or none.
std::uint32_t number_in(const boost::json::object& object, std::string_view name);

}  // namespace rightsline::providers
