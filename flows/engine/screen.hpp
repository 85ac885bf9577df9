// Screens: how many USSD screens a text takes, as the engine pages it.
//
// Must never: be asked for what a worker sees; the engine pages the whole of a turn. Threading: pure.
#pragma once

#include <cstddef>
#include <string_view>

namespace rightsline::flows {

/// `more` is the word of the language for the next screen ("More"); at least 1.
std::size_t screens_of(std::string_view body, std::string_view more);

}  // namespace rightsline::flows
