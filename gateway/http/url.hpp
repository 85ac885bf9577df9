// Where an Outgoing request goes, read from its URL. Pure.
//
// Must never: accept a URL that two programs read differently (user part, fragment, odd host). Threading: pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "locales/result.hpp"

namespace rightsline::http {

struct Destination {
    bool tls = true;
    std::string host;        // to connect to and to verify
    std::string host_field;  // as the Host header says it, with the port when it is not the usual one
    std::uint16_t port = 443;
    std::string target;  // path and query
};

/// https://host[:port]/path?query, or http:// . No user, no fragment. Errors: errc::bad_url.
Result<Destination> parse_url(std::string_view url);

}  // namespace rightsline::http
