// Why a message is refused. Everything up to `duplicate_field` is said by the framing gate and answered
// before any handler; the connection ends after it.
#pragma once

#include <boost/system/error_code.hpp>
#include <type_traits>

namespace rightsline::http {

enum class errc {
    malformed = 1,      // not HTTP: start line, field syntax, control characters, a bare LF or CR
    header_too_large,   // the header is over its limit (431)
    body_too_large,     // the announced body is over its limit (413)
    folded_header,      // a header line that starts with a space or tab
    not_http_1_1,       // another version, 1.0 included
    transfer_encoding,  // any Transfer-Encoding or Trailer
    bad_host,           // no Host, several, or one that is no host
    bad_length,         // no, several or unclear Content-Length where a body may come
    bad_target,         // not an absolute path in plain ASCII
    bad_method,         // none that we serve
    wants_upgrade,      // Expect or Upgrade
    duplicate_field,    // Content-Type or Authorization twice
    bad_form,           // a percent escape that is none, or too many fields
    bad_url,            // Outgoing::url is not https://host[:port]/path
    not_https,          // a plain URL, and the options do not allow it
    bad_outgoing,       // a header or method to send holds characters that it must not
    bad_answer,         // what came back is not HTTP, or ended in the middle
    answer_too_large,   // what came back is over most_body
    not_public,         // the host has an address that is not out there (nothing was sent)
    busy,               // as many requests as may wait for a connection do (nothing was sent)
};

const boost::system::error_category& category();
inline boost::system::error_code make_error_code(errc e) { return {static_cast<int>(e), category()}; }

/// What the client is answered: 431, 413 or 400.
int status_of(const boost::system::error_code& refused);

}  // namespace rightsline::http

template <>
struct boost::system::is_error_code_enum<rightsline::http::errc> : std::true_type {};
