// Address: where to listen, as the configuration spells it.
//
// Must never: look a name up; what is listened on is decided by the operator, not by DNS. Threading: values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "locales/result.hpp"

namespace rightsline::ops {

struct Address {
    std::string unix_path;   // used when not empty
    std::string host;        // else a numeric IPv4 or IPv6 address
    std::uint16_t port = 0;  // 0: any free one
};

/// Reads "127.0.0.1:8080", "[::1]:8080" or "unix:/run/rightsline/api.sock". Names are not looked up.
/// Errors: errc::bad_address.
Result<Address> parse_address(std::string_view text);

/// Whoever reaches this machine from elsewhere may reach it: neither its own loopback nor a private network's.
bool is_public(const Address& address);

}  // namespace rightsline::ops
