// errc of the redis room: what can go wrong between us and Redis, and what each case lets the caller do next.
//
// The line between not_sent and outcome_unknown is the one that counts: only the first may be repeated freely.
// Must never: carry a command or a reply. Threading: values.
#pragma once

#include <boost/system/error_code.hpp>
#include <type_traits>

namespace rightsline::redis {

enum class errc {
    not_sent = 1,      // no byte of the command reached the socket (not connected, closed): safe to repeat
    outcome_unknown,   // written, no reply before the deadline, cancellation or loss of the connection
    protocol,          // the peer does not speak RESP2 or a reply nests too deep; the link was dropped
    reply_too_large,   // a reply over most_reply_bytes; the link was dropped
    overloaded,        // more than most_outstanding commands in flight; nothing was sent
    server_error,      // the server answered an error where a typed helper needed a value
    unexpected_reply,  // the reply's type is not the one a typed helper needs
    bad_url,           // parse_url was given something it cannot use
    cannot_start,      // the embedded redis-server did not come up; its log says why
    out_of_bounds,     // an argument is outside the bounds that its header names; nothing was sent
    functions_gone,  // the server lives and does not know our functions (somebody flushed them): load them again
};

const boost::system::error_category& category();
inline boost::system::error_code make_error_code(errc e) { return {static_cast<int>(e), category()}; }

}  // namespace rightsline::redis

template <>
struct boost::system::is_error_code_enum<rightsline::redis::errc> : std::true_type {};
