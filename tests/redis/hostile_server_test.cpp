// A peer that is not Redis, or not well: it must cost us the link, never a wrong answer, a crash or our
// memory.
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <optional>

#include "tests/redis/fixture.hpp"

namespace rightsline::redis {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using Local = asio::local::stream_protocol;

// Greets every connection (+PONG), then answers the first bytes it gets with the script of that connection.
class HostileServer : public testing::Test {
 protected:
    struct Script {
        std::string bytes;
        bool hang_up = false;
    };
    HostileServer() : acceptor(io, Local::endpoint(directory.path() + "/s")) {}

    void serve(std::vector<Script> scripts) {
        asio::co_spawn(io, play(acceptor, std::move(scripts)), [](std::exception_ptr, int) {});
        Address address;
        address.unix_path = directory.path() + "/s";
        ClientOptions options;
        options.most_reply_bytes = 1U << 20U;
        options.connect_timeout = 5s;
        client = make_client(io.get_executor(), address, options);
    }
    static Awaitable<int> play(Local::acceptor& from, std::vector<Script> scripts) {
        boost::system::error_code error;
        auto token = asio::redirect_error(asio::use_awaitable, error);
        std::vector<Local::socket> open;
        for (const Script& script : scripts) {
            Local::socket peer = co_await from.async_accept(asio::use_awaitable);
            char room[65536];
            const auto input = asio::buffer(room);
            co_await peer.async_read_some(input, token);
            const std::string hello = "+PONG\r\n";
            const auto greeting = asio::buffer(hello);
            co_await asio::async_write(peer, greeting, token);
            co_await peer.async_read_some(input, token);
            const auto answer = asio::buffer(script.bytes);
            co_await asio::async_write(peer, answer, token);
            if (!script.hang_up) {
                open.push_back(std::move(peer));
            }
        }
        Local::socket last = co_await from.async_accept(asio::use_awaitable);
        co_return 0;
    }
    Result<Reply> ask(std::chrono::milliseconds time = 5s) {
        return tests::run(io, client->execute({"GET", "k"}, in(time)));
    }

    tests::TemporaryDirectory directory;
    asio::io_context io{1};
    Local::acceptor acceptor;
    std::unique_ptr<Client> client;
};

struct Hostile {
    const char* label;
    std::string bytes;
    bool hang_up;
    errc expected;
};
void PrintTo(const Hostile& one, std::ostream* out) { *out << one.label; }

std::string repeat(std::string_view what, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) {
        all += what;
    }
    return all;
}

class HostileReply : public HostileServer, public testing::WithParamInterface<Hostile> {};

TEST_P(HostileReply, CostsTheLinkAndTheNextConnectionWorks) {
    serve({{GetParam().bytes, GetParam().hang_up}, {"$4\r\ngood\r\n", false}});
    const Result<Reply> bad = ask();  // what is bad is seen by what came, not by the clock
    ASSERT_FALSE(bad);
    EXPECT_EQ(bad.error(), GetParam().expected);
    const Result<Reply> good = ask();
    ASSERT_TRUE(good) << good.error().message();
    EXPECT_EQ(*good->string(), "good");
    EXPECT_EQ(client->traffic().reconnects, 1U);
}

INSTANTIATE_TEST_SUITE_P(
    Table, HostileReply,
    testing::Values(
        Hostile{"garbage", "HTTP/1.1 200 OK\r\n\r\n", false, errc::protocol},
        Hostile{"zeros", std::string(1000, '\0'), false, errc::protocol},
        Hostile{"bulk_length_no_number", "$1x\r\n", false, errc::protocol},
        Hostile{"deep_nesting", repeat("*1\r\n", 100000), false, errc::protocol},
        Hostile{"negative_array", "*-9\r\n", false, errc::protocol},
        Hostile{"huge_bulk", "$900000000\r\n" + std::string(2U << 20U, 'x'), false, errc::reply_too_large},
        Hostile{"huge_array", "*100000000\r\n" + repeat(":1\r\n", 300000), false, errc::reply_too_large},
        Hostile{"half_reply_then_gone", "$10\r\nabc", true, errc::outcome_unknown},
        Hostile{"nothing_then_gone", "", true, errc::outcome_unknown}),
    [](const auto& one) { return std::string(one.param.label); });

TEST_F(HostileServer, AHalfReplyThatStallsIsUnknownAtTheDeadline) {
    serve({{"$10\r\nabc", false}, {"$4\r\ngood\r\n", false}});
    EXPECT_EQ(ask(30ms).error(), errc::outcome_unknown);
    const Result<Reply> meanwhile = ask(5s);  // goes down with the dead link once it is given up
    EXPECT_EQ(meanwhile.error(), errc::outcome_unknown);
    EXPECT_EQ(*ask()->string(), "good");
}

TEST_F(HostileServer, AnAnswerNobodyAskedForDropsTheLink) {
    serve({{"$1\r\na\r\n$1\r\nb\r\n", false}, {"$4\r\ngood\r\n", false}});
    EXPECT_EQ(*ask()->string(), "a");
    EXPECT_EQ(*ask()->string(), "good");
}

TEST_F(HostileServer, APeerThatDoesNotGreetIsNotConnected) {
    asio::co_spawn(
        io,
        [](Local::acceptor& from) -> Awaitable<int> {
            Local::socket silent = co_await from.async_accept(asio::use_awaitable);
            Local::socket next = co_await from.async_accept(asio::use_awaitable);
            co_return 0;
        }(acceptor),
        [](std::exception_ptr, int) {});
    Address address;
    address.unix_path = directory.path() + "/s";
    ClientOptions options;
    options.connect_timeout = 30ms;
    client = make_client(io.get_executor(), address, options);
    EXPECT_EQ(ask(100ms).error(), errc::not_sent);
    EXPECT_FALSE(client->connected());
}

}  // namespace
}  // namespace rightsline::redis
