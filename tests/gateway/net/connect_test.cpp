#include "gateway/net/connect.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <future>

#include "gateway/net/error.hpp"
#include "gateway/net/listener.hpp"
#include "gateway/ops/error.hpp"
#include "tests/support/run.hpp"

namespace rightsline::net {
namespace {

using namespace std::chrono_literals;
using tests::run;

Deadline in(std::chrono::milliseconds patience) { return std::chrono::steady_clock::now() + patience; }

class StreamTest : public testing::Test {
 protected:
    StreamTest() {
        Address address;
        address.host = "127.0.0.1";
        listener = *Listener::open(io.get_executor(), address, {});
        near = *run(io, connect_tcp(io.get_executor(), {"127.0.0.1", listener->port()}, in(5s)));
        far = *run(io, listener->accept());
    }
    Result<std::size_t> read(ByteStream& stream, std::chrono::milliseconds patience) {
        return run(io, stream.read_some(bytes, in(patience)));
    }

    boost::asio::io_context io{1};
    std::unique_ptr<Listener> listener;
    Stream near;
    Stream far;
    std::array<char, 65536> bytes{};
};

TEST_F(StreamTest, CarriesBytesBothWays) {
    ASSERT_TRUE(run(io, near->write_all("hello", in(5s))));
    ASSERT_TRUE(read(*far, 5s));
    EXPECT_EQ(std::string_view(bytes.data(), 5), "hello");
    EXPECT_EQ(far->peer(), "127.0.0.1");
    EXPECT_EQ(far->peer_uid(), -1);
    far->close();
    EXPECT_EQ(read(*near, 5s).error(), errc::end_of_stream);
}

TEST_F(StreamTest, ClosesAtTheDeadlineOfARead) {
    EXPECT_EQ(read(*near, 30ms).error(), errc::deadline);
    EXPECT_EQ(read(*far, 5s).error(), errc::end_of_stream);
}

TEST_F(StreamTest, ClosesAtTheDeadlineOfAWriteThatNobodyReads) {
    const std::string large(64U << 20U, 'x');
    EXPECT_EQ(run(io, near->write_all(large, in(50ms))).error(), errc::deadline);
}

TEST_F(StreamTest, KeepsAnEarlierDeadlineAfterALaterOne) {
    ASSERT_TRUE(run(io, near->write_all("a", in(5s))));
    ASSERT_TRUE(read(*far, 10s));
    const auto began = std::chrono::steady_clock::now();
    EXPECT_EQ(read(*far, 30ms).error(), errc::deadline);
    EXPECT_LT(std::chrono::steady_clock::now() - began, 5s);
}

TEST_F(StreamTest, MovesOnFromAnEarlierDeadlineThatWasMet) {
    ASSERT_TRUE(run(io, near->write_all("a", in(5s))));
    ASSERT_TRUE(read(*far, 30ms));
    const auto began = std::chrono::steady_clock::now();
    EXPECT_EQ(read(*far, 120ms).error(), errc::deadline);
    EXPECT_GE(std::chrono::steady_clock::now() - began, 100ms);
}

TEST(Resolve, TakesNumbersAsTheyAre) {
    boost::asio::io_context io(1);
    EXPECT_EQ(*run(io, resolve(io.get_executor(), "192.0.2.1", in(5s))),
              std::vector<std::string>{"192.0.2.1"});
}

TEST(Resolve, KnowsThisMachine) {
    boost::asio::io_context io(1);
    const auto found = run(io, resolve(io.get_executor(), "localhost", in(5s)));
    ASSERT_TRUE(found);
    EXPECT_FALSE(found->empty());
}

TEST(Connect, NeedsAUsablePath) {
    boost::asio::io_context io(1);
    EXPECT_EQ(run(io, connect_unix(io.get_executor(), "", in(1s))).error(), errc::bad_address);
    EXPECT_EQ(run(io, connect_unix(io.get_executor(), "/nonexistent/x", in(1s))).error(), errc::refused);
}

TEST(NamesOfOthers, AreLookedUpAsideSoThatASlowOneHoldsUpOnlyItsOwnKind) {
    boost::asio::io_context io{1};
    ops::Workers aside(io.get_executor(), {1, 8});
    const Result<std::vector<std::string>> found = run(io, resolve_aside(aside, "localhost", in(5s)));
    ASSERT_TRUE(found);
    EXPECT_NE(std::ranges::find(*found, "127.0.0.1"), found->end());
    EXPECT_EQ(run(io, resolve_aside(aside, "no-such-name.invalid", in(5s))).error(), errc::unknown_host);
    std::promise<void> answered;
    const auto slow = [answer = answered.get_future().share()] { return answer.wait(), 1; };
    EXPECT_EQ(run(io, aside.run(slow, in(20ms))).error(), ops::errc::deadline) << "and goes on on its thread";
    EXPECT_EQ(run(io, resolve_aside(aside, "localhost", in(50ms))).error(), ops::errc::deadline);
    EXPECT_TRUE(run(io, resolve(io.get_executor(), "localhost", in(5s))));
    answered.set_value();
}

}  // namespace
}  // namespace rightsline::net
