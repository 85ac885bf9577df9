#include "gateway/http/serialize.hpp"

#include <gtest/gtest.h>

namespace rightsline::http {
namespace {

std::string bytes_of(const Response& response, const AnswerFrame& frame = {}) {
    std::string out;
    serialize(response, frame, out);
    return out;
}

TEST(Serialize, WritesStatusLengthAndBody) {
    Response response;
    response.content_type = "text/xml";
    response.body = "<Response/>";
    response.headers.emplace_back("Cache-Control", "no-store");
    EXPECT_EQ(
        bytes_of(response),
        "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\nContent-Length: 11\r\nCache-Control: no-store\r\n\r\n"
        "<Response/>");
}

TEST(Serialize, SaysThatItClosesAndWhen) {
    AnswerFrame frame;
    frame.close = true;
    frame.date = "Sat, 21 Nov 2026 20:02:01 GMT";
    EXPECT_EQ(bytes_of(plain(404), frame),
              "HTTP/1.1 404 Not Found\r\nDate: Sat, 21 Nov 2026 20:02:01 GMT\r\n"
              "Content-Type: text/plain; charset=utf-8\r\nContent-Length: 10\r\nConnection: close\r\n\r\nNot "
              "Found\n");
}

TEST(Serialize, AnswersHeadWithoutTheBodyButWithItsLength) {
    AnswerFrame frame;
    frame.head_only = true;
    const std::string out = bytes_of(plain(200), frame);
    EXPECT_NE(out.find("Content-Length: 3\r\n"), std::string::npos);
    EXPECT_TRUE(out.ends_with("\r\n\r\n"));
}

TEST(Serialize, GivesNoContentNoLength) {
    Response response;
    response.status = 204;
    EXPECT_EQ(bytes_of(response), "HTTP/1.1 204 No Content\r\n\r\n");
}

TEST(Serialize, NeverLetsAHeaderSplitTheAnswer) {
    for (const char* bad : {"a\r\nSet-Cookie: b", "a\nb", "a\rb", "a\x01"}) {
        Response response;
        response.headers.emplace_back("Location", bad);
        EXPECT_TRUE(bytes_of(response).starts_with("HTTP/1.1 500 ")) << bad;
        Response typed;
        typed.content_type = bad;
        EXPECT_TRUE(bytes_of(typed).starts_with("HTTP/1.1 500 ")) << bad;
    }
    Response named;
    named.headers.emplace_back("A: b\r\nC", "d");
    EXPECT_TRUE(bytes_of(named).starts_with("HTTP/1.1 500 "));
}

}  // namespace
}  // namespace rightsline::http
