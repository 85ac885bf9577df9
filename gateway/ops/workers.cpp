#include "gateway/ops/workers.hpp"

#include <algorithm>
#include <atomic>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

#include "gateway/ops/error.hpp"
#include "gateway/ops/log.hpp"

namespace rightsline::ops {
namespace asio = boost::asio;

namespace {

// Shared by the coroutine that waits and the thread that works. The thread touches only `work` and `threw`,
// and the post to the loop orders that before what the coroutine reads.
struct Job {
    Job(const asio::any_io_executor& executor, std::function<void()> what, Deadline deadline)
        : work(std::move(what)), done(executor, deadline) {}
    std::function<void()> work;
    std::atomic<bool> given_up{false};
    bool threw = false;
    bool finished = false;  // loop only
    asio::steady_timer done;
};

// The coroutine may be destroyed while it waits (its loop ends): the job must not start for nobody.
struct GiveUp {
    std::shared_ptr<Job> job;
    ~GiveUp() { job->given_up = true; }
};

}  // namespace

struct Workers::Pool {
    Pool(asio::any_io_executor on, Options with) : executor(std::move(on)), options(with) {}

    bool push(std::shared_ptr<Job> job) {
        const std::lock_guard lock(mutex);
        std::erase_if(waiting, [](const auto& old) { return old->given_up.load(); });
        const std::size_t idle = options.threads - std::min<std::size_t>(running, options.threads);
        if (waiting.size() >= options.queue + idle) {
            return false;
        }
        waiting.push_back(std::move(job));
        changed.notify_one();
        return true;
    }

    std::shared_ptr<Job> next() {
        std::unique_lock lock(mutex);
        changed.wait(lock, [this] { return closing || !waiting.empty(); });
        if (closing) {
            return nullptr;
        }
        auto job = std::move(waiting.front());
        waiting.pop_front();
        ++running;
        return job;
    }

    void execute(Job& job) {
        if (job.given_up) {
            return;
        }
        try {
            job.work();
        } catch (...) {
            job.threw = true;
            log(Level::error, "worker_threw");
        }
    }

    void work_until_closed() {
        while (auto job = next()) {
            execute(*job);
            {
                const std::lock_guard lock(mutex);
                --running;
            }
            // Moved, so that the timer inside dies on the loop's thread and never on this one.
            asio::post(executor, [finished = std::move(job)] {
                finished->finished = true;
                finished->done.cancel();
            });
        }
    }

    asio::any_io_executor executor;
    Options options;
    mutable std::mutex mutex;
    std::condition_variable changed;
    std::deque<std::shared_ptr<Job>> waiting;
    std::size_t running = 0;
    bool closing = false;
    std::vector<std::thread> threads;
};

Workers::Workers(asio::any_io_executor executor, Options options)
    : pool_(std::make_unique<Pool>(std::move(executor), options)) {
    for (unsigned i = 0; i < options.threads; ++i) {
        pool_->threads.emplace_back([pool = pool_.get()] { pool->work_until_closed(); });
    }
}

Workers::~Workers() {
    {
        const std::lock_guard lock(pool_->mutex);
        pool_->closing = true;
    }
    pool_->changed.notify_all();
    for (std::thread& thread : pool_->threads) {
        thread.join();
    }
}

std::size_t Workers::pending() const {
    const std::lock_guard lock(pool_->mutex);
    return pool_->waiting.size() + pool_->running;
}

Awaitable<Result<void>> Workers::run_job(std::function<void()> work, Deadline deadline) {
    auto job = std::make_shared<Job>(pool_->executor, std::move(work), deadline);
    if (!pool_->push(job)) {
        co_return errc::busy;
    }
    const GiveUp give_up{job};
    const auto woken = co_await job->done.async_wait(asio::as_tuple(asio::use_awaitable));
    static_cast<void>(woken);
    if (!job->finished) {
        co_return errc::deadline;
    }
    if (job->threw) {
        co_return errc::job_failed;
    }
    co_return Result<void>();
}

}  // namespace rightsline::ops
