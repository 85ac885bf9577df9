// What an authored file may be made of: well-formed UTF-8 without control characters.
//
// Must never: mend a byte; a file is right or it is refused with its line. Threading: pure function.
#pragma once

#include <string>
#include <string_view>

#include "locales/authored.hpp"

namespace rightsline::locales {

/// Complains about the first byte that no text of ours holds, and says whether there was one.
bool refuse_bytes(std::string_view text, const std::string& file, Complaints& complaints);

}  // namespace rightsline::locales
