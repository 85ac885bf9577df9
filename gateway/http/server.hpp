// Server: a listener, a router and bounded connections under supervision.
//
// stop() closes the listeners and every connection that waits between requests; one that is answering
// finishes and closes. The caller then drains the supervisor. wind_down() comes first where nobody shall notice. Threading: the loop. Owner: the composition
// root. The supervisor, clock and metrics outlive every connection.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <cstdint>
#include <memory>

#include "gateway/http/connection.hpp"
#include "gateway/net/listener.hpp"
#include "gateway/ops/supervise.hpp"

namespace rightsline::http {

struct ServerOptions {
    net::ListenerLimits listener{};
    ConnectionLimits connection{};
};

class Server {
 public:
    Server(boost::asio::any_io_executor executor, ops::Supervisor& supervisor, const ops::Clock& clock,
           ops::Metrics& metrics, Router router, ServerOptions options);
    ~Server();  // stops
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// Accepts from now on; gives the port (0 for a unix socket). May be called for several addresses.
    /// Errors: net::errc::cannot_listen.
    Result<std::uint16_t> listen(net::Address address);
    /// The first step of an end without a failed request: no new connection, and every answer from now on closes its own.
    void wind_down();
    /// Connections that still want an answer: one is being made, or nothing was asked on them yet.
    std::size_t busy() const;
    void stop();
    /// Of all listeners together.
    net::ListenerCounts counts() const;

 private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace rightsline::http
