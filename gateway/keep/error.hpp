// errc of the keep room: why a copy of the store cannot be made, or not be used.
//
// Every enumerator says when it happens; the command adds the file it was about. Threading: values.
#pragma once

#include <boost/system/error_code.hpp>
#include <type_traits>

namespace rightsline::keep {

enum class errc {
    not_a_backup = 1,  // the file does not begin as a backup does
    newer,             // it was made by a build with a newer format or schema than this one knows
    wrong_key,         // it is sealed to another key
    damaged,           // a byte was changed, or it is cut short, or something stands behind its end
    disk,              // a file could not be written, read or renamed
    there_already,     // what is to be written is there, and is not overwritten
    in_use,            // a server holds the folder
    store_refused,     // the restored store cannot be loaded by redis-server; its log says why
};

const boost::system::error_category& category();
inline boost::system::error_code make_error_code(errc e) { return {static_cast<int>(e), category()}; }

}  // namespace rightsline::keep

template <>
struct boost::system::is_error_code_enum<rightsline::keep::errc> : std::true_type {};
