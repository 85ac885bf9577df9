// on_loop: runs one awaitable to its end on an io_context, with everything else that lives there. A test that
// would hang throws instead.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <exception>
#include <optional>
#include <stdexcept>
#include <utility>

namespace rightsline::support {

inline constexpr std::chrono::seconds patience{20};

/// Runs the loop until `done` says so.
template <class Done>
void run_until(boost::asio::io_context& io, Done done) {
    const auto limit = std::chrono::steady_clock::now() + patience;
    io.restart();
    while (!done() && io.run_one_until(limit) != 0) {
    }
    if (!done()) {
        throw std::runtime_error("the loop did not get there within its limit");
    }
}

template <class T>
T on_loop(boost::asio::io_context& io, boost::asio::awaitable<T> work) {
    std::optional<T> value;
    std::exception_ptr thrown;
    boost::asio::co_spawn(io, std::move(work), [&](std::exception_ptr bug, T result) {
        thrown = bug;
        value.emplace(std::move(result));
    });
    run_until(io, [&] { return value.has_value(); });
    if (thrown) {
        std::rethrow_exception(thrown);
    }
    return std::move(*value);
}

inline void on_loop(boost::asio::io_context& io, boost::asio::awaitable<void> work) {
    std::exception_ptr thrown;
    bool ended = false;
    boost::asio::co_spawn(io, std::move(work), [&](std::exception_ptr bug) {
        thrown = bug;
        ended = true;
    });
    run_until(io, [&] { return ended; });
    if (thrown) {
        std::rethrow_exception(thrown);
    }
}

}  // namespace rightsline::support
