// PhoneNumber: an E.164 number that cannot be logged, put in a URL or compared by accident.
//
// A strict E.164 string takes a fast path (no libphonenumber, 17 µs saved); anything else is parsed, with a region when
// the caller knows one. "Possible" is enough: libphonenumber's "valid" never refuses a reporter. This room's
// phone_number.cpp is the only user of libphonenumber.
#pragma once

#include <iosfwd>
#include <string>
#include <string_view>

#include "locales/result.hpp"

namespace rightsline::vault {

class PhoneNumber {
 public:
    /// `region`: ISO 3166, e.g. "US", for numbers written nationally; "" = only international.
    /// Errors: vault::errc::not_a_number (withheld callers, alphanumeric senders, short codes).
    static Result<PhoneNumber> parse(std::string_view text, std::string_view region = "");

    /// Loads libphonenumber's tables (5 ms, 4 MB), so that no first caller waits for them. Once, at start.
    static void warm_up();

    /// "+15005550006": for the vault and the provider's API only.
    const std::string& reveal() const { return e164_; }
    PhoneNumber(const PhoneNumber&) = default;
    PhoneNumber(PhoneNumber&&) noexcept = default;
    PhoneNumber& operator=(const PhoneNumber&) = default;
    PhoneNumber& operator=(PhoneNumber&&) noexcept = default;
    ~PhoneNumber();

    friend std::ostream& operator<<(std::ostream&, const PhoneNumber&) = delete;

 private:
    explicit PhoneNumber(std::string e164) : e164_(std::move(e164)) {}
    std::string e164_;
};

}  // namespace rightsline::vault
