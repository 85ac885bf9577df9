// Damm check digit: finds every single mistyped digit and every swap of two neighbours.
#pragma once

#include <string_view>

namespace rightsline::vault {

/// The digit to append to `digits` (ASCII digits only).
char damm_digit(std::string_view digits);
/// Whether `digits`, check digit included, are as they were issued.
bool damm_holds(std::string_view digits);

}  // namespace rightsline::vault
