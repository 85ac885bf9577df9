#include "gateway/vault/protocol.hpp"

#include <gtest/gtest.h>

#include "gateway/vault/error.hpp"

namespace rightsline::vault {
namespace {

std::string rest_of(const std::string& frame) {
    const Result<std::size_t> size = rest_of_frame(std::string_view(frame).substr(0, frame_head));
    EXPECT_EQ(size.value(), frame.size() - frame_head);
    return frame.substr(frame_head);
}

Question some_names() { return {Op::name, {{IdKind::phone, "+15005550006"}, {IdKind::limit, ""}}}; }
Question some_blobs() {
    return {Op::open, {}, {{Purpose::number, "a", std::string("\0\xff", 2)}, {Purpose::reply, "", ""}}};
}

TEST(VaultProtocol, ReadsWhatItWrote) {
    const Result<Question> names = parse_question(rest_of(to_frame(some_names())));
    ASSERT_TRUE(names);
    ASSERT_EQ(names->names.size(), 2U);
    EXPECT_EQ(names->names[0].kind, IdKind::phone);
    EXPECT_EQ(names->names[0].canonical, "+15005550006");
    const Result<Question> blobs = parse_question(rest_of(to_frame(some_blobs())));
    ASSERT_TRUE(blobs);
    ASSERT_EQ(blobs->blobs.size(), 2U);
    EXPECT_EQ(blobs->blobs[0].bytes, std::string("\0\xff", 2));
    EXPECT_EQ(blobs->blobs[1].purpose, Purpose::reply);
    EXPECT_EQ(parse_question(rest_of(to_frame(Question{Op::lend})))->op, Op::lend);
}

TEST(VaultProtocol, ReadsItsAnswers) {
    Answer given;
    given.used_percent = 81;
    given.ids = {KeyedId{{1, 2, 3}}, KeyedId{{255}}};
    const Result<Answer> ids = parse_answer(Op::name, rest_of(to_frame(Op::name, given)));
    ASSERT_TRUE(ids);
    EXPECT_EQ(ids->ids, given.ids);
    EXPECT_EQ(ids->used_percent, 81);
    Answer opened;
    opened.plains = {"one", ""};
    EXPECT_EQ(parse_answer(Op::open, rest_of(to_frame(Op::open, opened)))->plains, opened.plains);
    opened.status = Status::used_up;
    const Result<Answer> refused = parse_answer(Op::open, rest_of(to_frame(Op::open, opened)));
    EXPECT_EQ(refused->status, Status::used_up);
    EXPECT_TRUE(refused->plains.empty()) << "a refusal carries nothing";
}

TEST(VaultProtocol, RefusesEveryCutAndEverythingBehindTheEnd) {
    for (const Question& question : {some_names(), some_blobs(), Question{Op::lend}}) {
        const std::string rest = rest_of(to_frame(question));
        for (std::size_t size = 0; size < rest.size(); ++size) {
            EXPECT_EQ(parse_question(rest.substr(0, size)).error(), errc::bad_frame) << size;
        }
        EXPECT_EQ(parse_question(rest + "x").error(), errc::bad_frame);
    }
}

TEST(VaultProtocol, RefusesAnotherVersionAndWhatItDoesNotKnow) {
    const auto spoilt = [](std::size_t at, char by) {
        std::string rest = rest_of(to_frame(some_names()));
        rest[at] = by;
        return parse_question(rest).has_value();
    };
    EXPECT_FALSE(spoilt(0, 2)) << "version";
    EXPECT_FALSE(spoilt(1, 0)) << "operation";
    EXPECT_FALSE(spoilt(1, 9)) << "operation";
    EXPECT_FALSE(spoilt(2, 1)) << "a count that cannot be there";
    EXPECT_FALSE(spoilt(4, 77)) << "kind";
    EXPECT_FALSE(spoilt(5, 1)) << "a text that is longer than the frame";
    EXPECT_TRUE(spoilt(4, 0));
}

TEST(VaultProtocol, BoundsWhatItReads) {
    EXPECT_EQ(rest_of_frame(std::string("\0\0\0\0", 4)).error(), errc::bad_frame);
    EXPECT_EQ(rest_of_frame("\xff\xff\xff\xff").error(), errc::bad_frame);
    EXPECT_EQ(rest_of_frame("abc").error(), errc::bad_frame);
    Question many{Op::name};
    many.names.resize(most_asked + 1, IdRequest{IdKind::phone, "x"});
    EXPECT_EQ(parse_question(rest_of(to_frame(many))).error(), errc::bad_frame);
    many.names.pop_back();
    EXPECT_TRUE(parse_question(rest_of(to_frame(many))));
}

}  // namespace
}  // namespace rightsline::vault
