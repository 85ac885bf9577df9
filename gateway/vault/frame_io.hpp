// Frames of the vault's protocol on a stream: read whole within a deadline and a bound, or not at all.
//
// Only inside this room. A peer speaks only when it was asked, or has been answered: bytes behind a frame are an error.
// Must never: take more than most_frame. Threading: the stream's.
#pragma once

#include <string>

#include "gateway/net/byte_stream.hpp"
#include "locales/result.hpp"

namespace rightsline::vault {

/// What stands after a frame's head. Wipe it. Errors: the stream's, errc::bad_frame.
Awaitable<Result<std::string>> read_frame(net::ByteStream& stream, Deadline deadline);

}  // namespace rightsline::vault
