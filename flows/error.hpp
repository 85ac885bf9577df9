// errc of the flows room: what can go wrong with packs and conversations that come from outside.
//
// Every enumerator says when it happens. Must never: carry a text of a worker or an author. Threading: values.
#pragma once

#include <boost/system/error_code.hpp>
#include <type_traits>

namespace rightsline::flows {

enum class errc {
    bad_bundle = 1,    // bytes that are not a bundle of ours
    bad_conversation,  // a packed conversation that is truncated, out of range or of a newer schema
    bad_test,          // a scripted test that cannot be read
};

const boost::system::error_category& category();
inline boost::system::error_code make_error_code(errc e) { return {static_cast<int>(e), category()}; }

}  // namespace rightsline::flows

template <>
struct boost::system::is_error_code_enum<rightsline::flows::errc> : std::true_type {};
