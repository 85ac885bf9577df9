#include "gateway/ops/supervise.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <unordered_map>
#include <vector>

#include "gateway/ops/error.hpp"
#include "gateway/ops/log.hpp"

namespace rightsline::ops {
namespace asio = boost::asio;

struct Supervisor::State {
    explicit State(asio::any_io_executor on) : executor(std::move(on)), emptied(executor, Deadline::max()) {}

    void ended(std::uint64_t id, Label name, const std::exception_ptr& error) {
        if (error) {
            judge(name, error);
        }
        tasks.erase(id);
        if (tasks.empty()) {
            emptied.cancel();
        }
    }

    void judge(Label name, const std::exception_ptr& error) {
        try {
            std::rethrow_exception(error);
        } catch (const boost::system::system_error& e) {
            if (e.code() == asio::error::operation_aborted) {
                return;
            }
            ++failures;
            log(Level::error, "task_threw", {{"task", name}, {"error", e.code()}});
        } catch (...) {
            // The exception's words stay out of the log: they may hold what somebody sent.
            ++failures;
            log(Level::error, "task_threw", {{"task", name}});
        }
    }

    asio::any_io_executor executor;
    asio::steady_timer emptied;  // never expires; cancelled when the last task ends
    std::unordered_map<std::uint64_t, std::shared_ptr<asio::cancellation_signal>> tasks;
    std::uint64_t next_id = 1;
    std::uint64_t failures = 0;
};

Supervisor::Supervisor(asio::any_io_executor executor)
    : state_(std::make_shared<State>(std::move(executor))) {}

Supervisor::~Supervisor() { cancel_all(); }

void Supervisor::spawn(Label name, Awaitable<void> task) {
    const std::uint64_t id = state_->next_id++;
    auto signal = std::make_shared<asio::cancellation_signal>();
    state_->tasks.emplace(id, signal);
    // The handler keeps the signal: its slot must outlive the operation that is bound to it.
    auto ended = [state = state_, id, name, signal](std::exception_ptr error) {
        state->ended(id, name, error);
    };
    asio::co_spawn(state_->executor, std::move(task),
                   asio::bind_cancellation_slot(signal->slot(), std::move(ended)));
}

std::size_t Supervisor::live() const { return state_->tasks.size(); }

std::uint64_t Supervisor::failures() const { return state_->failures; }

void Supervisor::cancel_all() {
    // A task may end, or start another, while its signal is being emitted: walk over a copy.
    std::vector<std::shared_ptr<asio::cancellation_signal>> signals;
    signals.reserve(state_->tasks.size());
    for (const auto& [id, signal] : state_->tasks) {
        signals.push_back(signal);
    }
    for (const auto& signal : signals) {
        signal->emit(asio::cancellation_type::terminal);
    }
    // Asio 1.26 may post the emission with a bare pointer into the signal; a task that ends meanwhile must
    // not take the signal with it, so the signals stay until everything posted before this line has run.
    asio::post(state_->executor, [signals = std::move(signals)] {});
}

Awaitable<Result<void>> Supervisor::drain(Deadline deadline) {
    const auto state = state_;
    while (!state->tasks.empty()) {
        if (std::chrono::steady_clock::now() >= deadline) {
            co_return errc::still_running;
        }
        state->emptied.expires_at(deadline);
        const auto ended = co_await state->emptied.async_wait(asio::as_tuple(asio::use_awaitable));
        static_cast<void>(ended);
    }
    co_return Result<void>();
}

}  // namespace rightsline::ops
