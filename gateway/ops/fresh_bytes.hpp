// Fresh bytes: random bytes of the system, drawn many at a time.
//
// For nonces and names, which a turn needs several of and which need only be fresh; keys are drawn from libsodium where
// they are made. What was given out is not kept. Threading: any; each thread draws for itself. The process never forks
// without an exec, so nobody else holds the same bytes.
#pragma once

#include <cstdint>
#include <span>

namespace rightsline::ops {

/// Fills `out`.
void draw_fresh_bytes(std::span<std::uint8_t> out);
/// For a generator of jitter, which nobody need not guess.
std::uint32_t fresh_seed();

}  // namespace rightsline::ops
