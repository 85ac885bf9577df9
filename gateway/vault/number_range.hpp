// Range: what a number is, as far as its digits tell: whom it may be, and whether calling it pays whoever owns it.
//
// libphonenumber's tables say which numbers a country has given out, and which of these cost extra. What belongs to no
// country they leave to us: satellite and shared codes. A wrong answer must cost money at worst: it never refuses a reporter.
// Must never: log a number. Pure once the tables are loaded (PhoneNumber::warm_up). Threading: any. 20 to 40 µs.
#pragma once

#include <cstdint>

#include "gateway/vault/phone_number.hpp"

namespace rightsline::vault {

enum class Range : std::uint8_t {
    ordinary,    // a phone like any other, or we do not know better
    unassigned,  // no country has given out such a number
    premium,     // whoever is called is paid for it: premium and shared-cost rates
    satellite,   // satellites, ships and networks of no country: some euros a minute
};
Range range_of(const PhoneNumber& number);

}  // namespace rightsline::vault
