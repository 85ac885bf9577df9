// FakeSmtp: a mail server on loopback, with TLS at once or by STARTTLS, that keeps what it was told and misbehaves.
//
// Threading: the test's loop. Owner: the test; its tasks end with the supervisor.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <chrono>
#include <string>

#include "gateway/ops/awaitable.hpp"
#include "gateway/ops/supervise.hpp"
#include "tests/gateway/http/test_ca.hpp"

namespace rightsline::tests {

class FakeSmtp {
 public:
    struct Manners {
        bool tls_at_once = false;
        std::chrono::milliseconds greets_after{0};
        std::string to_greeting = "220 fake\r\n";
        std::string to_dot = "250 taken\r\n";  // "" = hangs up instead
    };

    FakeSmtp(boost::asio::io_context& io, const http::TestCa::Issued& issued, ops::Supervisor& tasks,
             Manners manners)
        : tasks_(tasks),
          manners_(std::move(manners)),
          context_(boost::asio::ssl::context::tls_server),
          acceptor_(io, Tcp::endpoint(boost::asio::ip::address_v4::loopback(), 0)) {
        context_.use_certificate(boost::asio::buffer(issued.certificate), boost::asio::ssl::context::pem);
        context_.use_private_key(boost::asio::buffer(issued.key), boost::asio::ssl::context::pem);
        tasks_.spawn("fake_smtp", accept());
    }
    std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

    std::string in_clear;   // what was said before TLS
    std::string in_secret;  // and after it
    int mails = 0;

 private:
    using Tcp = boost::asio::ip::tcp;

    Awaitable<void> accept() {
        while (true) {
            Tcp::socket socket = co_await acceptor_.async_accept(boost::asio::use_awaitable);
            tasks_.spawn("fake_smtp connection", serve(std::move(socket)));
        }
    }
    Awaitable<void> serve(Tcp::socket socket) {
        try {
            co_await talk(std::move(socket));
        } catch (const boost::system::system_error&) {
            ++broken_;  // the client went away
        }
    }
    Awaitable<void> talk(Tcp::socket socket) {
        boost::asio::steady_timer rest(acceptor_.get_executor(), manners_.greets_after);
        co_await rest.async_wait(boost::asio::use_awaitable);
        if (!manners_.tls_at_once) {
            co_await say(socket, manners_.to_greeting);
            co_await listen(socket, in_clear);
            co_await say(socket, "250-fake\r\n250 STARTTLS\r\n");
            co_await listen(socket, in_clear);
            co_await say(socket, "220 go\r\n");
        }
        boost::asio::ssl::stream<Tcp::socket> tls(std::move(socket), context_);
        co_await tls.async_handshake(boost::asio::ssl::stream_base::server, boost::asio::use_awaitable);
        if (manners_.tls_at_once) {
            co_await say(tls, manners_.to_greeting);
        }
        co_await take_mail(tls);
    }
    Awaitable<void> take_mail(boost::asio::ssl::stream<Tcp::socket>& tls) {
        for (const char* answer : {"250-fake\r\n250 AUTH PLAIN LOGIN\r\n", "235 in\r\n", "250 ok\r\n",
                                   "250 ok\r\n", "354 go\r\n"}) {
            co_await listen(tls, in_secret);
            co_await say(tls, answer);
        }
        co_await listen(tls, in_secret, "\r\n.\r\n");
        ++mails;
        if (!manners_.to_dot.empty()) {
            co_await say(tls, manners_.to_dot);
            co_await listen(tls, in_secret);
        }
    }
    template <class Stream>
    Awaitable<void> say(Stream& stream, std::string words) {
        co_await boost::asio::async_write(stream, boost::asio::buffer(words), boost::asio::use_awaitable);
    }
    template <class Stream>
    Awaitable<void> listen(Stream& stream, std::string& into, std::string until = "\r\n") {
        std::string bytes;
        const auto buffer = boost::asio::dynamic_buffer(bytes);
        co_await boost::asio::async_read_until(stream, buffer, until, boost::asio::use_awaitable);
        into += bytes;
    }

    ops::Supervisor& tasks_;
    Manners manners_;
    int broken_ = 0;
    boost::asio::ssl::context context_;
    Tcp::acceptor acceptor_;
};

}  // namespace rightsline::tests
