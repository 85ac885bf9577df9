#include "gateway/http/server.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>

#include "gateway/http/client.hpp"
#include "gateway/http/streaming.hpp"
#include "gateway/net/error.hpp"
#include "gateway/ops/pause.hpp"
#include "tests/support/run.hpp"

namespace rightsline::http {
namespace {

using namespace std::chrono_literals;
using tests::run;
using tests::run_until;

Awaitable<Response> who(const Request& request, const Parameters&) {
    Response response;
    response.body = request.peer + '/' + std::to_string(request.peer_uid);
    co_return response;
}

/// A line every ten milliseconds, each so long, for ever.
class Endless final : public Streaming {
 public:
    explicit Endless(std::size_t length) : line_(length, 'x') {}
    Awaitable<std::optional<std::string>> next() override {
        const bool going = co_await ops::pause(10ms);
        co_return going ? std::optional(line_) : std::nullopt;
    }

 private:
    std::string line_;
};

Awaitable<Response> pour(const Request& request, const Parameters&) {
    Response response;
    response.stream = std::make_shared<Endless>(request.path() == "/much" ? 1U << 20U : 2);
    co_return response;
}

class ServerTest : public testing::Test {
 protected:
    ~ServerTest() override {
        server.reset();
        tasks.cancel_all();
        run_until(io, [&] { return tasks.live() == 0; });
    }

    std::uint16_t start(ServerOptions options,
                        net::Address address = {.unix_path = {}, .host = "127.0.0.1", .port = 0}) {
        Router router;
        router.add("GET", "/who", who);
        router.add("GET", "/events", pour);
        router.add("GET", "/much", pour);
        server.emplace(io.get_executor(), tasks, clock, metrics, std::move(router), options);
        const auto port = server->listen(std::move(address));
        EXPECT_TRUE(port);
        return *port;
    }

    Deadline soon() const { return clock.in(10s); }

    net::Stream connect(std::uint16_t port) {
        auto stream = run(io, net::connect_tcp(io.get_executor(), {"127.0.0.1", port}, soon()));
        EXPECT_TRUE(stream);
        return std::move(*stream);
    }

    std::string read_until_closed(net::ByteStream& stream) {
        std::string all;
        std::array<char, 4096> bytes;
        while (true) {
            const auto got = run(io, stream.read_some(bytes, soon()));
            if (!got) {
                return all;
            }
            all.append(bytes.data(), *got);
        }
    }

    /// One answer without a body limit of its own: reads until the empty line and the body `who` gives.
    std::string ask(net::ByteStream& stream) {
        EXPECT_TRUE(run(io, stream.write_all("GET /who HTTP/1.1\r\nHost: h\r\n\r\n", soon())));
        std::array<char, 4096> bytes;
        const auto got = run(io, stream.read_some(bytes, soon()));
        return got ? std::string(bytes.data(), *got) : std::string();
    }

