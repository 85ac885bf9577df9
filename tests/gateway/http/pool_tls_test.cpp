// Kept connections over TLS, as they are to a real provider.
#include <gtest/gtest.h>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <fstream>

#include "gateway/http/pool.hpp"
#include "gateway/net/error.hpp"
#include "gateway/ops/supervise.hpp"
#include "tests/gateway/http/test_ca.hpp"
#include "tests/support/redis_server.hpp"
#include "tests/support/run.hpp"

namespace rightsline::http {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using asio::ip::tcp;

/// Answers request after request on each TLS connection, `most` of them, and then closes it.
class TlsPeer {
 public:
    TlsPeer(asio::io_context& io, const TestCa::Issued& issued, ops::Supervisor& tasks, int most)
        : tasks_(tasks),
          most_(most),
          context_(asio::ssl::context::tls_server),
          acceptor_(io, tcp::endpoint(asio::ip::address_v4::loopback(), 0)) {
        context_.use_certificate(asio::buffer(issued.certificate), asio::ssl::context::pem);
        context_.use_private_key(asio::buffer(issued.key), asio::ssl::context::pem);
        tasks.spawn("tls_peer", accept());
    }
    std::string url() const {
        return "https://localhost:" + std::to_string(acceptor_.local_endpoint().port()) + "/send";
    }
    int connections = 0;
    int ended = 0;

 private:
    Awaitable<void> accept() {
        while (true) {
            tcp::socket socket = co_await acceptor_.async_accept(asio::use_awaitable);
            ++connections;
            tasks_.spawn("tls_peer connection", serve(std::move(socket)));
        }
    }
    Awaitable<void> serve(tcp::socket socket) {
        try {
            co_await answer(std::move(socket));
        } catch (const boost::system::system_error&) {
            ++failed_;  // the client went away
        }
        ++ended;
    }
    Awaitable<void> answer(tcp::socket socket) {
        asio::ssl::stream<tcp::socket> tls(std::move(socket), context_);
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
    tcp::acceptor acceptor_;
};

TEST(PoolTls, KeepsItsConnectionsAndSeesWhenThePeerHasClosedOne) {
    asio::io_context io(1);
    const ops::SystemClock clock;
    ops::Supervisor tasks(io.get_executor());
    const TestCa issuer;
    const tests::TemporaryDirectory folder;
    const std::string file = folder.path() + "/ca.pem";
    std::ofstream(file) << issuer.pem();
    TlsPeer peer(io, issuer.issue("DNS:localhost"), tasks, 50);
    auto pool = make_pool(io.get_executor(), net::TlsTrust::only(file).value(), clock, {});
    for (int i = 0; i < 120; ++i) {
        Outgoing request;
        request.method = "POST";
        request.url = peer.url();
        request.body = "hi";
        const Fate fate = tests::run(io, pool->send(std::move(request), clock.in(10s)));
        ASSERT_TRUE(fate.answer) << i << ": " << fate.answer.error().message();
        EXPECT_EQ(fate.answer->body, "ok");
        tests::run_until(io, [&] { return peer.ended == (i + 1) / 50; });
    }
    EXPECT_EQ(peer.connections, 3) << "50, 50 and 20";
    pool.reset();
    tasks.cancel_all();
    tests::run_until(io, [&] { return tasks.live() == 0; });
}

}  // namespace
}  // namespace rightsline::http
