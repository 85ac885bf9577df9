// Inherited: listening sockets that were open before this process was (systemd's socket activation, LISTEN_FDS).
//
// Whoever opened them keeps them open when we end: a request that comes between two servers waits in the kernel's queue and
// is refused by nobody. They are read from the environment once, and each is taken by the listener whose address it has.
// Must never: take a socket that was meant for another process (LISTEN_PID). Threading: the loop's. Owner: the process.
#pragma once

#include <cstddef>

#include "gateway/ops/address.hpp"

namespace rightsline::net {

/// The socket that already listens on `address`; -1 when none was handed to us. It is the caller's from now on.
int take_inherited(const ops::Address& address);
/// Sockets that were handed to us and that nobody has taken: an address there that is not in our configuration.
std::size_t inherited_left();

}  // namespace rightsline::net