    boost::asio::io_context io{1};
    ops::SystemClock clock;
    ops::Metrics metrics;
    ops::Supervisor tasks{io.get_executor()};
    std::optional<Server> server;
};

TEST_F(ServerTest, AnswersOverTcpAndKeepsTheConnection) {
    const auto stream = connect(start({}));
    EXPECT_NE(ask(*stream).find("127.0.0.1/0"), std::string::npos);
    EXPECT_NE(ask(*stream).find("127.0.0.1/0"), std::string::npos);
    EXPECT_EQ(server->counts().accepted, 1U);
}

TEST_F(ServerTest, TellsTheUserOfAUnixSocket) {
    const std::string path = testing::TempDir() + "rightsline_server_test.sock";
    net::Address address;
    address.unix_path = path;
    start({}, address);
    auto stream = run(io, net::connect_unix(io.get_executor(), path, soon()));
    ASSERT_TRUE(stream);
    EXPECT_NE(ask(**stream).find("/" + std::to_string(::getuid())), std::string::npos);
    EXPECT_EQ(std::filesystem::status(path).permissions(),
              std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    server->stop();
    EXPECT_FALSE(std::filesystem::exists(path));
}

TEST_F(ServerTest, BoundsTheConnectionsOfOnePeer) {
    ServerOptions options;
    options.listener.per_peer = 2;
    const std::uint16_t port = start(options);
    auto first = connect(port);
    const auto second = connect(port);
    EXPECT_NE(ask(*first), "");
    EXPECT_NE(ask(*second), "");
    EXPECT_EQ(read_until_closed(*connect(port)), "");
    EXPECT_EQ(server->counts().refused, 1U);
    first->close();
    run_until(io, [&] { return server->counts().open == 1; });
    EXPECT_NE(ask(*connect(port)), "");
}

TEST_F(ServerTest, BoundsAllConnections) {
    ServerOptions options;
    options.listener.connections = 1;
    const std::uint16_t port = start(options);
    const auto first = connect(port);
    EXPECT_NE(ask(*first), "");
    EXPECT_EQ(read_until_closed(*connect(port)), "");
    EXPECT_EQ(server->counts().refused, 1U);
}

TEST_F(ServerTest, EndsASlowClientAtTheHeaderDeadline) {
    ServerOptions options;
    options.connection.header = 60ms;
    const auto stream = connect(start(options));
    const auto began = std::chrono::steady_clock::now();
    ASSERT_TRUE(run(io, stream->write_all("GET /who HTT", soon())));
    EXPECT_EQ(read_until_closed(*stream), "");
    EXPECT_GE(std::chrono::steady_clock::now() - began, 50ms);
    run_until(io, [&] { return server->counts().open == 0; });
    EXPECT_NE(metrics.render().find("rightsline_http_refused_total{outcome=\"deadline\"} 1"),
              std::string::npos);
}

TEST_F(ServerTest, RefusesSmugglingAndCloses) {
    const auto stream = connect(start({}));
    ASSERT_TRUE(run(io, stream->write_all("GET /who HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                                          "0\r\n\r\nGET /who HTTP/1.1\r\nHost: h\r\n\r\n",
                                          soon())));
    const std::string all = read_until_closed(*stream);
    EXPECT_TRUE(all.starts_with("HTTP/1.1 400 "));
    EXPECT_EQ(all.find("HTTP/1.1", 1), std::string::npos);
}

TEST_F(ServerTest, StopsWithoutWaitingForIdleClients) {
    const std::uint16_t port = start({});
    const auto stream = connect(port);
    EXPECT_NE(ask(*stream), "");
    server->stop();
    const Result<void> drained = run(io, tasks.drain(soon()));
    EXPECT_TRUE(drained);
    EXPECT_EQ(read_until_closed(*stream), "");
    EXPECT_TRUE(run(io, net::connect_tcp(io.get_executor(), {"127.0.0.1", port}, soon())).has_error());
}

TEST_F(ServerTest, WindsDownWithAnAnswerForWhoeverIsConnected) {
    const std::uint16_t port = start({});
    const auto kept = connect(port);
    EXPECT_NE(ask(*kept), "");
    const auto fresh = connect(port);
    run_until(io, [&] { return server->counts().open == 2; });
    server->wind_down();
    EXPECT_TRUE(run(io, net::connect_tcp(io.get_executor(), {"127.0.0.1", port}, soon())).has_error());
    EXPECT_EQ(server->busy(), 1U) << "who has asked nothing yet";
    EXPECT_NE(ask(*fresh).find("Connection: close"), std::string::npos);
    EXPECT_NE(ask(*kept).find("Connection: close"), std::string::npos);
    run_until(io, [&] { return server->busy() == 0; });
}

TEST_F(ServerTest, EndsWhatItPoursWhenItStopsOrTheReaderIsGone) {
    const std::uint16_t port = start({});
    std::array<char, 4096> bytes;
    const auto pouring = [&] {
        net::Stream stream = connect(port);
        EXPECT_TRUE(run(io, stream->write_all("GET /events HTTP/1.1\r\nHost: h\r\n\r\n", soon())));
        EXPECT_TRUE(run(io, stream->read_some(bytes, soon())));
        return stream;
    };
    pouring()->close();
    run_until(io, [&] { return server->counts().open == 0; });
    const net::Stream stays = pouring();
    EXPECT_EQ(server->busy(), 1U);
    server->wind_down();
    run_until(io, [&] { return server->busy() == 0; });  // nobody waits for it at the end
}

TEST_F(ServerTest, DropsAReaderWhoIsTooSlow) {
    ServerOptions options;
    options.connection.write = 200ms;
    const net::Stream stream = connect(start(options));
    ASSERT_TRUE(run(io, stream->write_all("GET /much HTTP/1.1\r\nHost: h\r\n\r\n", soon())));
    run_until(io, [&] { return server->counts().open == 1; });
    run_until(io, [&] { return server->counts().open == 0; });  // nothing was read
}

TEST_F(ServerTest, CannotListenTwice) {
    const std::uint16_t port = start({});
    net::Address address;
    address.host = "127.0.0.1";
    address.port = port;
    EXPECT_EQ(server->listen(address).error(), net::errc::cannot_listen);
}

TEST_F(ServerTest, ServesManyClientsFairly) {
    ServerOptions options;
    options.listener.per_peer = 0;
    const std::uint16_t port = start(options);
    std::vector<net::Stream> streams;
    for (int i = 0; i < 200; ++i) {
        streams.push_back(connect(port));
    }
    // One client floods with pipelined requests; every other one is answered all the same.
    std::string flood;
    for (int i = 0; i < 500; ++i) {
        flood += "GET /who HTTP/1.1\r\nHost: h\r\n\r\n";
    }
    ASSERT_TRUE(run(io, streams[0]->write_all(flood, soon())));
    for (std::size_t i = 1; i < streams.size(); ++i) {
        EXPECT_NE(ask(*streams[i]), "");
    }
}

}  // namespace
}  // namespace rightsline::http
