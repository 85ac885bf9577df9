// errc of the net room: what can go wrong on a connection, and what the caller may conclude.
//
// Every enumerator says when it happens. Must never: carry an address of a peer. Threading: values.
#pragma once

#include <boost/system/error_code.hpp>
#include <type_traits>

namespace rightsline::net {

enum class errc {
    end_of_stream = 1,  // the peer has closed in order; everything it sent was read
    deadline,           // the deadline passed; the stream is closed and must not be used again
    closed,             // closed on our side, or the awaiting task was cancelled
    lost,               // the connection broke, or a TLS peer went away without saying so
    bad_address,        // an address in the configuration or a URL cannot be read
    cannot_listen,      // the address is taken, forbidden or not on this machine
    unknown_host,       // the name has no address
    refused,            // nobody accepted the connection at any address of the host
    untrusted,          // the TLS handshake failed: wrong name, unknown issuer, expired, no common version
    bad_trust_file,     // the file with accepted issuers cannot be read
};

const boost::system::error_category& category();
inline boost::system::error_code make_error_code(errc e) { return {static_cast<int>(e), category()}; }

}  // namespace rightsline::net

template <>
struct boost::system::is_error_code_enum<rightsline::net::errc> : std::true_type {};
