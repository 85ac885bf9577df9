// run: one awaitable, run to its end on an io_context, with a hard limit. A test that would hang fails instead.
//
// Other work on the io_context goes on meanwhile and later. Must never: be called from a coroutine of that
// loop. Threading: the thread of the test.
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

inline constexpr std::chrono::seconds patience{20};

/// Runs the loop until `done` says so. Throws when the limit passes first.
template <class Done>
void run_until(boost::asio::io_context& io, Done done, std::chrono::steady_clock::duration limit = patience) {
    const auto until = std::chrono::steady_clock::now() + limit;
    io.restart();
    while (!done() && io.run_one_until(until) != 0) {
    }
    if (!done()) {
        throw std::runtime_error("the loop did not get there within its limit");
    }
}

/// Runs `io` until `work` has ended. Throws what it threw, and when the limit passes first.
template <class T>
T run(boost::asio::io_context& io, boost::asio::awaitable<T> work,
      std::chrono::steady_clock::duration limit = patience) {
    std::optional<T> value;
    std::exception_ptr thrown;
    bool ended = false;
    boost::asio::co_spawn(io, std::move(work), [&](std::exception_ptr bug, T result) {
        thrown = bug;
        ended = true;
        value.emplace(std::move(result));
    });
    run_until(io, [&] { return ended; }, limit);
    if (thrown) {
        std::rethrow_exception(thrown);
    }
    return std::move(*value);
}

inline void run(boost::asio::io_context& io, boost::asio::awaitable<void> work,
                std::chrono::steady_clock::duration limit = patience) {
    std::exception_ptr thrown;
    bool ended = false;
    boost::asio::co_spawn(io, std::move(work), [&](std::exception_ptr bug) {
        thrown = bug;
        ended = true;
    });
    run_until(io, [&] { return ended; }, limit);
    if (thrown) {
        std::rethrow_exception(thrown);
    }
}

/// The same on an io_context of its own.
template <class T>
T run(boost::asio::awaitable<T> work, std::chrono::steady_clock::duration limit = patience) {
    boost::asio::io_context io(1);
    return run(io, std::move(work), limit);
}

}  // namespace rightsline::tests
