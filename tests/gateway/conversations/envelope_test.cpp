#include "gateway/conversations/envelope.hpp"

#include <gtest/gtest.h>

namespace rightsline::conversations {
namespace {

Envelope sample() {
    Envelope envelope;
    envelope.conversation.mode = flows::Mode::voice;
    envelope.conversation.turn = 7;
    envelope.conversation.block = 3;
    envelope.conversation.answers.push_back({2, 1});
    return envelope;
}

TEST(Envelope, ComesBackAsItWas) {
    Envelope envelope = sample();
    envelope.secret_event = EventId{1, 2, 3};
    const Result<Envelope> back = parse_envelope(to_bytes(envelope));
    ASSERT_TRUE(back);
    EXPECT_EQ(back->conversation, envelope.conversation);
    EXPECT_EQ(back->secret_event, envelope.secret_event);
}

TEST(Envelope, WithoutASecretCostsTwoBytes) {
    const Envelope envelope = sample();
    EXPECT_EQ(to_bytes(envelope).size(), flows::pack(envelope.conversation).size() + 2);
}

TEST(Envelope, EveryTruncationIsRefused) {
    Envelope envelope = sample();
    envelope.secret_event = EventId{9};
    const std::string whole = to_bytes(envelope);
    for (std::size_t length = 0; length < whole.size(); ++length) {
        EXPECT_FALSE(parse_envelope(std::string_view(whole).substr(0, length))) << length;
    }
}

TEST(Envelope, AnotherSchemaOrFlagIsRefused) {
    std::string bytes = to_bytes(sample());
    bytes[0] = 2;
    EXPECT_FALSE(parse_envelope(bytes));
    bytes[0] = 1;
    bytes[1] = 4;
    EXPECT_FALSE(parse_envelope(bytes));
}

TEST(Guard, ComesBackAsItWas) {
    const Guard guard{EventId{5, 6}, true, ""};
    const Result<Guard> back = parse_guard(to_bytes(guard));
    ASSERT_TRUE(back);
    EXPECT_EQ(back->content, guard.content);
    EXPECT_TRUE(back->kept_apart);
    EXPECT_EQ(back->sealed_answer, "");
}

TEST(Guard, ShortOrForeignBytesAreRefused) {
    EXPECT_FALSE(parse_guard(""));
    EXPECT_FALSE(parse_guard(std::string(17, '\1')));
    EXPECT_FALSE(parse_guard(std::string(40, '\7')));
}

TEST(StoredAnswer, ComesBackByteForByte) {
    http::Response response;
    response.status = 200;
    response.content_type = "text/xml; charset=utf-8";
    response.body = "<Response>\n<Say>a\nb</Say></Response>";
    const Result<http::Response> back = parse_response(to_bytes(response));
    ASSERT_TRUE(back);
    EXPECT_EQ(back->status, 200);
    EXPECT_EQ(back->content_type, response.content_type);
    EXPECT_EQ(back->body, response.body);
}

TEST(StoredAnswer, BytesThatAreNoneAreRefused) {
    EXPECT_FALSE(parse_response(""));
    EXPECT_FALSE(parse_response("200"));
    EXPECT_FALSE(parse_response("200\ntext/xml"));
    EXPECT_FALSE(parse_response("20\n0\n"));
    EXPECT_FALSE(parse_response("002\ntext/xml\n"));  // found by fuzzing: no status, and written again as "2"
    EXPECT_FALSE(parse_response("600\ntext/xml\n"));
}

}  // namespace
}  // namespace rightsline::conversations
