#include "gateway/http/response_reader.hpp"

#include <gtest/gtest.h>

#include "gateway/http/error.hpp"

namespace rightsline::http {
namespace {

constexpr std::string_view chunked =
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nX-Late: 1\r\n\r\n";

TEST(ResponseReader, ReadsEveryFramingHoweverItIsCut) {
    for (const std::string_view wire : {std::string_view("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabcde"),
                                        chunked, std::string_view("HTTP/1.0 200 OK\r\n\r\nabcde")}) {
        for (std::size_t size = 1; size <= wire.size(); ++size) {
            ResponseReader reader(100, false);
            std::string body;
            for (std::size_t at = 0; at < wire.size(); at += size) {
                ASSERT_TRUE(reader.feed(wire.substr(at, size))) << wire << size;
                body += reader.take_body();
            }
            ASSERT_TRUE(reader.finish());
            EXPECT_EQ(body, "abcde");
            EXPECT_EQ(reader.head().status, 200);
            EXPECT_EQ(reader.head().header("X-Late"), "");
        }
    }
}

TEST(ResponseReader, BoundsTheBody) {
    for (const std::string_view wire : {std::string_view("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabcde"),
                                        chunked, std::string_view("HTTP/1.0 200 OK\r\n\r\nabcde")}) {
        ResponseReader reader(4, false);
        const Result<void> fed = reader.feed(wire);
        ASSERT_TRUE(fed.has_error()) << wire;
        EXPECT_EQ(fed.error(), errc::answer_too_large);
    }
}

TEST(ResponseReader, RefusesAnAnswerThatEndsEarly) {
    for (const std::string_view wire :
         {"", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n"}) {
        ResponseReader reader(100, false);
        ASSERT_TRUE(reader.feed(wire));
        EXPECT_EQ(reader.finish().error(), errc::bad_answer) << wire;
    }
}

TEST(ResponseReader, RefusesWhatIsNoAnswer) {
    for (const std::string_view wire :
         {"SSH-2.0-x\r\n\r\n", "HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 abc\r\n\r\n"}) {
        ResponseReader reader(100, false);
        EXPECT_EQ(reader.feed(wire).error(), errc::bad_answer) << wire;
    }
    ResponseReader endless(100, false);
    EXPECT_TRUE(endless.feed("HTTP/1.1 200 OK\r\nX: " + std::string(40000, 'a')).has_error());
}

TEST(ResponseReader, NeedsNoBodyAfterHead) {
    ResponseReader reader(100, true);
    ASSERT_TRUE(reader.feed("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"));
    EXPECT_TRUE(reader.done());
}

}  // namespace
}  // namespace rightsline::http
