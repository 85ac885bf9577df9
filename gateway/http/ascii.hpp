// Characters of HTTP, without the machine's locale.
//
// Must never: be asked about text of people; that belongs to the locales room. Threading: pure functions.
#pragma once

#include <algorithm>
#include <string_view>

namespace rightsline::http {

constexpr char to_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

inline bool same_name(std::string_view a, std::string_view b) {
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(),
                                              [](char x, char y) { return to_lower(x) == to_lower(y); });
}

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// RFC 9110 tchar.
constexpr bool is_token(char c) {
    constexpr std::string_view marks = "!#$%&'*+-.^_`|~";
    return is_digit(c) || (to_lower(c) >= 'a' && to_lower(c) <= 'z') ||
           marks.find(c) != std::string_view::npos;
}

/// What a field value may hold: anything but control characters; a tab is allowed.
constexpr bool is_value(char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte == '\t' || (byte >= 0x20 && byte != 0x7f);
}

/// The value of a hexadecimal digit, or -1.
constexpr int hex_value(char c) {
    if (is_digit(c)) {
        return c - '0';
    }
    const char lower = to_lower(c);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

}  // namespace rightsline::http
