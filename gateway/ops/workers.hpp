// Workers: a small pool of threads for slow, pure functions (Argon2id), awaited from the loop.
//
// The function runs on another thread and may touch nothing but what it owns. The queue is bounded: one job
// too many is refused with errc::busy, which the caller turns into "one moment, please". A job that is given
// up before it starts is never run; one that runs is finished and its result thrown away. Threading: run() on
// the loop's executor. Owner: the composition root; destroy it before the io_context, after drain.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <concepts>
#include <functional>
#include <memory>
#include <optional>
#include <type_traits>

#include "gateway/ops/awaitable.hpp"
#include "locales/result.hpp"

namespace rightsline::ops {

class Workers {
 public:
    struct Options {
        unsigned threads = 1;
        std::size_t queue = 8;  // jobs that wait for a thread
    };
    Workers(boost::asio::any_io_executor executor, Options options);
    ~Workers();  // waits for the jobs that run
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;

    /// Errors: errc::busy, errc::deadline, errc::job_failed.
    template <std::invocable F>
    Awaitable<Result<std::invoke_result_t<F>>> run(F function, Deadline deadline);
    /// Jobs that wait or run.
    std::size_t pending() const;

 private:
    struct Pool;
    Awaitable<Result<void>> run_job(std::function<void()> job, Deadline deadline);
    std::unique_ptr<Pool> pool_;
};

template <std::invocable F>
Awaitable<Result<std::invoke_result_t<F>>> Workers::run(F function, Deadline deadline) {
    using Value = std::invoke_result_t<F>;
    // Shared with the job, which may outlive this coroutine when the deadline comes first.
    auto value = std::make_shared<std::optional<Value>>();
    auto shared = std::make_shared<F>(std::move(function));
    std::function<void()> job = [value, shared] { value->emplace((*shared)()); };
    const Result<void> done = co_await run_job(std::move(job), deadline);
    if (!done) {
        co_return done.error();
    }
    co_return std::move(**value);
}

}  // namespace rightsline::ops
