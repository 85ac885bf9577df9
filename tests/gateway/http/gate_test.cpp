#include "gateway/http/gate.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <map>

#include "gateway/http/codec.hpp"
#include "gateway/http/error.hpp"
#include "tests/gateway/http/framing_cases.hpp"

namespace rightsline::http {
namespace {

const std::map<std::string, errc> verdicts{
    {"malformed", errc::malformed},         {"header_too_large", errc::header_too_large},
    {"bad_host", errc::bad_host},           {"body_too_large", errc::body_too_large},
    {"bad_length", errc::bad_length},       {"folded_header", errc::folded_header},
    {"bad_target", errc::bad_target},       {"not_http_1_1", errc::not_http_1_1},
    {"bad_method", errc::bad_method},       {"transfer_encoding", errc::transfer_encoding},
    {"wants_upgrade", errc::wants_upgrade}, {"duplicate_field", errc::duplicate_field},
};

/// Feeds pieces of `size` bytes until the reader decides.
Result<Progress> feed(RequestReader& reader, std::string_view bytes, std::size_t size) {
    Result<Progress> progress = Progress::needs_more;
    while (!bytes.empty() && progress && *progress == Progress::needs_more) {
        const std::span<char> space = reader.space();
        const std::size_t count = std::min({space.size(), size, bytes.size()});
        std::memcpy(space.data(), bytes.data(), count);
        reader.received(count);
        bytes.remove_prefix(count);
        progress = reader.advance();
    }
    return progress;
}

class Framing : public testing::TestWithParam<FramingCase> {};

void expect_verdict(const FramingCase& row, const Result<Progress>& progress) {
    if (row.verdict == "ok") {
        ASSERT_TRUE(progress) << progress.error().message();
        EXPECT_EQ(*progress, Progress::complete);
        return;
    }
    ASSERT_TRUE(progress.has_error());
    EXPECT_EQ(progress.error().category(), category());
    if (row.verdict != "refused") {
        EXPECT_EQ(progress.error(), verdicts.at(row.verdict)) << progress.error().message();
    }
}

TEST_P(Framing, IsJudgedTheSameWhole) {
    RequestReader reader{CodecLimits()};
    expect_verdict(GetParam(), feed(reader, GetParam().bytes, std::string::npos));
}

TEST_P(Framing, IsJudgedTheSameByteByByte) {
    RequestReader reader{CodecLimits()};
    expect_verdict(GetParam(), feed(reader, GetParam().bytes, 1));
}

INSTANTIATE_TEST_SUITE_P(Cases, Framing, testing::ValuesIn(framing_cases()),
                         [](const testing::TestParamInfo<FramingCase>& row) {
                             std::string name;
                             for (const char c : row.param.name) {
                                 name += std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
                             }
                             return std::to_string(row.index) + '_' + name;
                         });

TEST(FramingCases, AreAllRead) { EXPECT_GE(framing_cases().size(), 110U); }

}  // namespace
}  // namespace rightsline::http
