// free_port: a port for a server that a test is about to start.
//
// Threading: any thread. Owner: none.
#pragma once

#include <cstdint>

namespace rightsline::tests {

/// A port of the loopback on which nobody listens, drawn at random from 10000 to 32000: below those that the kernel gives to
/// outgoing connections, for one of these took a port between the question and the server's start. Throws
/// std::runtime_error when a hundred are taken.
std::uint16_t free_port();

}  // namespace rightsline::tests
