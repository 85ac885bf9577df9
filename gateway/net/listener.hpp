// Listener: accepts connections on a TCP address or a unix socket, within bounds.
//
// A connection over the bound, in all or from one peer, is closed unread and counted. IPv6 peers count by
// their /64. When the machine has no descriptor left, accepting pauses for a moment instead of spinning. A
// socket that was open before we were (inherited.hpp) is taken over, and stays open for whoever comes after us. A unix
// socket is made readable and writable by its owner only, replaces a dead one, and is removed at the
// end. Threading: the loop. Owner: the server; streams may outlive it.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <memory>

#include "gateway/net/connect.hpp"
#include "gateway/ops/address.hpp"

namespace rightsline::net {

using ops::Address;

struct ListenerLimits {
    std::size_t connections = 2000;
    std::size_t per_peer = 20;  // 0: no bound (behind a proxy of one's own, which must bound by itself)
};

struct ListenerCounts {
    std::size_t open = 0;
    std::uint64_t accepted = 0;
    std::uint64_t refused = 0;  // over a bound
};

class Listener {
 public:
    /// Errors: errc::cannot_listen.
    static Result<std::unique_ptr<Listener>> open(boost::asio::any_io_executor executor, Address address,
                                                  ListenerLimits limits);
    ~Listener();

    /// The next connection. Errors: errc::closed.
    Awaitable<Result<Stream>> accept();
    void close();
    /// The port that was given, when the address asked for any.
    std::uint16_t port() const;
    ListenerCounts counts() const;

 private:
    struct State;
    explicit Listener(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace rightsline::net
