// Reading UTF-8 one code point at a time; the one place where ICU's decoding macro is expanded (GCC warns
// inside it).
//
// Any bytes: an invalid sequence is one U+FFFD. Threading: any. Owner: room locales.
#pragma once

#include <unicode/utf8.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace rightsline::locales {

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#pragma GCC diagnostic ignored "-Wsign-conversion"
#endif

/// The code point that begins at `at` (which must lie inside `text`); moves `at` behind it.
inline UChar32 next_point(std::string_view text, std::int32_t& at) {
    UChar32 c = 0;
    const auto size = static_cast<std::int32_t>(text.size());
    U8_NEXT_OR_FFFD(text.data(), at, size, c);
    return c;
}

inline void append_point(std::string& out, UChar32 c) {
    char bytes[U8_MAX_LENGTH];
    std::int32_t size = 0;
    U8_APPEND_UNSAFE(bytes, size, c);
    out.append(bytes, static_cast<std::size_t>(size));
}

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif

}  // namespace rightsline::locales
