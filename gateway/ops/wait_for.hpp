// wait_for: runs one awaitable to its end by turning the loop here.
//
// For commands, and for start before the loop runs. Must never: be called from a coroutine or a handler of that
// loop, which would turn it inside itself. Threading: the thread that owns the loop.
#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>
#include <optional>
#include <utility>

#include "gateway/ops/awaitable.hpp"
#include "locales/result.hpp"

namespace rightsline::ops {

template <class T>
Result<T> wait_for(boost::asio::io_context& loop, Awaitable<Result<T>> work) {
    std::optional<Result<T>> done;
    boost::asio::co_spawn(loop, std::move(work), [&done](const std::exception_ptr& failed, Result<T> result) {
        if (failed) {
            std::rethrow_exception(failed);  // a bug: nothing of ours throws
        }
        done = std::move(result);
    });
    loop.restart();
    while (!done && loop.run_one() != 0) {
    }
    return std::move(*done);
}

}  // namespace rightsline::ops
