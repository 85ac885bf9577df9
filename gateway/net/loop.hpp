// LoopExecutor: the io_context's own executor type. Only inside this room.
//
// Sockets and timers on the concrete type skip any_io_executor's indirections on every operation, which is a
// fifth of a small request's cost; the headers that others include stay on any_io_executor.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstdlib>

namespace rightsline::net {

using LoopExecutor = boost::asio::io_context::executor_type;
using LoopTimer =
    boost::asio::basic_waitable_timer<std::chrono::steady_clock,
                                      boost::asio::wait_traits<std::chrono::steady_clock>, LoopExecutor>;

/// The process has one io_context and hands out its executor; anything else here is a bug in the composition
/// root.
inline LoopExecutor loop_of(const boost::asio::any_io_executor& executor) {
    const LoopExecutor* loop = executor.target<LoopExecutor>();
    if (loop == nullptr) {
        std::abort();
    }
    return *loop;
}

}  // namespace rightsline::net
