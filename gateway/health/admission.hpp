// Admission: how many turns are under way at once, and who waits for a seat.
//
// A bound, because more at once would make each slower and none faster. Who finds no seat waits in a line, first come first
// served, until its own last moment; then it is answered without one (the static answer, the spool): never with an error.
// What can wait better than a worker asks crowded() first and is sent away.
// Must never: let a seat be held twice, or lose one. Threading: the loop's. Owner: the composition root; outlives its seats.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <cstddef>
#include <deque>
#include <memory>
#include <utility>

#include "gateway/ops/awaitable.hpp"
#include "gateway/ops/metrics.hpp"

namespace rightsline::health {

class Admission {
 public:
    struct Bounds {
        std::size_t seats = 256;
        std::size_t line = 2000;  // who may wait
    };

    /// Gives its place back when it goes. An empty one is none.
    class Seat {
     public:
        Seat() = default;
        explicit Seat(Admission* at) : at_(at) {}
        Seat(Seat&& other) noexcept : at_(std::exchange(other.at_, nullptr)) {}
        Seat& operator=(Seat&& other) noexcept {
            std::swap(at_, other.at_);
            return *this;
        }
        ~Seat() {
            if (at_ != nullptr) {
                at_->leave();
            }
        }
        explicit operator bool() const { return at_ != nullptr; }

     private:
        Admission* at_ = nullptr;
    };

    Admission(ops::Metrics& metrics, Bounds bounds);

    /// A seat at once, or an empty one.
    Seat try_enter();
    /// Waits for a seat, at most until `last`. An empty one: none came.
    Awaitable<Seat> enter(Deadline last);
    /// More than half of the seats are taken: what is no report waits outside.
    bool crowded() const { return taken_ * 2 > bounds_.seats; }
    std::size_t taken() const { return taken_; }

 private:
    struct Waiter;
    void leave();

    Bounds bounds_;
    std::size_t taken_ = 0;
    std::deque<std::shared_ptr<Waiter>> line_;
    ops::Gauge& under_way_;
    ops::Counter& waited_;
    ops::Counter& turned_away_;
};

}  // namespace rightsline::health
