#include "gateway/vault/frame_io.hpp"

#include <array>

#include "gateway/vault/error.hpp"
#include "gateway/vault/protocol.hpp"
#include "locales/private_text.hpp"

namespace rightsline::vault {
namespace {

/// Exactly as many bytes as `into` has room for.
Awaitable<Result<void>> fill(net::ByteStream& stream, std::span<char> into, Deadline deadline) {
    while (!into.empty()) {
        const Result<std::size_t> got = co_await stream.read_some(into, deadline);
        if (!got) {
            co_return got.error();
        }
        into = into.subspan(*got);
    }
    co_return Result<void>();
}

}  // namespace

Awaitable<Result<std::string>> read_frame(net::ByteStream& stream, Deadline deadline) {
    std::array<char, frame_head> head{};
    const Result<void> begun = co_await fill(stream, head, deadline);
    if (!begun) {
        co_return begun.error();
    }
    const Result<std::size_t> size = rest_of_frame(std::string_view(head.data(), head.size()));
    if (!size) {
        co_return size.error();
    }
    std::string rest(*size, '\0');
    const Result<void> whole = co_await fill(stream, rest, deadline);
    if (!whole) {
        locales::wipe(rest);
        co_return whole.error();
    }
    co_return rest;
}

}  // namespace rightsline::vault
