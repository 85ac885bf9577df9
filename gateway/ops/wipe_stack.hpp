// wipe_stack: overwrites the part of the stack that calls before this one have used and left.
//
// A short std::string lives inside its owner; where that was a temporary on the stack, nothing else forgets it. Called
// once a webhook is answered. Cost: one memset of 32 KiB. Must never: be inlined, or it would clear its caller's frame.
// Threading: the calling thread's own stack.
#pragma once

namespace rightsline::ops {

void wipe_stack() noexcept;

}  // namespace rightsline::ops
