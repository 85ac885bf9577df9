// errc of the prompt_calls room: why nobody can record by phone now, or a step of such a call could not be kept.
//
// Every enumerator says when it happens. Threading: values.
#pragma once

#include <boost/system/error_code.hpp>
#include <type_traits>

namespace rightsline::prompt_calls {

enum class errc {
    damaged = 1,   // what is stored of a session or a recording does not have the shape we write
    no_such_call,  // there is no session of that name: it was forgotten, after it was over
    contended,     // others changed it several times in a row; nothing was changed by us
    no_program,    // the program does not compile, or is none of ours
    no_language,   // the program has no such language
    no_line,  // no line of the program takes such calls, and nobody's number was given; or none may call out
    nothing_wanted,  // every line that was asked for has a recording, or a take that waits to be heard
    no_such_prompt,  // no line of the script has one of the names
    enough_today,    // so many codes were made as a day allows
    no_name,         // who records has no name that can be kept
    no_sound,        // what the provider gave is no sound, or silence
    too_long         // what the provider gave is longer than any line
};

const boost::system::error_category& category();
inline boost::system::error_code make_error_code(errc e) { return {static_cast<int>(e), category()}; }

}  // namespace rightsline::prompt_calls

template <>
struct boost::system::is_error_code_enum<rightsline::prompt_calls::errc> : std::true_type {};
