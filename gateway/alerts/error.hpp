// errc of the alerts room: why an alert could not be acknowledged or read.
//
// Every enumerator says when it happens. Threading: values.
#pragma once

#include <boost/system/error_code.hpp>
#include <type_traits>

namespace rightsline::alerts {

enum class errc {
    damaged = 1,    // a stored alert does not have the shape we write
    no_such_alert,  // no alert of that case, or the case was deleted by its worker
    not_told,       // this person was told of no alert lately
    no_words,       // the program has no pack, so nothing could be said
    kept_out,       // the case keeps this person out: they learn no more than that there is nothing to do
    contended,      // others changed it several times in a row; nothing was changed by us
    answered,       // this very text was answered meanwhile: a copy of it was faster, and that is its answer
};

const boost::system::error_category& category();
inline boost::system::error_code make_error_code(errc e) { return {static_cast<int>(e), category()}; }

}  // namespace rightsline::alerts

template <>
struct boost::system::is_error_code_enum<rightsline::alerts::errc> : std::true_type {};
