#include "gateway/ops/wipe_stack.hpp"

#include <cstring>

namespace rightsline::ops {

[[gnu::noinline]] void wipe_stack() noexcept {
    char below[32U << 10U];
    explicit_bzero(below, sizeof below);
}

}  // namespace rightsline::ops
