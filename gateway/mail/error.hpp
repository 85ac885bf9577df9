// errc of the mail room: why a mail cannot be made.
//
// Every enumerator says when it happens. Threading: values.
#pragma once

#include <boost/system/error_code.hpp>
#include <type_traits>

namespace rightsline::mail {

enum class errc {
    bad_address = 1,  // it is no plain e-mail address
    bad_header,       // words for a header hold a control character, are no UTF-8, or are too long
};

const boost::system::error_category& category();
inline boost::system::error_code make_error_code(errc e) { return {static_cast<int>(e), category()}; }

}  // namespace rightsline::mail

template <>
struct boost::system::is_error_code_enum<rightsline::mail::errc> : std::true_type {};
