// Supervisor: the only way to start a coroutine that nobody awaits. It owns the cancellation and counts the
// living.
//
// A spawned task takes owning values; it may hold references only to services that outlive this supervisor's
// drain. Cancellation is terminal: the await that is pending ends with operation_aborted, and so does the
// next one. A task that must clean up with an await resets its cancellation state first. An exception that
// leaves a task is logged as the event "task_threw" and counted; operation_aborted after cancel_all() is a
// quiet end. Shutdown: stop what creates tasks, cancel_all(), drain(), then destroy services, then this, then
// the io_context. Threading: one executor; every call on it. Owner: the composition root.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <cstdint>
#include <memory>

#include "gateway/ops/awaitable.hpp"
#include "gateway/ops/label.hpp"
#include "locales/result.hpp"

namespace rightsline::ops {

class Supervisor {
 public:
    explicit Supervisor(boost::asio::any_io_executor executor);
    /// Tasks that still live are cancelled; they end when the loop runs on, or with it.
    ~Supervisor();
    Supervisor(const Supervisor&) = delete;
    Supervisor& operator=(const Supervisor&) = delete;

    /// Starts `task` in the loop's next turn. `name` is for the log.
    void spawn(Label name, Awaitable<void> task);
    std::size_t live() const;
    /// Tasks that ended with an exception since start.
    std::uint64_t failures() const;
    void cancel_all();
    /// Waits until no task lives. Errors: errc::still_running. Not to be called from a task of this
    /// supervisor.
    Awaitable<Result<void>> drain(Deadline deadline);

 private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace rightsline::ops
