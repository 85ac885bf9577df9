// A connected socket, before it becomes a stream. Only inside this room.
//
// The caller makes a stream of it at once, with its deadlines. Must never: outlive its deadline while it
// connects. Threading: the loop.
#pragma once

#include "gateway/net/connect.hpp"
#include "gateway/net/socket_stream.hpp"

namespace rightsline::net {

/// Tries every address of the host in turn. Errors: as connect_tcp().
Awaitable<Result<Socket>> connect_socket(LoopExecutor executor, Host host, Deadline deadline);

}  // namespace rightsline::net
