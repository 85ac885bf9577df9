#include "redis/client.hpp"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <optional>

#include "tests/redis/fixture.hpp"

namespace rightsline::redis {
namespace {

using namespace std::string_literals;
using namespace std::chrono_literals;
using ClientTest = WithServer;

TEST_F(ClientTest, IsBinarySafe) {
    EXPECT_EQ(text({"SET", "k%s%n", "a\0b\r\n$3\r\n"s}), "OK");
    EXPECT_EQ(text({"GET", "k%s%n"}), "a\0b\r\n$3\r\n"s);
    EXPECT_EQ(number({"STRLEN", "k%s%n"}), 9);
}

TEST_F(ClientTest, AServerErrorIsAReply) {
    ask({"SET", "k", "v"});
    const Reply reply = ask({"LPUSH", "k", "x"});
    ASSERT_NE(reply.error(), nullptr);
    EXPECT_TRUE(reply.error()->text.starts_with("WRONGTYPE"));
}

TEST_F(ClientTest, CarriesAMegabyte) {
    const std::string big(3U << 20U, 'x');
    EXPECT_EQ(text({"SET", "k", big}), "OK");
    EXPECT_EQ(text({"GET", "k"}), big);
}

// Starts `command` now; its outcome lands in `result`.
void start(boost::asio::io_context& io, Client& client, Command command, Deadline deadline,
           std::optional<Result<Reply>>& result) {
    boost::asio::co_spawn(io, client.execute(std::move(command), deadline),
                          [&result](std::exception_ptr, Result<Reply> reply) { result = std::move(reply); });
}

TEST_F(ClientTest, CommandsOfOneTurnLeaveInOneSend) {
    const Traffic before = client->traffic();
    std::vector<std::optional<Result<Reply>>> replies(100);
    for (std::size_t i = 0; i < replies.size(); ++i) {
        start(io, *client, {"ECHO", std::to_string(i)}, in(5s), replies[i]);
    }
    ask({"PING"});
    for (std::size_t i = 0; i < replies.size(); ++i) {
        ASSERT_TRUE(replies[i] && *replies[i]);
        EXPECT_EQ(*replies[i]->value().string(), std::to_string(i));
    }
    EXPECT_EQ(client->traffic().sends - before.sends, 1U);
    EXPECT_EQ(client->traffic().commands - before.commands, 101U);
}

TEST_F(ClientTest, DeadlineWhileTheServerSleepsIsUnknownAndTheLateReplyIsSwallowed) {
    const Result<Reply> late = try_ask({"BLPOP", "nothing", "0.2"}, 30ms);
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error(), errc::outcome_unknown);
    EXPECT_EQ(client->traffic().abandoned, 1U);
    EXPECT_EQ(text({"ECHO", "mine"}), "mine");
    EXPECT_EQ(client->traffic().reconnects, 0U);
}

TEST_F(ClientTest, APastDeadlineIsNotSent) {
    const Result<Reply> late = try_ask({"SET", "k", "v"}, -1ms);
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error(), errc::not_sent);
    EXPECT_EQ(number({"EXISTS", "k"}), 0);
}

TEST_F(ClientTest, CancellationLeavesATombstone) {
    boost::asio::cancellation_signal cancel;
    std::optional<Result<Reply>> result;
    boost::asio::co_spawn(
        io, client->execute({"BLPOP", "nothing", "0.2"}, in(5s)),
        boost::asio::bind_cancellation_slot(
            cancel.slot(), [&](std::exception_ptr, Result<Reply> reply) { result = std::move(reply); }));
    std::optional<Result<Reply>> behind;
    start(io, *client, {"ECHO", "behind"}, in(5s), behind);
    const std::uint64_t sends = client->traffic().sends;
    while (client->traffic().sends == sends) {
        io.run_one();
    }
    cancel.emit(boost::asio::cancellation_type::terminal);
    cancel.emit(boost::asio::cancellation_type::terminal);
    io.poll();
    ASSERT_TRUE(result);
    EXPECT_EQ(result->error(), errc::outcome_unknown);
    EXPECT_EQ(text({"ECHO", "mine"}), "mine");
    EXPECT_EQ(*behind->value().string(), "behind");
    EXPECT_EQ(client->traffic().abandoned, 1U);
}

TEST_F(ClientTest, CancellationBeforeTheSendIsNotSent) {
    const Traffic before = client->traffic();
    boost::asio::cancellation_signal cancel;
    std::optional<Result<Reply>> result;
    boost::asio::co_spawn(
        io, client->execute({"SET", "k", "v"}, in(5s)),
        boost::asio::bind_cancellation_slot(
            cancel.slot(), [&](std::exception_ptr, Result<Reply> reply) { result = std::move(reply); }));
    // Behind the start of the call, before the flush that the call posts.
    std::uint64_t sends = 0;
    boost::asio::post(io, [&] {
        sends = client->traffic().sends;
        cancel.emit(boost::asio::cancellation_type::terminal);
    });
    io.restart();
    io.poll();
    ASSERT_TRUE(result);
    EXPECT_EQ(result->error(), errc::not_sent);
    EXPECT_EQ(client->traffic().commands, before.commands + 1);
    EXPECT_EQ(sends, before.sends);
    EXPECT_EQ(number({"EXISTS", "k"}), 0);
}

