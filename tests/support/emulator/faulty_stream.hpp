// FaultyStream: a connection of the emulator's server that can go wrong where a handler cannot: under the answer.
//
// A handler orders it by a header of its answer, "X-Emulator: drop", "cut" or "noise"; the header's bytes are where it is
// read again. Must never: be used outside the emulator. Threading: the loop.
#pragma once

#include <string>
#include <utility>

#include "gateway/net/byte_stream.hpp"
#include "gateway/net/connect.hpp"
#include "gateway/net/error.hpp"

namespace rightsline::emulator {

inline constexpr const char* order_header = "X-Emulator";

class FaultyStream final : public net::ByteStream {
 public:
    explicit FaultyStream(net::Stream inner) : inner_(std::move(inner)) {}

    Awaitable<Result<std::size_t>> read_some(std::span<char> into, Deadline deadline) override {
        return inner_->read_some(into, deadline);
    }
    Awaitable<Result<void>> write_all(std::string_view bytes, Deadline deadline) override {
        const std::string_view head = bytes.substr(0, bytes.find("\r\n\r\n"));
        const auto ordered = [head](const char* what) {
            return head.find(std::string("\r\n") + order_header + ": " + what) != std::string_view::npos;
        };
        if (!ordered("drop") && !ordered("cut") && !ordered("noise")) {
            co_return co_await inner_->write_all(bytes, deadline);
        }
        const std::string said = ordered("cut")     ? std::string(bytes.substr(0, bytes.size() - 20))
                                 : ordered("noise") ? std::string("\x16\x03\x01 not HTTP\r\n\r\n")
                                                    : std::string();
        if (!said.empty()) {
            const Result<void> written = co_await inner_->write_all(said, deadline);
            static_cast<void>(written);
        }
        inner_->close();
        co_return net::errc::lost;
    }
    void close() override { inner_->close(); }
    std::string peer() const override { return inner_->peer(); }

 private:
    net::Stream inner_;
};

}  // namespace rightsline::emulator
