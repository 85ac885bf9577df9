#include "gateway/conversations/envelope.hpp"

#include <gtest/gtest.h>

#include "gateway/conversations/error.hpp"
#include "gateway/conversations/recording_job.hpp"

namespace rightsline::conversations {
namespace {

Envelope sample(bool secret) {
    Envelope envelope;
    envelope.conversation.mode = flows::Mode::voice;
    envelope.conversation.block = 3;
    envelope.conversation.turn = 7;
    if (secret) {
        envelope.secret_event = EventId{1, 2, 3};
    }
    return envelope;
}

TEST(Envelope, ComesBackAsItWas) {
    for (const bool secret : {false, true}) {
        const Envelope before = sample(secret);
        const Result<Envelope> after = parse_envelope(to_bytes(before));
        ASSERT_TRUE(after);
        EXPECT_EQ(after->conversation, before.conversation);
        EXPECT_EQ(after->secret_event, before.secret_event);
    }
}

TEST(Envelope, EveryTruncationAndEveryOtherHeadIsRefused) {
    const std::string whole = to_bytes(sample(true));
    for (std::size_t length = 0; length < whole.size(); ++length) {
        EXPECT_FALSE(parse_envelope(whole.substr(0, length))) << length;
    }
    for (int head = 0; head < 256; ++head) {
        std::string other = whole;
        other[0] = static_cast<char>(head);
        EXPECT_EQ(static_cast<bool>(parse_envelope(other)), head == 1) << head;
        other = whole;
        other[1] = static_cast<char>(head);
        EXPECT_EQ(static_cast<bool>(parse_envelope(other)), head == 1) << "flags " << head;
    }
    EXPECT_FALSE(parse_envelope(whole + "x"));
}

TEST(Guard, ComesBackAsItWasAndRefusesEverythingElse) {
    Guard guard;
    guard.content = EventId{9, 8, 7};
    guard.sealed_answer = std::string("a\0b\n", 4);
    const std::string bytes = to_bytes(guard);
    const Result<Guard> back = parse_guard(bytes);
    ASSERT_TRUE(back);
    EXPECT_EQ(back->content, guard.content);
    EXPECT_FALSE(back->kept_apart);
    EXPECT_EQ(back->sealed_answer, guard.sealed_answer);
    for (std::size_t length = 0; length < 18; ++length) {
        EXPECT_EQ(parse_guard(bytes.substr(0, length)).error(), errc::damaged) << length;
    }
    EXPECT_FALSE(parse_guard("\x02" + bytes.substr(1)));
}

TEST(StoredAnswer, IsByteIdenticalWhateverStandsInIt) {
    http::Response response;
    response.status = 200;
    response.content_type = "text/xml; charset=utf-8";
    response.body = std::string("<Response>\n\0\xff</Response>\n", 24);
    const Result<http::Response> back = parse_response(to_bytes(response));
    ASSERT_TRUE(back);
    EXPECT_EQ(back->status, 200);
    EXPECT_EQ(back->content_type, response.content_type);
    EXPECT_EQ(back->body, response.body);
}

TEST(StoredAnswer, MalformedBytesAreDamaged) {
    for (const char* bytes : {"", "200", "200\n", "200\ntext", "20\na\nb", "2000\na\nb", "abc\na\nb",
                              "-12\na\nb", "\n\n", "2\n0\n"}) {
        EXPECT_EQ(parse_response(bytes).error(), errc::damaged) << bytes;
    }
}

TEST(RecordingJob, ComesBackAsItWasAndRefusesWhatIsNoObject) {
    RecordingJob job;
    job.id = "00ff";
    job.program = "fair-food";
    job.remote = {"RE1", "https://provider.example/RE1", std::string("\0\xff", 2)};
    job.held = true;
    job.attempts = 7;
    const Result<RecordingJob> back = parse_job(to_bytes(job));
    ASSERT_TRUE(back);
    EXPECT_EQ(back->id, job.id);
    EXPECT_EQ(back->remote.url, job.remote.url);
    EXPECT_EQ(back->remote.bytes, job.remote.bytes);
    EXPECT_TRUE(back->held);
    EXPECT_EQ(back->attempts, 7);
    for (const char* bytes : {"", "{", "[]", "1", "\xff"}) {
        EXPECT_EQ(parse_job(bytes).error(), errc::damaged) << bytes;
    }
}

}  // namespace
}  // namespace rightsline::conversations
