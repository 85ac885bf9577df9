#include "gateway/ops/fresh_bytes.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <bit>

namespace rightsline::ops {
namespace {

constexpr std::size_t at_once = 2048;

}  // namespace

void draw_fresh_bytes(std::span<std::uint8_t> out) {
    thread_local std::array<std::uint8_t, at_once> drawn;
    thread_local std::size_t left = 0;
    if (out.size() > at_once) {
        randombytes_buf(out.data(), out.size());
        return;
    }
    if (left < out.size()) {
        randombytes_buf(drawn.data(), drawn.size());
        left = drawn.size();
    }
    left -= out.size();
    const auto given = std::span(drawn).subspan(left, out.size());
    std::ranges::copy(given, out.begin());
    sodium_memzero(given.data(), given.size());
}

std::uint32_t fresh_seed() {
    std::array<std::uint8_t, sizeof(std::uint32_t)> bytes;
    draw_fresh_bytes(bytes);
    return std::bit_cast<std::uint32_t>(bytes);
}

}  // namespace rightsline::ops
