// Query: what an address may be asked with, of what kind it is, and what whoever got it wrong hears.
//
// What is not named here is no part of the address and means nothing. Private to the room. Threading: pure.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "gateway/http/message.hpp"

namespace rightsline::api {

struct QueryParameter {
    enum class Kind : std::uint8_t {
        text,
        number,  // from `least` to `most`
        flag,    // "1", or "0" for the same as without it
    };
    const char* name;
    const char* what;
    Kind kind = Kind::text;
    int least = 0;
    int most = 0;
};

inline constexpr int most_left_out = 100'000'000;  // of a list, from its beginning

/// What is asked with something of another kind, or twice. Nothing: it is well asked, or names no program that could be read,
/// and the door refuses it. An empty value is none.
std::optional<http::Response> wrong_query(const std::vector<QueryParameter>& known,
                                          const http::Request& request);

}  // namespace rightsline::api
