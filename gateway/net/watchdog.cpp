#include "gateway/net/watchdog.hpp"

namespace rightsline::net {

struct Watchdog::State : std::enable_shared_from_this<State> {
    State(const LoopExecutor& executor, std::function<void()> on_expire)
        : timer(executor), expire(std::move(on_expire)) {}

    void arm() {
        armed_for = deadline;
        const unsigned round = ++rounds;
        timer.expires_at(deadline);
        timer.async_wait(
            [self = shared_from_this(), round](const boost::system::error_code&) { self->fire(round); });
    }

    void fire(unsigned round) {
        if (round != rounds || !expire) {
            return;  // armed anew meanwhile, or the stream is gone
        }
        armed_for = Deadline::max();
        if (!busy) {
            return;
        }
        if (std::chrono::steady_clock::now() < deadline) {
            arm();
            return;
        }
        expired = true;
        expire();
    }

    LoopTimer timer;
    std::function<void()> expire;
    Deadline deadline{};
    Deadline armed_for = Deadline::max();  // max: not armed
    unsigned rounds = 0;
    bool busy = false;
    bool expired = false;
};

Watchdog::Watchdog(const LoopExecutor& executor, std::function<void()> expire)
    : state_(std::make_shared<State>(executor, std::move(expire))) {}

Watchdog::~Watchdog() {
    state_->expire = nullptr;
    state_->timer.cancel();
}

void Watchdog::begin(Deadline deadline) {
    state_->busy = true;
    state_->deadline = deadline;
    if (deadline < state_->armed_for) {
        state_->arm();
    }
}

void Watchdog::end() { state_->busy = false; }

bool Watchdog::expired() const { return state_->expired; }

}  // namespace rightsline::net
