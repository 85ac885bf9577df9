// errc of the audit room: why a block could not be closed, or the audit not be read.
//
// Every enumerator says when it happens. Threading: values.
#pragma once

#include <boost/system/error_code.hpp>
#include <type_traits>

namespace rightsline::audit {

enum class errc {
    head_damaged =
        1,  // the store's head of the audit is no block, or not the last one: somebody wrote into the store
    entries_unreadable,  // the stream of entries holds something else
};

const boost::system::error_category& category();
inline boost::system::error_code make_error_code(errc e) { return {static_cast<int>(e), category()}; }

}  // namespace rightsline::audit

template <>
struct boost::system::is_error_code_enum<rightsline::audit::errc> : std::true_type {};
