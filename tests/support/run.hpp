// run: one awaitable, run to its end on an io_context, with a hard limit. A test that would hang fails
// instead.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <exception>
#include <optional>
#include <stdexcept>
#include <utility>

namespace rightsline::tests {

/// Runs `io` until `work` has ended; other work on it goes on meanwhile and later. Throws when the limit
/// passes first.
template <class T>
T run(boost::asio::io_context& io, boost::asio::awaitable<T> work,
      std::chrono::steady_clock::duration limit = std::chrono::seconds(10)) {
    std::optional<T> value;
    std::exception_ptr thrown;
    bool ended = false;
    boost::asio::co_spawn(io, std::move(work), [&](std::exception_ptr bug, T result) {
        thrown = bug;
        ended = true;
        if (!bug) {
            value.emplace(std::move(result));
        }
    });
    const auto until = std::chrono::steady_clock::now() + limit;
    io.restart();
    while (!ended && io.run_one_until(until) != 0) {
    }
    if (thrown) {
        std::rethrow_exception(thrown);
    }
    if (!value) {
        throw std::runtime_error("run(): the awaitable did not end within its limit");
    }
    return std::move(*value);
}

inline void run(boost::asio::io_context& io, boost::asio::awaitable<void> work,
                std::chrono::steady_clock::duration limit = std::chrono::seconds(10)) {
    std::exception_ptr thrown;
    bool ended = false;
    boost::asio::co_spawn(io, std::move(work), [&](std::exception_ptr bug) {
        thrown = bug;
        ended = true;
    });
    const auto until = std::chrono::steady_clock::now() + limit;
    io.restart();
    while (!ended && io.run_one_until(until) != 0) {
    }
    if (thrown) {
        std::rethrow_exception(thrown);
    }
    if (!ended) {
        throw std::runtime_error("run(): the awaitable did not end within its limit");
    }
}

/// The same on an io_context of its own.
template <class T>
T run(boost::asio::awaitable<T> work, std::chrono::steady_clock::duration limit = std::chrono::seconds(10)) {
    boost::asio::io_context io(1);
    return run(io, std::move(work), limit);
}

}  // namespace rightsline::tests
