// errc of the handoff room: why a hand-off could not be moved.
//
// Every enumerator says when it happens. Threading: values.
#pragma once

#include <boost/system/error_code.hpp>
#include <type_traits>

namespace rightsline::handoff {

enum class errc {
    damaged = 1,        // a stored hand-off does not have the shape we write
    no_such_call,       // there is none of that name: it was forgotten, long after it was over
    contended,          // others changed it several times in a row; nothing was changed by us
    too_many,           // so many numbers are blocked that no more may be; nothing was changed
    not_blocked,        // no number of that name is blocked
    not_talking,        // nobody talks with this caller now
    not_in_call,        // only who is in the call hands it on
    in_call_already,    // who is asked to take it over is in it
    handed_on_already,  // somebody is asked to take it over, or two people are in it
    rung_enough,        // so many phones rang for this call that no more do
    ends_soon,          // its last minutes have begun
    not_callable,  // nobody of the roster who may be asked into this call has this name, or their phone cannot be rung
    kept_out,  // a conflict of interest keeps them away from this caller; no colleague hears so, but not_callable
    not_as_asked,  // the caller asked for somebody of another gender, and it is not said that they are of it
};

const boost::system::error_category& category();
inline boost::system::error_code make_error_code(errc e) { return {static_cast<int>(e), category()}; }

}  // namespace rightsline::handoff

template <>
struct boost::system::is_error_code_enum<rightsline::handoff::errc> : std::true_type {};
