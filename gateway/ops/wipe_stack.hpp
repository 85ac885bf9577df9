// wipe_stack: overwrites the part of the stack that calls before this one have used and left.
//
// A short std::string lives inside its owner; where that was a temporary on the stack, nothing else forgets it. Asked
// for once a webhook is answered; webhooks that are answered in one go of the loop share one wipe, for a memset of
// 32 KiB also empties the processor's nearest cache. Must never: be inlined, or it would clear its caller's frame.
// Threading: the calling thread's own stack; soon() from the loop only.
#pragma once

#include <boost/asio/any_io_executor.hpp>

namespace rightsline::ops {

void wipe_stack() noexcept;

/// Wipes it after what the loop has to do now.
void wipe_stack_soon(const boost::asio::any_io_executor& loop);

}  // namespace rightsline::ops
