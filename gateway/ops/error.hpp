// errc of the ops room: what can go wrong while work is supervised, and when.
//
// Every enumerator says when it happens and whether the work was started. Threading: values.
#pragma once

#include <boost/system/error_code.hpp>
#include <type_traits>

namespace rightsline::ops {

enum class errc {
    busy = 1,       // the pool's queue is full; nothing was started
    deadline,       // the job was not done in time; its result is thrown away when it comes
    job_failed,     // the job threw, which is a bug; the log has an event "worker_threw"
    still_running,  // drain(): tasks are alive at the deadline
    bad_address,    // an address in the configuration cannot be read
    no_such_zone,   // the system's zone data knows no zone of that name
};

const boost::system::error_category& category();
inline boost::system::error_code make_error_code(errc e) { return {static_cast<int>(e), category()}; }

}  // namespace rightsline::ops

template <>
struct boost::system::is_error_code_enum<rightsline::ops::errc> : std::true_type {};