TEST_F(ClientTest, OverTheBoundIsOverloadedAndNothingIsSent) {
    ClientOptions small;
    small.most_outstanding = 3;
    client = make_client(io.get_executor(), address_of(shared_server()), small);
    std::vector<std::optional<Result<Reply>>> replies(5);
    for (auto& reply : replies) {
        start(io, *client, {"INCR", "n"}, in(5s), reply);
    }
    while (!replies[0]) {
        io.run_one();
    }
    EXPECT_TRUE(*replies[2]);
    EXPECT_EQ(replies[3]->error(), errc::overloaded);
    EXPECT_EQ(replies[4]->error(), errc::overloaded);
    EXPECT_EQ(text({"GET", "n"}), "3");
}

TEST_F(ClientTest, AReplyOverTheBoundDropsTheLinkAndTellsWhy) {
    ask({"SET", "k", std::string(100000, 'x')});
    ClientOptions small;
    small.most_reply_bytes = 50000;
    client = make_client(io.get_executor(), address_of(shared_server()), small);
    const Result<Reply> large = try_ask({"GET", "k"});
    ASSERT_FALSE(large);
    EXPECT_EQ(large.error(), errc::reply_too_large);
    EXPECT_EQ(text({"ECHO", "next"}), "next");
    EXPECT_EQ(client->traffic().reconnects, 1U);
}

TEST_F(ClientTest, AfterCloseNothingIsSent) {
    client->close();
    const Result<Reply> closed = try_ask({"PING"});
    ASSERT_FALSE(closed);
    EXPECT_EQ(closed.error(), errc::not_sent);
    EXPECT_FALSE(client->connected());
}

TEST_F(ClientTest, CloseFailsWhatIsOutstanding) {
    std::optional<Result<Reply>> sent;
    start(io, *client, {"BLPOP", "nothing", "5"}, in(5s), sent);
    const std::uint64_t sends = client->traffic().sends;
    while (client->traffic().sends == sends) {
        io.run_one();
    }
    std::optional<Result<Reply>> queued;
    start(io, *client, {"PING"}, in(5s), queued);
    io.run_one();
    client->close();
    io.poll();
    ASSERT_TRUE(sent && queued);
    EXPECT_EQ(sent->error(), errc::outcome_unknown);
    EXPECT_EQ(queued->error(), errc::not_sent);
}

TEST_F(ClientTest, AnAbsentServerMeansNotSentAtTheDeadline) {
    Address nowhere;
    nowhere.unix_path = "/nonexistent/redis.sock";
    client = make_client(io.get_executor(), nowhere);
    const Result<Reply> lost = try_ask({"PING"}, 60ms);
    ASSERT_FALSE(lost);
    EXPECT_EQ(lost.error(), errc::not_sent);
}

TEST_F(ClientTest, ACommandWaitsForTheConnection) {
    tests::RedisServer server;
    client = make_client(io.get_executor(), address_of(server));
    EXPECT_EQ(text({"PING"}), "PONG");
    server.kill();
    EXPECT_EQ(try_ask({"SET", "k", "v"}, 50ms).error(), errc::not_sent);
    std::optional<Result<Reply>> waiting;
    start(io, *client, {"SET", "k", "v"}, in(8s), waiting);
    server.start();
    EXPECT_EQ(text({"GET", "k"}), "v");
    EXPECT_TRUE(waiting && *waiting);
}

TEST_F(ClientTest, AFrozenServerIsGivenUpAndFoundAgain) {
    tests::RedisServer server;
    ClientOptions options;
    options.connect_timeout = 50ms;
    client = make_client(io.get_executor(), address_of(server), options);
    ask({"PING"});
    server.freeze();
    EXPECT_EQ(try_ask({"PING"}, 20ms).error(), errc::outcome_unknown);
    EXPECT_EQ(try_ask({"PING"}, 200ms).error(), errc::outcome_unknown);
    EXPECT_FALSE(client->connected());
    server.thaw();
    EXPECT_EQ(text({"PING"}), "PONG");
}

TEST_F(ClientTest, AuthenticatesAndSelects) {
    ask({"ACL", "SETUSER", "ann", "reset", "on", ">secret", "~*", "+@all"});
    Address address = address_of(shared_server());
    address.user = "ann";
    address.password = "secret";
    address.database = 3;
    auto ann = make_client(io.get_executor(), address);
    std::swap(client, ann);
    EXPECT_EQ(text({"ACL", "WHOAMI"}), "ann");
    ask({"SET", "in three", "v"});
    std::swap(client, ann);
    EXPECT_EQ(number({"EXISTS", "in three"}), 0);
    ask({"ACL", "DELUSER", "ann"});
}

TEST_F(ClientTest, AWrongPasswordNeverConnects) {
    Address address = address_of(shared_server());
    address.user = "default";
    address.password = "wrong";
    ask({"ACL", "SETUSER", "default", ">right"});
    auto stranger = make_client(io.get_executor(), address);
    std::swap(client, stranger);
    EXPECT_EQ(try_ask({"PING"}, 60ms).error(), errc::not_sent);
    EXPECT_FALSE(client->connected());
    std::swap(client, stranger);
    ask({"ACL", "SETUSER", "default", "nopass"});
}

}  // namespace
}  // namespace rightsline::redis
