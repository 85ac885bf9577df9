#include "gateway/http/connection.hpp"

#include <gtest/gtest.h>

#include "gateway/http/streaming.hpp"
#include "tests/support/run.hpp"
#include "tests/support/scripted_stream.hpp"

namespace rightsline::http {
namespace {

using namespace std::chrono_literals;
using support::ScriptedStream;

Awaitable<Response> echo(const Request& request, const Parameters&) {
    Response response;
    response.body = request.body + '@' + request.peer;
    response.close = request.body == "close";
    co_return response;
}

/// Says nothing once, then each piece.
class Pieces final : public Streaming {
 public:
    explicit Pieces(std::vector<std::string> pieces) : pieces_(std::move(pieces)) {}
    Awaitable<std::optional<std::string>> next() override {
        ++asked;
        if (pieces_.empty()) {
            co_return std::nullopt;
        }
        std::string piece = std::move(pieces_.front());
        pieces_.erase(pieces_.begin());
        co_return piece;
    }
    int asked = 0;

 private:
    std::vector<std::string> pieces_;
};

Awaitable<Response> pour(const Request&, const Parameters&) {
    Response response;
    response.content_type = "text/event-stream";
    response.stream = std::make_shared<Pieces>(std::vector<std::string>{"", "one\n", "two\n"});
    co_return response;
}

struct Served {
    std::string written;
    std::chrono::milliseconds lasted{};
    std::uint64_t slow = 0;
    std::uint64_t refused = 0;
    std::vector<std::chrono::milliseconds> deadlines;  // from the start
};

Served serve(std::deque<ScriptedStream::Step> steps,
             ScriptedStream::AtEnd at_end = ScriptedStream::AtEnd::closes, ConnectionLimits limits = {}) {
    boost::asio::io_context io(1);
    support::ManualClock clock;
    ops::Metrics metrics;
    Router router;
    router.add("POST", "/", echo);
    router.add("GET", "/", echo);
    router.add("GET", "/events", pour);
    ConnectionContext context(std::move(router), limits, clock, metrics);
    ScriptedStream stream(clock, std::move(steps), at_end);
    Connection connection(stream, context);
    const Deadline start = clock.steady();
    tests::run(io, connection.serve());
    EXPECT_TRUE(stream.closed);
    Served served;
    served.written = stream.written;
    served.lasted = std::chrono::duration_cast<std::chrono::milliseconds>(clock.steady() - start);
    served.slow = context.slow.value();
    served.refused = context.refused.value();
    for (const Deadline deadline : stream.deadlines) {
        served.deadlines.push_back(std::chrono::duration_cast<std::chrono::milliseconds>(deadline - start));
    }
    return served;
}

std::string post(const std::string& body, const std::string& more = "") {
    return "POST / HTTP/1.1\r\nHost: h\r\n" + more + "Content-Length: " + std::to_string(body.size()) +
           "\r\n\r\n" + body;
}

std::size_t count(const std::string& text, const std::string& what) {
    std::size_t found = 0;
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) {
        ++found;
    }
    return found;
}

TEST(Connection, AnswersAndKeepsAlive) {
    const Served served = serve({{post("one")}, {post("two"), 14s}});
    EXPECT_EQ(count(served.written, "HTTP/1.1 200 OK"), 2U);
    EXPECT_NE(served.written.find("one@192.0.2.7"), std::string::npos);
    EXPECT_EQ(count(served.written, "Connection: close"), 0U);
}

TEST(Connection, AnswersPipelinedRequestsInOrder) {
    const Served served = serve({{post("one") + post("two") + post("three")}});
    const auto one = served.written.find("one@");
    const auto two = served.written.find("two@");
    const auto three = served.written.find("three@");
    EXPECT_TRUE(one < two && two < three && three != std::string::npos);
}

TEST(Connection, PoursWhatIsMadeWhileItIsSentAndEndsWithIt) {
    const Served served =
        serve({{"GET /events HTTP/1.1\r\nHost: h\r\n\r\n"}}, ScriptedStream::AtEnd::is_silent);
    EXPECT_TRUE(served.written.ends_with("\r\n\r\none\ntwo\n")) << served.written;
    EXPECT_EQ(count(served.written, "Content-Length"), 0U);
    EXPECT_EQ(count(served.written, "Connection: close"), 1U);
}

TEST(Connection, PoursNothingMoreForWhoIsGoneOrSaysSomethingUnasked) {
    const std::string asked = "GET /events HTTP/1.1\r\nHost: h\r\n\r\n";
    EXPECT_EQ(count(serve({{asked}}).written, "one"), 0U) << "gone";
    EXPECT_EQ(count(serve({{asked}, {post("x")}}, ScriptedStream::AtEnd::is_silent).written, "one"), 0U);
}

TEST(Connection, PoursNothingForHeadAndGoesOn) {
    const Served served = serve({{"HEAD /events HTTP/1.1\r\nHost: h\r\n\r\n"}, {post("next")}},
                                ScriptedStream::AtEnd::is_silent);
    EXPECT_EQ(count(served.written, "one\n"), 0U);
    EXPECT_EQ(count(served.written, "next@"), 1U);
}

TEST(Connection, EndsASlowHeaderAtItsDeadlineHoweverItTrickles) {
    std::deque<ScriptedStream::Step> steps;
    for (const char c : std::string("POST / HTTP/1.1\r\nHost: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n")) {
        steps.push_back({std::string(1, c), 100ms});
    }
    const Served served = serve(std::move(steps));
    EXPECT_EQ(served.lasted, 3100ms);  // the first byte came after 100 ms
    EXPECT_EQ(served.slow, 1U);
    EXPECT_EQ(served.written, "");
}

TEST(Connection, EndsASilentFreshConnectionAtTheHeaderDeadline) {
    EXPECT_EQ(serve({}, ScriptedStream::AtEnd::is_silent).lasted, 3000ms);
}

TEST(Connection, EndsASlowBodyAtItsOwnDeadline) {
    const std::string wire = post("0123456789");
    const Served served =
        serve({{wire.substr(0, wire.size() - 5), 1s}, {wire.substr(wire.size() - 5, 1), 9s}, {"x", 2s}});
    EXPECT_EQ(served.lasted, 11s);
    EXPECT_EQ(served.slow, 1U);
}

TEST(Connection, LetsAKnownClientPauseBetweenRequests) {
    const Served served = serve({{post("one")}}, ScriptedStream::AtEnd::is_silent);
    EXPECT_EQ(served.lasted, 15s);
    EXPECT_EQ(served.slow, 0U);
}

TEST(Connection, ClosesAfterAnError) {
    const Served served =
        serve({{"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + post("smuggled")}});
    EXPECT_EQ(count(served.written, "HTTP/1.1"), 1U);
    EXPECT_TRUE(served.written.starts_with("HTTP/1.1 400 Bad Request\r\n"));
    EXPECT_NE(served.written.find("Connection: close"), std::string::npos);
    EXPECT_EQ(served.refused, 1U);
}

TEST(Connection, SaysWhichLimitWasPassed) {
    EXPECT_TRUE(serve({{"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 65537\r\n\r\n"}})
                    .written.starts_with("HTTP/1.1 413 "));
    EXPECT_TRUE(serve({{"GET /" + std::string(20000, 'a')}}).written.starts_with("HTTP/1.1 431 "));
}

TEST(Connection, AListenerMayRefuseInItsOwnWords) {
    ConnectionLimits limits;
    limits.refusal = [](int status) {
        Response response = plain(status);
        response.headers.emplace_back("X-Own", "words");
        return response;
    };
    const Served served = serve({{"GET / HTTP/1.0\r\n\r\n"}}, ScriptedStream::AtEnd::closes, limits);
    EXPECT_EQ(count(served.written, "HTTP/1.1 400"), 1U);
    EXPECT_EQ(count(served.written, "X-Own: words"), 1U);
}

TEST(Connection, ListensOnlyBrieflyToARefusedClient) {
    const Served served = serve({{"nonsense\r\n\r\n"}}, ScriptedStream::AtEnd::is_silent);
    EXPECT_EQ(served.lasted, 500ms);
}

TEST(Connection, ClosesWhenTheClientOrTheHandlerAsks) {
    for (const Served& served :
         {serve({{post("x", "Connection: close\r\n") + post("y")}}), serve({{post("close") + post("y")}})}) {
        EXPECT_EQ(count(served.written, "HTTP/1.1 200"), 1U);
        EXPECT_EQ(count(served.written, "Connection: close"), 1U);
    }
}

TEST(Connection, ClosesAfterTheMostRequests) {
    ConnectionLimits limits;
    limits.requests = 2;
    const Served served = serve({{post("1") + post("2") + post("3")}}, ScriptedStream::AtEnd::closes, limits);
    EXPECT_EQ(count(served.written, "HTTP/1.1 200"), 2U);
}

TEST(Connection, SaysTheDate) {
    // Day 20,000 of the Unix calendar, where ManualClock begins.
    EXPECT_NE(serve({{post("x")}}).written.find("Date: Fri, 04 Oct 2024 00:00:00 GMT"), std::string::npos);
}

}  // namespace
}  // namespace rightsline::http
