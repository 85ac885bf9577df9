// errc of the outbox room: why a message was not taken, or cannot be read any more.
//
// Every enumerator says when it happens. Threading: values.
#pragma once

#include <boost/system/error_code.hpp>
#include <type_traits>

namespace rightsline::outbox {

enum class errc {
    damaged = 1,  // a stored message does not have the shape we write
    no_line,      // the line is not configured, or its account cannot send
    prefix_refused,  // the recipient's country is not one that the configuration allows, or its number costs extra
    bad_expansion,  // an expansion's id, size or chunk is out of bounds; nothing was read or written
    plan_changed,  // an expansion's plan is not as long as when it was begun, or gave fewer than it was asked for
};

const boost::system::error_category& category();
inline boost::system::error_code make_error_code(errc e) { return {static_cast<int>(e), category()}; }

}  // namespace rightsline::outbox

template <>
struct boost::system::is_error_code_enum<rightsline::outbox::errc> : std::true_type {};
