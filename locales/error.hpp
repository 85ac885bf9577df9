// What can go wrong with words and languages that people wrote.
//
// Threading: error codes are plain values. Owner: room locales.
#pragma once

#include <boost/system/error_code.hpp>
#include <type_traits>

namespace rightsline::locales {

enum class errc {
    bad_language =
        1,        // not a well-formed BCP-47 tag of language, script and region ("es_MX", "e", "es-MX-x")
    bad_pattern,  // braces, quotes or names that do not parse, invalid UTF-8, or a pattern over 16 KiB
    spell_out,    // a number that ICU would speak or format by itself: spellout, number, a bare {code}
    unsupported_format,  // a format that no recording can say: date, time, choice, or a word we do not know
    incomplete_plural,   // a plural lacks a class that CLDR gives this language ("many" in Spanish), or
                         // `other`
    unknown_plural,      // a plural names a class that the language has not: ICU would silently never pick it
};

const boost::system::error_category& category();
inline boost::system::error_code make_error_code(errc e) { return {static_cast<int>(e), category()}; }

}  // namespace rightsline::locales

template <>
struct boost::system::is_error_code_enum<rightsline::locales::errc> : std::true_type {};
