#include "gateway/http/pool.hpp"

#include <gtest/gtest.h>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <deque>

#include "gateway/http/error.hpp"
#include "gateway/net/error.hpp"
#include "gateway/ops/supervise.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/run.hpp"

namespace rightsline::http {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;
using asio::ip::tcp;
using tests::run;
using tests::run_until;

enum class Then { keeps, closes, resets, is_silent };
struct Reply {
    std::string bytes;
    Then then = Then::keeps;
};

const std::string fine = "HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\nok";

/// A peer that answers request after request as it was told, and counts what reached it.
class Peer {
 public:
    Peer(asio::io_context& io, ops::Supervisor& tasks)
        : tasks_(tasks), acceptor_(io, tcp::endpoint(asio::ip::address_v4::loopback(), 0)) {
        tasks.spawn("peer", accept());
    }
    std::string url(const std::string& path = "/send") const {
        return "http://127.0.0.1:" + std::to_string(acceptor_.local_endpoint().port()) + path;
    }
    void stop() { acceptor_.close(); }

    std::deque<Reply> replies;  // then `fine`, for ever
    int connections = 0;
    int requests = 0;
    int ended = 0;  // connections

 private:
    Awaitable<void> accept() {
        while (true) {
            tcp::socket socket = co_await acceptor_.async_accept(asio::use_awaitable);
            ++connections;
            tasks_.spawn("peer connection", serve(std::move(socket)));
        }
    }
    Awaitable<void> serve(tcp::socket socket) {
        try {
            co_await answer_all(socket);
        } catch (const boost::system::system_error&) {
            socket.close();  // the client went away
        }
        ++ended;
    }
    Awaitable<void> answer_all(tcp::socket& socket) {
        std::string bytes;
        while (socket.is_open()) {
            const auto size = co_await asio::async_read_until(socket, asio::dynamic_buffer(bytes),
                                                              "\r\n\r\nhi", asio::use_awaitable);
            bytes.erase(0, size);
            ++requests;
            Reply reply{fine, Then::keeps};
            if (!replies.empty()) {
                reply = replies.front();
                replies.pop_front();
            }
            co_await asio::async_write(socket, asio::buffer(reply.bytes), asio::use_awaitable);
            finish(socket, reply.then);
        }
    }
    static void finish(tcp::socket& socket, Then then) {
        if (then == Then::resets) {
            socket.set_option(asio::socket_base::linger(true, 0));
        }
        if (then == Then::closes || then == Then::resets) {
            socket.close();
        }
    }

    ops::Supervisor& tasks_;
    tcp::acceptor acceptor_;
};

// Made once: reading a machine's list of issuers takes longer than a test.
const net::TlsTrust& trust() {
    static const net::TlsTrust system = *net::TlsTrust::system();
    return system;
}

class PoolTest : public testing::Test {
 protected:
    ~PoolTest() override {
        peer.stop();
        tasks.cancel_all();
        run_until(io, [&] { return tasks.live() == 0; });
    }

    std::unique_ptr<Pool> pool(PoolOptions options = {}) {
        options.allow_plain = true;
        return make_pool(io.get_executor(), trust(), clock, options);
    }
    static Outgoing request(std::string url) {
        Outgoing out;
        out.method = "POST";
        out.url = std::move(url);
        out.body = "hi";
        return out;
    }
    Fate send(Pool& pool, std::chrono::milliseconds patience = 10s) {
        return run(io, pool.send(request(peer.url()), std::chrono::steady_clock::now() + patience));
    }
    /// Several at a time; the loop is left when all have ended.
    std::vector<Fate> send_all(Pool& pool, std::size_t count, std::chrono::milliseconds patience = 10s) {
        std::vector<Fate> fates;
        const Deadline deadline = std::chrono::steady_clock::now() + patience;
        for (std::size_t i = 0; i < count; ++i) {
            asio::co_spawn(
                io, pool.send(request(peer.url()), deadline),
                [&fates](const std::exception_ptr&, Fate fate) { fates.push_back(std::move(fate)); });
        }
        run_until(io, [&] { return fates.size() == count; });
        return fates;
    }

