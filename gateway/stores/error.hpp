// errc of the stores room: what can be missing or unreadable in the store.
//
// Every enumerator says when it happens. Must never: carry a key's name, which holds ids. Threading: values.
#pragma once

#include <boost/system/error_code.hpp>
#include <type_traits>

namespace rightsline::stores {

enum class errc {
    no_such_pack = 1,  // the store holds no pack of that hash, or one that this build cannot compile
    no_such_case,      // no case of that id, alias or receipt code
    damaged,           // a stored value does not have the shape we write
    other_keys,        // the store was written with other keys than these
};

const boost::system::error_category& category();
inline boost::system::error_code make_error_code(errc e) { return {static_cast<int>(e), category()}; }

}  // namespace rightsline::stores

template <>
struct boost::system::is_error_code_enum<rightsline::stores::errc> : std::true_type {};
