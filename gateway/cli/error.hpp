// errc of the cli room: what can keep a command from doing its work.
//
// Every enumerator says when it happens; the command adds the file or address it was about. Threading: values.
#pragma once

#include <boost/system/error_code.hpp>
#include <type_traits>

namespace rightsline::cli {

enum class errc {
    no_voice = 1,  // espeak-ng is missing or has no voice for the language
    unreachable,   // the server does not answer at the address that was given
    refused,       // the server answered with an error; its words were printed
    no_terminal,   // a secret is asked for, and there is no terminal to ask on
    no_answer,     // the terminal was closed (Ctrl-D), or more was typed than a secret may hold
};

const boost::system::error_category& category();
inline boost::system::error_code make_error_code(errc e) { return {static_cast<int>(e), category()}; }

}  // namespace rightsline::cli

template <>
struct boost::system::is_error_code_enum<rightsline::cli::errc> : std::true_type {};
