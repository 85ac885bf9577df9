// What every answer of the console's listener has in common.
//
// Private to the room. Pure. Threading: plain values.
#pragma once

#include "gateway/http/message.hpp"

namespace rightsline::api {

/// What is not there, and what is there for others only.
http::Response nothing_here();
/// To whom nobody knows, or no more.
http::Response log_in_first();

/// The headers; and whatever it was: what is not there looks always the same, and every mistake is problem+json.
void finish(http::Response& response);

}  // namespace rightsline::api
