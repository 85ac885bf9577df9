// Numbered files: which versions of a key lie in a folder, by their names: "state.3.key", "audit.1.pub".
//
// Private to the room. Threading: any.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rightsline::vault {

/// The n of every "<head><n><tail>", lowest first; a folder that cannot be read has none.
std::vector<unsigned> numbers_of(const std::string& folder, std::string_view head, std::string_view tail);

}  // namespace rightsline::vault