    asio::io_context io{1};
    support::ManualClock clock;
    ops::Supervisor tasks{io.get_executor()};
    Peer peer{io, tasks};
};

TEST_F(PoolTest, ManyRequestsGoOverOneConnection) {
    const auto kept = pool();
    for (int i = 0; i < 200; ++i) {
        const Fate fate = send(*kept);
        ASSERT_TRUE(fate.answer) << fate.answer.error().message();
        EXPECT_EQ(fate.answer->status, 201);
        EXPECT_EQ(fate.answer->body, "ok");
    }
    EXPECT_EQ(peer.connections, 1);
    EXPECT_EQ(kept->counts().made, 1U);
    EXPECT_EQ(kept->counts().idle, 1U);
    EXPECT_EQ(kept->counts().busy, 0U);
}

TEST_F(PoolTest, AsManyConnectionsAsItMayAndTheOthersWait) {
    const auto kept = pool({.most_connections = 3});
    for (const Fate& fate : send_all(*kept, 60)) {
        EXPECT_TRUE(fate.answer);
    }
    EXPECT_EQ(peer.connections, 3);
    EXPECT_EQ(peer.requests, 60);
    EXPECT_EQ(kept->counts().idle, 3U);
    EXPECT_EQ(kept->counts().waiting, 0U);
}

TEST_F(PoolTest, WhoFindsNoRoomHasSentNothing) {
    const auto kept = pool({.most_connections = 1, .most_waiting = 2});
    int busy = 0;
    for (const Fate& fate : send_all(*kept, 10)) {
        if (!fate.answer) {
            EXPECT_EQ(fate.answer.error(), errc::busy);
            EXPECT_FALSE(fate.may_have_arrived);
            ++busy;
        }
    }
    EXPECT_EQ(busy, 7);
    EXPECT_EQ(peer.requests, 3);
}

TEST_F(PoolTest, WhoWaitedTooLongHasSentNothing) {
    const auto kept = pool({.most_connections = 1});
    EXPECT_TRUE(send(*kept).answer);  // so that no time is lost in connecting
    peer.replies = {{"", Then::is_silent}};
    int arrived = 0;
    for (const Fate& fate : send_all(*kept, 3, 60ms)) {
        EXPECT_EQ(fate.answer.error(), net::errc::deadline);
        arrived += fate.may_have_arrived ? 1 : 0;
    }
    EXPECT_EQ(arrived, 1);
    EXPECT_EQ(kept->counts().busy, 0U);
    EXPECT_EQ(kept->counts().waiting, 0U);
}

TEST_F(PoolTest, AConnectionThatThePeerClosedIsNotUsedAgain) {
    peer.replies = {{fine, Then::closes}};
    const auto kept = pool();
    EXPECT_TRUE(send(*kept).answer);
    run_until(io, [&] { return peer.ended == 1; });
    EXPECT_TRUE(send(*kept).answer);
    EXPECT_EQ(peer.connections, 2);
    EXPECT_EQ(peer.requests, 2);
}

TEST_F(PoolTest, AnAnswerThatSaysCloseIsTheConnectionsLast) {
    const std::string last = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok";
    const std::string endless = "HTTP/1.1 200 OK\r\n\r\nok";
    const std::string old = "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok";
    peer.replies = {{last}, {endless, Then::closes}, {old}};
    const auto kept = pool();
    for (int i = 1; i <= 3; ++i) {
        EXPECT_TRUE(send(*kept).answer);
        EXPECT_EQ(peer.connections, i);
        EXPECT_EQ(kept->counts().idle, 0U);
    }
}

TEST_F(PoolTest, BytesThatNobodyAskedForEndAConnection) {
    peer.replies = {{fine + fine}, {fine + "x"}};
    const auto kept = pool();
    EXPECT_EQ(send(*kept).answer->body, "ok");
    EXPECT_EQ(send(*kept).answer->body, "ok");
    EXPECT_EQ(send(*kept).answer->status, 201);
    EXPECT_EQ(peer.connections, 3) << "a second answer is never taken for the next request's";
}

TEST_F(PoolTest, AConnectionThatLayTooLongIsNotUsedAgain) {
    const auto kept = pool({.idle = 10s});
    EXPECT_TRUE(send(*kept).answer);
    clock.advance(10s);
    EXPECT_TRUE(send(*kept).answer);
    EXPECT_EQ(peer.connections, 1);
    clock.advance(11s);
    EXPECT_TRUE(send(*kept).answer);
    EXPECT_EQ(peer.connections, 2);
}

TEST_F(PoolTest, ARequestThatLeftIsNeverSentTwice) {
    for (const Reply& reply :
         std::vector<Reply>{{"", Then::closes},
                            {"", Then::resets},
                            {"HTTP/1.1 201 Cre", Then::closes},
                            {"HTTP/1.1 201 Created\r\nContent-Length: 9\r\n\r\nok", Then::closes},
                            {"HTTP/1.1 201 Created\r\nContent-Length: 9\r\n\r\nok", Then::resets},
                            {"garbage\r\n\r\n", Then::keeps},
                            {"HTTP/1.1 100 Continue\r\n\r\n" + fine, Then::keeps},
                            {std::string(70'000, 'x'), Then::keeps}}) {
        for (const bool reused : {false, true}) {
            const auto kept = pool();
            peer.replies.clear();
            if (reused) {
                EXPECT_TRUE(send(*kept).answer);
            }
            const int before = peer.requests;
            peer.replies = {reply};
            const Fate fate = send(*kept);
            EXPECT_FALSE(fate.answer) << reply.bytes.substr(0, 40);
            EXPECT_TRUE(fate.may_have_arrived) << reply.bytes.substr(0, 40);
            EXPECT_EQ(peer.requests, before + 1) << reply.bytes.substr(0, 40);
            EXPECT_EQ(kept->counts().idle, 0U);
            EXPECT_TRUE(send(*kept).answer) << "the next one is not harmed";
        }
    }
}

TEST_F(PoolTest, ASilentPeerCostsTheDeadlineAndIsUnknown) {
    const auto kept = pool();
    EXPECT_TRUE(send(*kept).answer);
    peer.replies = {{"", Then::is_silent}};
    const Fate fate = send(*kept, 50ms);
    EXPECT_EQ(fate.answer.error(), net::errc::deadline);
    EXPECT_TRUE(fate.may_have_arrived);
    EXPECT_EQ(kept->counts().idle, 0U);
}

TEST_F(PoolTest, AHugeAnswerIsBoundedAndUnknown) {
    peer.replies = {
        {"HTTP/1.1 201 Created\r\nContent-Length: 999999\r\n\r\n" + std::string(5000, 'x'), Then::closes}};
    const auto kept = pool({.most_body = 1000});
    const Fate fate = send(*kept);
    EXPECT_EQ(fate.answer.error(), errc::answer_too_large);
    EXPECT_TRUE(fate.may_have_arrived);
}

TEST_F(PoolTest, WithoutAConnectionNothingWasSent) {
    const auto kept = pool();
    EXPECT_TRUE(send(*kept).answer);
    const Outgoing nowhere = request("http://127.0.0.1:1/send");
    const Fate refused = run(io, kept->send(nowhere, std::chrono::steady_clock::now() + 5s));
    EXPECT_EQ(refused.answer.error(), net::errc::refused);
    EXPECT_FALSE(refused.may_have_arrived);
}

TEST_F(PoolTest, ARequestThatIsNoneIsNotSent) {
    Outgoing split = request(peer.url());
    split.headers.emplace_back("X", "a\r\nY: b");
    const auto kept = pool();
    for (const auto& [bad, why] :
         std::vector<std::pair<Outgoing, boost::system::error_code>>{{split, errc::bad_outgoing},
                                                                     {request("gopher://x/"), errc::bad_url},
                                                                     {request(""), errc::bad_url}}) {
        const Fate fate = run(io, kept->send(bad, std::chrono::steady_clock::now() + 5s));
        EXPECT_EQ(fate.answer.error(), why);
        EXPECT_FALSE(fate.may_have_arrived);
    }
    const auto strict = make_pool(io.get_executor(), trust(), clock, {});
    EXPECT_EQ(
        run(io, strict->send(request(peer.url()), std::chrono::steady_clock::now() + 5s)).answer.error(),
        errc::not_https);
    EXPECT_EQ(peer.requests, 0);
}

TEST_F(PoolTest, ARequestUnderWayOutlivesThePool) {
    auto kept = pool();
    std::optional<Fate> fate;
    asio::co_spawn(io, kept->send(request(peer.url()), std::chrono::steady_clock::now() + 5s),
                   [&fate](const std::exception_ptr&, Fate done) { fate = std::move(done); });
    io.poll_one();
    kept.reset();
    run_until(io, [&] { return fate.has_value(); });
    EXPECT_TRUE(fate->answer);
}

}  // namespace
}  // namespace rightsline::http
