// ScriptedStream: a ByteStream whose peer is a list. Time passes only as the list says.
//
// Every step waits, then brings bytes; a step that comes after the read's deadline ends the stream as a real
// one would. After the last step the peer closes, or stays silent until the deadline.
#pragma once

#include <algorithm>
#include <cstring>
#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "gateway/net/byte_stream.hpp"
#include "gateway/net/error.hpp"
#include "tests/support/manual_clock.hpp"

namespace rightsline::support {

class ScriptedStream final : public net::ByteStream {
 public:
    enum class AtEnd { closes, is_silent };
    struct Step {
        std::string bytes;
        std::chrono::milliseconds after{0};
    };
    ScriptedStream(ManualClock& clock, std::deque<Step> steps, AtEnd at_end = AtEnd::closes)
        : clock_(clock), steps_(std::move(steps)), at_end_(at_end) {}

    Awaitable<Result<std::size_t>> read_some(std::span<char> into, Deadline deadline) override {
        deadlines.push_back(deadline);
        if (closed) {
            co_return net::errc::closed;
        }
        if (steps_.empty() && at_end_ == AtEnd::closes) {
            co_return net::errc::end_of_stream;
        }
        if (steps_.empty() || clock_.steady() + steps_.front().after > deadline) {
            clock_.advance(std::chrono::duration_cast<std::chrono::milliseconds>(deadline - clock_.steady()));
            closed = true;
            co_return net::errc::deadline;
        }
        co_return take(into);
    }

    Awaitable<Result<void>> write_all(std::string_view bytes, Deadline) override {
        if (closed) {
            co_return net::errc::closed;
        }
        written += bytes;
        co_return Result<void>();
    }

    void close() override { closed = true; }
    bool quiet() override { return !closed && steps_.empty() && at_end_ == AtEnd::is_silent; }
    std::string peer() const override { return "192.0.2.7"; }

    std::string written;
    std::vector<Deadline> deadlines;  // of every read
    bool closed = false;

 private:
    std::size_t take(std::span<char> into) {
        Step& step = steps_.front();
        clock_.advance(std::exchange(step.after, std::chrono::milliseconds(0)));
        const std::size_t count = std::min(into.size(), step.bytes.size());
        std::memcpy(into.data(), step.bytes.data(), count);
        step.bytes.erase(0, count);
        if (step.bytes.empty()) {
            steps_.pop_front();
        }
        return count;
    }

    ManualClock& clock_;
    std::deque<Step> steps_;
    AtEnd at_end_;
};

}  // namespace rightsline::support
