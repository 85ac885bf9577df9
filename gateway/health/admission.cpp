#include "gateway/health/admission.hpp"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace rightsline::health {

struct Admission::Waiter {
    explicit Waiter(const boost::asio::any_io_executor& executor) : bell(executor) {}
    boost::asio::steady_timer bell;
    Seat seat;          // it was given
    bool gone = false;  // it waits no more
};

Admission::Admission(ops::Metrics& metrics, Bounds bounds)
    : bounds_(bounds),
      under_way_(metrics.gauge("rightsline_turns_under_way", "Turns that have a seat now")),
      waited_(metrics.counter("rightsline_admission_total", "Turns that found every seat taken",
                              {{ops::Dimension::outcome, "waited"}})),
      turned_away_(metrics.counter("rightsline_admission_total", "Turns that found every seat taken",
                                   {{ops::Dimension::outcome, "answered_without"}})) {}

Admission::Seat Admission::try_enter() {
    if (taken_ >= bounds_.seats) {
        return {};
    }
    ++taken_;
    under_way_.set(static_cast<std::int64_t>(taken_));
    return Seat(this);
}

Awaitable<Admission::Seat> Admission::enter(Deadline last) {
    Seat at_once = try_enter();
    if (at_once) {
        co_return at_once;
    }
    waited_.add();
    if (line_.size() >= bounds_.line) {
        turned_away_.add();
        co_return Seat();
    }
    const auto executor = co_await boost::asio::this_coro::executor;
    auto self = std::make_shared<Waiter>(executor);
    struct Leaving {  // also when the coroutine is given up
        std::shared_ptr<Waiter> waiter;
        ~Leaving() { waiter->gone = true; }
    } const leaving{self};
    line_.push_back(self);
    self->bell.expires_at(last);
    boost::system::error_code rung;
    co_await self->bell.async_wait(boost::asio::redirect_error(boost::asio::use_awaitable, rung));
    turned_away_.add(self->seat ? 0 : 1);
    co_return std::move(self->seat);
}

/// The place goes to the first who still waits; else it is free.
void Admission::leave() {
    while (!line_.empty()) {
        const std::shared_ptr<Waiter> next = std::move(line_.front());
        line_.pop_front();
        if (!next->gone && next->bell.expiry() > std::chrono::steady_clock::now()) {
            next->seat = Seat(this);
            next->bell.cancel();
            return;
        }
    }
    --taken_;
    under_way_.set(static_cast<std::int64_t>(taken_));
}

}  // namespace rightsline::health
