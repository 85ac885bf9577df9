#include "redis/resp.hpp"

#include <gtest/gtest.h>

#include <string>

namespace rightsline::redis {
namespace {

using namespace std::string_literals;
using State = ReplyReader::State;

std::string encoded(const Command& command) {
    std::string out;
    append_command(out, command);
    return out;
}

TEST(AppendCommand, FormatsByLengthOnly) {
    EXPECT_EQ(encoded({"SET", "k%s", "a\0b"s}), "*3\r\n$3\r\nSET\r\n$3\r\nk%s\r\n$3\r\na\0b\r\n"s);
    EXPECT_EQ(encoded({"ECHO", ""}), "*2\r\n$4\r\nECHO\r\n$0\r\n\r\n");
    EXPECT_EQ(encoded({"ECHO", "\r\n$5\r\n"}), "*2\r\n$4\r\nECHO\r\n$6\r\n\r\n$5\r\n\r\n");
}

Reply read_all(std::string_view bytes) {
    ReplyReader reader(1 << 20);
    reader.feed(bytes);
    Reply reply;
    EXPECT_EQ(reader.next(reply), State::complete);
    Reply none;
    EXPECT_EQ(reader.next(none), State::incomplete);
    return reply;
}

TEST(ReplyReader, ReadsEveryType) {
    EXPECT_EQ(*read_all("+OK\r\n").string(), "OK");
    EXPECT_EQ(*read_all("$3\r\na\0b\r\n"s).string(), "a\0b"s);
    EXPECT_EQ(*read_all("$0\r\n\r\n").string(), "");
    EXPECT_EQ(*read_all(":-42\r\n").integer(), -42);
    EXPECT_EQ(*read_all(":9223372036854775807\r\n").integer(), INT64_MAX);
    EXPECT_EQ(read_all("-WRONGTYPE no\r\n").error()->text, "WRONGTYPE no");
    EXPECT_TRUE(read_all("$-1\r\n").nil());
    EXPECT_TRUE(read_all("*-1\r\n").nil());
    EXPECT_TRUE(read_all("*0\r\n").array()->empty());
}

TEST(ReplyReader, ReadsNestedArraysInOrder) {
    const Reply reply = read_all("*4\r\n*2\r\n:1\r\n*1\r\n+a\r\n$-1\r\n*2\r\n+b\r\n-ERR c\r\n:9\r\n");
    const auto& top = *reply.array();
    ASSERT_EQ(top.size(), 4U);
    EXPECT_EQ(*(*top[0].array())[0].integer(), 1);
    EXPECT_EQ(*(*(*top[0].array())[1].array())[0].string(), "a");
    EXPECT_TRUE(top[1].nil());
    EXPECT_EQ(*(*top[2].array())[0].string(), "b");
    EXPECT_EQ((*top[2].array())[1].error()->text, "ERR c");
    EXPECT_EQ(*top[3].integer(), 9);
}

TEST(ReplyReader, ReadsByteByByteAndSeveralAtOnce) {
    const std::string bytes = "*2\r\n$5\r\nhello\r\n:7\r\n+OK\r\n$3\r\nend\r\n";
    ReplyReader reader(1 << 20);
    std::size_t complete = 0;
    for (const char byte : bytes) {
        reader.feed({&byte, 1});
        Reply reply;
        complete += reader.next(reply) == State::complete ? 1 : 0;
    }
    EXPECT_EQ(complete, 3U);
    reader.feed(bytes);
    Reply reply;
    EXPECT_EQ(reader.next(reply), State::complete);
    EXPECT_EQ(reader.next(reply), State::complete);
    EXPECT_EQ(reader.next(reply), State::complete);
    EXPECT_EQ(*reply.string(), "end");
    EXPECT_EQ(reader.next(reply), State::incomplete);
}

TEST(ReplyReader, NestingDeeperThanSevenIsBroken) {
    std::string deep;
    for (int i = 0; i < 7; ++i) {
        deep += "*1\r\n";
    }
    EXPECT_NE(read_all(deep + ":1\r\n").array(), nullptr);
    ReplyReader reader(1 << 20);
    reader.feed(deep + "*1\r\n*1\r\n:1\r\n");
    Reply reply;
    EXPECT_EQ(reader.next(reply), State::broken);
}

TEST(ReplyReader, RefusesWhatIsNotResp) {
    for (const char* bytes :
         {"HTTP/1.1 400 Bad Request\r\n", "?\r\n", "$-2\r\n", "*-7\r\n", ":x1\r\n", "$zz\r\n", "\r\n"}) {
        ReplyReader reader(1 << 20);
        reader.feed(bytes);
        Reply reply;
        EXPECT_EQ(reader.next(reply), State::broken) << bytes;
    }
}

TEST(ReplyReader, AnAnnouncedLengthCostsNothing) {
    ReplyReader reader(1 << 20);
    reader.feed("*2147483647\r\n*2147483647\r\n$536870912\r\nx");
    Reply reply;
    EXPECT_EQ(reader.next(reply), State::incomplete);
}

TEST(ReplyReader, LimitsOneReplyNotTheStream) {
    const std::string ninety(90, 'x');
    const std::string bulk = "$90\r\n" + ninety + "\r\n";
    ReplyReader reader(100);
    for (int i = 0; i < 10; ++i) {
        reader.feed(bulk);
    }
    Reply reply;
    for (int i = 0; i < 10; ++i) {
        EXPECT_EQ(reader.next(reply), State::complete);
    }
    reader.feed("$101\r\n" + std::string(101, 'y') + "\r\n");
    EXPECT_EQ(reader.next(reply), State::too_large);
}

TEST(ReplyReader, LimitsAReplyThatNeverEnds) {
    ReplyReader reader(100);
    reader.feed("$5000\r\n" + std::string(101, 'y'));
    Reply reply;
    EXPECT_EQ(reader.next(reply), State::too_large);
}

}  // namespace
}  // namespace rightsline::redis
