// TlsPeer: an HTTPS server on loopback that answers "ok" to bodies of "hi".
//
// Threading: the test's loop. Owner: the test; its tasks end with the supervisor.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <string>

#include "gateway/ops/awaitable.hpp"
#include "gateway/ops/supervise.hpp"
#include "tests/gateway/http/test_ca.hpp"

namespace rightsline::http {

namespace asio = boost::asio;

/// Answers request after request on each TLS connection, `most` of them, and then closes it.
class TlsPeer {
 public:
    TlsPeer(asio::io_context& io, const TestCa::Issued& issued, ops::Supervisor& tasks, int most)
        : tasks_(tasks),
          most_(most),
          context_(asio::ssl::context::tls_server),
          acceptor_(io, asio::ip::tcp::endpoint(asio::ip::address_v4::loopback(), 0)) {
        context_.use_certificate(asio::buffer(issued.certificate), asio::ssl::context::pem);
        context_.use_private_key(asio::buffer(issued.key), asio::ssl::context::pem);
        tasks.spawn("tls_peer", accept());
    }
    std::string url() const {
        return "https://localhost:" + std::to_string(acceptor_.local_endpoint().port()) + "/send";
    }
    std::uint16_t port() const { return acceptor_.local_endpoint().port(); }
    int connections = 0;
    int ended = 0;

 private:
    Awaitable<void> accept() {
        while (true) {
            asio::ip::tcp::socket socket = co_await acceptor_.async_accept(asio::use_awaitable);
            ++connections;
            tasks_.spawn("tls_peer connection", serve(std::move(socket)));
        }
    }
    Awaitable<void> serve(asio::ip::tcp::socket socket) {
        try {
            co_await answer(std::move(socket));
        } catch (const boost::system::system_error&) {
            ++failed_;  // the client went away
        }
        ++ended;
    }
    Awaitable<void> answer(asio::ip::tcp::socket socket) {
        asio::ssl::stream<asio::ip::tcp::socket> tls(std::move(socket), context_);
        co_await tls.async_handshake(asio::ssl::stream_base::server, asio::use_awaitable);
        std::string bytes;
        const std::string reply = "HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\nok";
        for (int i = 0; i < most_; ++i) {
            const auto size = co_await asio::async_read_until(tls, asio::dynamic_buffer(bytes), "\r\n\r\nhi",
                                                              asio::use_awaitable);
            bytes.erase(0, size);
            co_await asio::async_write(tls, asio::buffer(reply), asio::use_awaitable);
        }
    }

    ops::Supervisor& tasks_;
    int most_;
    int failed_ = 0;
    asio::ssl::context context_;
    asio::ip::tcp::acceptor acceptor_;
};

}  // namespace rightsline::http
