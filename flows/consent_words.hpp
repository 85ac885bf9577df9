// What a worker may agree to, each apart, as a script and a case's ledger spell it; each is "no" until a yes.
//
// Must never: change its order, which is the ledger's (gateway/cases/consent.hpp). Threading: constants.
#pragma once

#include <array>
#include <string_view>

namespace rightsline::flows {

inline constexpr std::array<std::string_view, 10> consent_words{
    "number", "recording",  "investigator", "employer", "buyer",
    "union",  "government", "register",     "survey",   "check_in"};

}  // namespace rightsline::flows
