#include "gateway/http/client.hpp"

#include <gtest/gtest.h>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <fstream>

#include "gateway/http/error.hpp"
#include "gateway/http/server.hpp"
#include "gateway/net/error.hpp"
#include "tests/gateway/http/test_ca.hpp"
#include "tests/support/redis_server.hpp"
#include "tests/support/run.hpp"
#include "tests/support/scripted_stream.hpp"

namespace rightsline::http {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using asio::ip::tcp;
using tests::run;
using tests::run_until;

Awaitable<Response> echo(const Request& request, const Parameters&) {
    Response response;
    response.status = request.query() == "teapot" ? 418 : 200;
    response.body = request.method + ' ' + request.body + ' ' + std::string(request.header("X-Key"));
    co_return response;
}

Awaitable<Response> large(const Request&, const Parameters&) {
    Response response;
    response.body.assign(300'000, 'r');
    co_return response;
}

Awaitable<Response> elsewhere(const Request&, const Parameters&) {
    Response response;
    response.status = 303;
    response.headers.emplace_back("Location", "/echo");
    co_return response;
}

net::TlsTrust no_trust() { return *net::TlsTrust::system(); }

class ClientTest : public testing::Test {
 protected:
    ClientTest() {
        Router router;
        router.add("POST", "/echo", echo);
        router.add("GET", "/echo", echo);
        router.add("GET", "/large", large);
        router.add("GET", "/elsewhere", elsewhere);
        server.emplace(io.get_executor(), tasks, clock, metrics, std::move(router), ServerOptions());
        net::Address address;
        address.host = "127.0.0.1";
        base = "http://127.0.0.1:" + std::to_string(*server->listen(address));
    }
    ~ClientTest() override {
        server.reset();
        tasks.cancel_all();
        run_until(io, [&] { return tasks.live() == 0; });
    }

    Result<Answer> fetch(Outgoing request, ClientOptions options = {.allow_plain = true}) {
        const auto client = make_client(io.get_executor(), no_trust(), options);
        return run(io, client->fetch(std::move(request), clock.in(10s)));
    }
    Result<Answer> get(const std::string& path) {
        Outgoing request;
        request.url = base + path;
        return fetch(std::move(request));
    }

    asio::io_context io{1};
    ops::SystemClock clock;
    ops::Metrics metrics;
    ops::Supervisor tasks{io.get_executor()};
    std::optional<Server> server;
    std::string base;
};

TEST_F(ClientTest, SendsMethodHeadersAndBody) {
    Outgoing request;
    request.method = "POST";
    request.url = base + "/echo";
    request.headers.emplace_back("X-Key", "k");
    request.body = "hello";
    const auto answer = fetch(std::move(request));
    ASSERT_TRUE(answer) << answer.error().message();
    EXPECT_EQ(answer->status, 200);
    EXPECT_EQ(answer->body, "POST hello k");
    EXPECT_EQ(answer->header("content-type"), "text/plain; charset=utf-8");
}

TEST_F(ClientTest, GivesOtherStatusesAsTheyAre) {
    EXPECT_EQ(get("/echo?teapot")->status, 418);
    const auto moved = get("/elsewhere");
    EXPECT_EQ(moved->status, 303);
    EXPECT_EQ(moved->header("Location"), "/echo");
}

TEST_F(ClientTest, BoundsTheAnswer) {
    Outgoing request;
    request.url = base + "/large";
    EXPECT_EQ(fetch(request, {.most_body = 299'999, .allow_plain = true}).error(), errc::answer_too_large);
    EXPECT_EQ(fetch(request, {.most_body = 300'000, .allow_plain = true})->body.size(), 300'000U);
}

struct Collect {
    std::size_t bytes = 0;
    std::size_t chunks = 0;
    std::size_t fails_after = SIZE_MAX;
    Awaitable<Result<void>> take(std::string_view chunk) {
        bytes += chunk.size();
        ++chunks;
        if (bytes > fails_after) {
            co_return errc::bad_form;
        }
        co_return Result<void>();
    }
    Sink sink() {
        return [this](std::string_view chunk) { return take(chunk); };
    }
};

TEST_F(ClientTest, StreamsABodyInPieces) {
    Collect collect;
    Outgoing request;
    request.url = base + "/large";
    const auto client = make_client(io.get_executor(), no_trust(), {.allow_plain = true});
    const auto answer = run(io, client->stream(request, collect.sink(), clock.in(10s)));
    ASSERT_TRUE(answer);
    EXPECT_EQ(collect.bytes, 300'000U);
    EXPECT_GT(collect.chunks, 10U);
    EXPECT_EQ(answer->body, "");
}

// A peer that dies in the middle closes, too: what is streamed is kept as whole, so its length must be certain.
TEST(Exchange, StreamsNoBodyThatEndsOnlyByClosing) {
    const auto ask = [](const std::string& head) {
        boost::asio::io_context io;
        support::ManualClock clock;
        support::ScriptedStream stream(clock,
                                       {{"HTTP/1.1 " + head + "\r\nConnection: close\r\n\r\nhello", {}}});
        Collect collect;
        Outgoing request;
        request.url = "/";
        return run(io, exchange(stream, request, "host", 100, collect.sink(), clock.in(10s)));
    };
    EXPECT_EQ(ask("200 OK").error(), errc::bad_answer);
    EXPECT_EQ(ask("200 OK\r\nContent-Length: 5")->status, 200);
    EXPECT_EQ(ask("404 Not Found")->status, 404);
}

TEST_F(ClientTest, StreamsNoBodyOfAFailure) {
    Collect collect;
    Outgoing request;
    request.url = base + "/absent";
    const auto client = make_client(io.get_executor(), no_trust(), {.allow_plain = true});
    EXPECT_EQ(run(io, client->stream(request, collect.sink(), clock.in(10s)))->status, 404);
    EXPECT_EQ(collect.bytes, 0U);
}

TEST_F(ClientTest, StopsWhenTheSinkFails) {
    Collect collect;
    collect.fails_after = 20'000;
    Outgoing request;
    request.url = base + "/large";
    const auto client = make_client(io.get_executor(), no_trust(), {.allow_plain = true});
    EXPECT_EQ(run(io, client->stream(request, collect.sink(), clock.in(10s))).error(), errc::bad_form);
    EXPECT_LT(collect.bytes, 100'000U);
}

TEST_F(ClientTest, RefusesPlainUnlessAllowed) {
    Outgoing request;
    request.url = base + "/echo";
    EXPECT_EQ(fetch(request, {}).error(), errc::not_https);
}

TEST_F(ClientTest, NeverSendsASplitRequest) {
    for (const auto& [name, value] : Headers{{"X", "a\r\nY: b"},
                                             {"X\r\n", "a"},
                                             {"Host", "other"},
                                             {"Content-Length", "1"},
                                             {"transfer-encoding", "chunked"},
                                             {"", "a"}}) {
        Outgoing request;
        request.url = base + "/echo";
        request.headers.emplace_back(name, value);
        EXPECT_EQ(fetch(request).error(), errc::bad_outgoing) << name;
    }
}

TEST_F(ClientTest, KeepsItsDeadline) {
    tcp::acceptor silent(io, tcp::endpoint(asio::ip::address_v4::loopback(), 0));
    Outgoing request;
    request.url = "http://127.0.0.1:" + std::to_string(silent.local_endpoint().port()) + "/";
    const auto client = make_client(io.get_executor(), no_trust(), {.allow_plain = true});
    EXPECT_EQ(run(io, client->fetch(request, clock.in(50ms))).error(), net::errc::deadline);
}

TEST_F(ClientTest, SaysWhenNobodyListens) {
    tcp::acceptor taken(io, tcp::endpoint(asio::ip::address_v4::loopback(), 0));
    Outgoing request;
    request.url = "http://127.0.0.1:" + std::to_string(taken.local_endpoint().port()) + "/";
    taken.close();
    EXPECT_EQ(fetch(request).error(), net::errc::refused);
}

/// Answers one TLS connection after the other with the same few bytes.
class TlsServer {
 public:
    TlsServer(asio::io_context& io, const TestCa::Issued& issued, ops::Supervisor& tasks)
        : context_(asio::ssl::context::tls_server),
          acceptor_(io, tcp::endpoint(asio::ip::address_v4::loopback(), 0)) {
        context_.use_certificate(asio::buffer(issued.certificate), asio::ssl::context::pem);
        context_.use_private_key(asio::buffer(issued.key), asio::ssl::context::pem);
        tasks.spawn("tls_server", serve());
    }
    std::uint16_t port() const { return acceptor_.local_endpoint().port(); }

 private:
    Awaitable<void> serve() {
        while (true) {
            tcp::socket socket = co_await acceptor_.async_accept(asio::use_awaitable);
            try {
                co_await answer(std::move(socket));
            } catch (const boost::system::system_error&) {
                ++refused;  // the client did not like us
            }
        }
    }
    Awaitable<void> answer(tcp::socket socket) {
        asio::ssl::stream<tcp::socket> tls(std::move(socket), context_);
        co_await tls.async_handshake(asio::ssl::stream_base::server, asio::use_awaitable);
        std::string request;
        co_await asio::async_read_until(tls, asio::dynamic_buffer(request), "\r\n\r\n", asio::use_awaitable);
        const std::string reply = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret";
        co_await asio::async_write(tls, asio::buffer(reply), asio::use_awaitable);
    }

    asio::ssl::context context_;
    tcp::acceptor acceptor_;

 public:
    int refused = 0;
};

class TlsTest : public ClientTest {
 protected:
    Result<Answer> fetch_from(const std::string& names, const std::string& host, bool trusted) {
        const TestCa issuer;
        const TestCa other;
        const tests::TemporaryDirectory folder;  // its own: these tests run side by side
        const std::string file = folder.path() + "/ca.pem";
        std::ofstream(file) << (trusted ? issuer.pem() : other.pem());
        TlsServer peer(io, issuer.issue(names), tasks);
        const auto trust = net::TlsTrust::only(file);
        EXPECT_TRUE(trust);
        const auto client = make_client(io.get_executor(), *trust, {});
        Outgoing request;
        request.url = "https://" + host + ':' + std::to_string(peer.port()) + "/recording";
        auto answer = run(io, client->fetch(request, clock.in(10s)));
        server->stop();
        tasks.cancel_all();
        run_until(io, [&] { return tasks.live() == 0; });
        return answer;
    }
};

TEST_F(TlsTest, FetchesFromAHostThatProvesItsName) {
    const auto answer = fetch_from("DNS:localhost", "localhost", true);
    ASSERT_TRUE(answer) << answer.error().message();
    EXPECT_EQ(answer->body, "secret");
}

TEST_F(TlsTest, FetchesFromANumericHostThatProvesIt) {
    EXPECT_TRUE(fetch_from("IP:127.0.0.1", "127.0.0.1", true));
}

TEST_F(TlsTest, RefusesAnotherName) {
    EXPECT_EQ(fetch_from("DNS:other.example", "localhost", true).error(), net::errc::untrusted);
    EXPECT_EQ(fetch_from("DNS:localhost", "127.0.0.1", true).error(), net::errc::untrusted);
}

TEST_F(TlsTest, RefusesAnUnknownIssuer) {
    EXPECT_EQ(fetch_from("DNS:localhost", "localhost", false).error(), net::errc::untrusted);
}

TEST(TlsTrust, NeedsAReadableFile) {
    EXPECT_EQ(net::TlsTrust::only("/nonexistent.pem").error(), net::errc::bad_trust_file);
}

}  // namespace
}  // namespace rightsline::http
