#include "gateway/http/codec.hpp"

#include <gtest/gtest.h>

#include <cstring>

#include "gateway/http/error.hpp"

namespace rightsline::http {
namespace {

void put(RequestReader& reader, std::string_view bytes) {
    while (!bytes.empty()) {
        const std::span<char> space = reader.space();
        const std::size_t count = std::min(space.size(), bytes.size());
        std::memcpy(space.data(), bytes.data(), count);
        reader.received(count);
        bytes.remove_prefix(count);
        if (!bytes.empty()) {
            static_cast<void>(reader.advance());
        }
    }
}

bool is(const Result<Progress>& progress, Progress expected) { return progress && *progress == expected; }

std::string post(const std::string& body) {
    return "POST /hooks/main/sms?a=b HTTP/1.1\r\nHost: h\r\nX-One: 1\r\nContent-Length: " +
           std::to_string(body.size()) + "\r\n\r\n" + body;
}

TEST(RequestReader, GivesMethodTargetHeadersAndBody) {
    RequestReader reader{CodecLimits()};
    put(reader, post("Body=hello"));
    ASSERT_TRUE(is(reader.advance(), Progress::complete));
    const Request request = reader.take();
    EXPECT_EQ(request.method, "POST");
    EXPECT_EQ(request.path(), "/hooks/main/sms");
    EXPECT_EQ(request.query(), "a=b");
    EXPECT_EQ(request.header("x-oNE"), "1");
    EXPECT_EQ(request.count("host"), 1U);
    EXPECT_EQ(request.count("absent"), 0U);
    EXPECT_EQ(request.body, "Body=hello");
    EXPECT_TRUE(reader.idle());
}

TEST(RequestReader, TakesABodyOfExactlyTheLimit) {
    RequestReader reader{CodecLimits()};
    put(reader, post(std::string(64U << 10U, 'b')));
    ASSERT_TRUE(is(reader.advance(), Progress::complete));
    EXPECT_EQ(reader.take().body.size(), 64U << 10U);
}

TEST(RequestReader, RefusesABodyOfOneByteMoreWith413) {
    RequestReader reader{CodecLimits()};
    put(reader, post(std::string((64U << 10U) + 1, 'b')));
    const auto progress = reader.advance();
    ASSERT_TRUE(progress.has_error());
    EXPECT_EQ(status_of(progress.error()), 413);
}

/// More for one address alone, as where a recording may come.
TEST(RequestReader, HowLongABodyMayBeMayDependOnItsHeader) {
    CodecLimits limits;
    limits.body_of = [](const Request& head) {
        return head.target.starts_with("/long") ? std::size_t{100'000} : std::size_t{10};
    };
    const auto asked = [&](const std::string& target, std::size_t length) {
        RequestReader reader{limits};
        put(reader, "POST " + target + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(length) +
                        "\r\n\r\n" + std::string(length, 'b'));
        const auto progress = reader.advance();
        return progress ? 200 : status_of(progress.error());
    };
    EXPECT_EQ(asked("/long", 100'000), 200);
    EXPECT_EQ(asked("/long", 100'001), 413);
    EXPECT_EQ(asked("/short", 10), 200);
    EXPECT_EQ(asked("/short", 11), 413);
}

TEST(RequestReader, TakesAHeaderOfExactlyTheLimitAndRefusesOneByteMoreWith431) {
    const std::string frame = "GET / HTTP/1.1\r\nHost: h\r\nX: \r\n\r\n";
    for (const std::size_t over : {0U, 1U}) {
        RequestReader reader{CodecLimits()};
        std::string header = frame;
        header.insert(header.size() - 4, std::string((16U << 10U) - frame.size() + over, 'x'));
        put(reader, header);
        const auto progress = reader.advance();
        if (over == 0) {
            EXPECT_TRUE(is(progress, Progress::complete));
        } else {
            ASSERT_TRUE(progress.has_error());
            EXPECT_EQ(status_of(progress.error()), 431);
        }
    }
}

TEST(RequestReader, KeepsWhatFollowsForTheNextRequest) {
    RequestReader reader{CodecLimits()};
    put(reader, post("first") + post("second") + "GET / HT");
    ASSERT_TRUE(is(reader.advance(), Progress::complete));
    EXPECT_EQ(reader.take().body, "first");
    ASSERT_TRUE(is(reader.advance(), Progress::complete));
    EXPECT_EQ(reader.take().body, "second");
    ASSERT_TRUE(is(reader.advance(), Progress::needs_more));
    EXPECT_FALSE(reader.idle());
    put(reader, "TP/1.1\r\nHost: h\r\n\r\n");
    ASSERT_TRUE(is(reader.advance(), Progress::complete));
    EXPECT_EQ(reader.take().method, "GET");
}

TEST(RequestReader, GivesTheSameRequestsHoweverTheBytesAreCut) {
    const std::string wire = post("one") + post("") + post(std::string(5000, 'z'));
    for (const std::size_t size : {1U, 2U, 3U, 7U, 64U, 4096U}) {
        RequestReader reader{CodecLimits()};
        std::vector<std::size_t> bodies;
        for (std::size_t at = 0; at < wire.size(); at += size) {
            put(reader, std::string_view(wire).substr(at, size));
            auto progress = reader.advance();
            while (progress && *progress == Progress::complete) {
                bodies.push_back(reader.take().body.size());
                progress = reader.advance();
            }
            ASSERT_TRUE(progress);
        }
        EXPECT_EQ(bodies, (std::vector<std::size_t>{3, 0, 5000})) << size;
    }
}

TEST(RequestReader, WipesTheBytesThatItHandedOut) {
    RequestReader reader{CodecLimits()};
    const std::span<char> space = reader.space();
    const std::string wire = post("Body=canary");
    std::memcpy(space.data(), wire.data(), wire.size());
    reader.received(wire.size());
    ASSERT_TRUE(is(reader.advance(), Progress::complete));
    static_cast<void>(reader.take());
    EXPECT_EQ(std::string_view(space.data(), wire.size()).find_first_not_of('\0'), std::string_view::npos);
}

TEST(Wipe, LeavesNoTargetHeaderValueOrBody) {
    Request request;
    request.target = "/a?b";
    request.body = "c";
    request.headers.emplace_back("X", "d");
    wipe(request);
    EXPECT_TRUE(request.target.empty() && request.body.empty() && request.headers[0].second.empty());
}

}  // namespace
}  // namespace rightsline::http
