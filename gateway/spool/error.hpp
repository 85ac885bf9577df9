// errc of the spool: why something was not kept on the disk, or why the spool cannot be used.
//
// Every enumerator says when it happens and whether the record may be there all the same. Threading: values.
#pragma once

#include <boost/system/error_code.hpp>
#include <type_traits>

namespace rightsline::spool {

enum class errc {
    full = 1,    // there is no room for this record; nothing was written
    busy,        // others were being written until the deadline; nothing was written
    closed,      // the disk failed before, or the server ends: nothing is written any more
    unsure,      // it was being written when the disk failed or the deadline came: it may be there, or not
    too_long,    // one record holds less than this
    disk,        // the file cannot be made, read or written
    other_key,   // records wait in it that were sealed with another key
    not_ours,    // the file is no spool, or is smaller or larger than one can be
    newer,       // a newer build wrote it
    unreadable,  // a record does not open: the disk gave back other bytes than were written
};

const boost::system::error_category& category();
inline boost::system::error_code make_error_code(errc e) { return {static_cast<int>(e), category()}; }

}  // namespace rightsline::spool

template <>
struct boost::system::is_error_code_enum<rightsline::spool::errc> : std::true_type {};
