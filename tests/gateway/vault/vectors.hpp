// Reads tests/data/*-vectors.json: what every program that opens our sealed bytes is held to.
//
// Threading: any. Owner: the test.
#pragma once

#include <sodium.h>

#include <boost/json.hpp>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

namespace rightsline::vault {

/// "circle-vectors.json". Throws when it is no JSON.
inline boost::json::value read_vectors(const std::string& name) {
    std::ifstream file(RIGHTSLINE_SOURCE_DIR "/tests/data/" + name);
    return boost::json::parse(std::string(std::istreambuf_iterator<char>(file), {}));
}

/// The bytes that a string of the vectors spells in hex.
inline std::string from_hex(const boost::json::value& value) {
    const std::string_view text = value.as_string();
    std::string bytes(text.size() / 2, '\0');
    sodium_hex2bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(), text.size(),
                   nullptr, nullptr, nullptr);
    return bytes;
}

}  // namespace rightsline::vault
