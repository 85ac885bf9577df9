// errc of the providers room: why a webhook is not believed or not understood.
//
// Every enumerator says when it happens and what is answered. No message ever carries what stood in the
// request. Threading: values.
#pragma once

#include <boost/system/error_code.hpp>
#include <type_traits>

namespace rightsline::providers {

enum class errc {
    not_signed = 1,  // no signature header: answer 403, nothing changes
    bad_signature,   // none of the accepted tokens signed these bytes for this URL: 403, nothing changes
    malformed,       // signed, but a required field is missing, stands twice or cannot be read: answer 400
    not_for_us,      // signed, but it names another account: answer 403
    of_no_interest,  // well-formed news that changes nothing here ("ringing"): answer 204
};

const boost::system::error_category& category();
inline boost::system::error_code make_error_code(errc e) { return {static_cast<int>(e), category()}; }

}  // namespace rightsline::providers

template <>
struct boost::system::is_error_code_enum<rightsline::providers::errc> : std::true_type {};
