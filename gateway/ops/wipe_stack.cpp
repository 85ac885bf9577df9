#include "gateway/ops/wipe_stack.hpp"

#include <boost/asio/post.hpp>
#include <cstring>

namespace rightsline::ops {
namespace {

thread_local bool asked = false;

}  // namespace

[[gnu::noinline]] void wipe_stack() noexcept {
    char below[32U << 10U];
    explicit_bzero(below, sizeof below);
}

void wipe_stack_soon(const boost::asio::any_io_executor& loop) {
    if (asked) {
        return;
    }
    asked = true;
    boost::asio::post(loop, [] {
        asked = false;
        wipe_stack();
    });
}

}  // namespace rightsline::ops
