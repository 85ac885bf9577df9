// The framing gate: which requests two parsers in a row cannot read in two ways.
//
// Beast 1.81 lets 13 of 30 odd requests pass. What passes here is HTTP/1.1 with one Host, one numeric
// Content-Length where a body may come, no Transfer-Encoding, and a plain absolute path. Called after the
// header and before the body. Pure.
#pragma once

#include <cstdint>

#include "gateway/http/message.hpp"
#include "locales/result.hpp"

namespace rightsline::http {

/// The length of the body that follows. Errors: every errc that says it is answered by the gate.
Result<std::size_t> check_framing(const Request& header, int version, std::size_t most_body);

}  // namespace rightsline::http
