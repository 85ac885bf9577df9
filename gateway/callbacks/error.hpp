// errc of the callbacks room: why a worker is not called, or a call to them could not be moved.
//
// Every enumerator says when it happens. Threading: values.
#pragma once

#include <boost/system/error_code.hpp>
#include <type_traits>

namespace rightsline::callbacks {

enum class errc {
    damaged = 1,      // a stored call-back does not have the shape we write
    no_such_call,     // there is none of that name: it was forgotten, long after it was over
    contended,        // others changed it several times in a row; nothing was changed by us
    closed,           // the work on the case is done: nobody expects a call about it
    not_wanted,       // its worker has not asked to be called, or has taken it back
    said_stop,        // their phone has sent STOP
    wrong_hour,       // it is none of the hours in which they said a call is safe
    enough_today,     // they were called as often as a day allows
    under_way,        // somebody is calling them now
    no_phone_of_ours  // who asks stands in no roster, or with no phone that may be called
};

const boost::system::error_category& category();
inline boost::system::error_code make_error_code(errc e) { return {static_cast<int>(e), category()}; }

}  // namespace rightsline::callbacks

template <>
struct boost::system::is_error_code_enum<rightsline::callbacks::errc> : std::true_type {};
