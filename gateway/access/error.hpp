// errc of the access room: why somebody does not get in, or is not found.
//
// Every enumerator says when it happens; no message holds a name. Threading: values.
#pragma once

#include <boost/system/error_code.hpp>
#include <type_traits>

namespace rightsline::access {

enum class errc {
    no_such_user = 1,  // no user has this name
    name_taken,        // a user has it already
    contended,         // somebody else changed the same user at the same moment; nothing was changed
    damaged,           // a stored user or login does not open, or has not the shape that we write
    no_login,          // the token is of no login that still holds
    too_many_users,    // as many users as a server keeps are there
    on_a_list,         // who stands on an employer's list lets nobody in
};

const boost::system::error_category& category();
inline boost::system::error_code make_error_code(errc e) { return {static_cast<int>(e), category()}; }

}  // namespace rightsline::access

template <>
struct boost::system::is_error_code_enum<rightsline::access::errc> : std::true_type {};
