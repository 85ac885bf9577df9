#include "gateway/outbox/breaker.hpp"

#include <algorithm>

namespace rightsline::outbox {

std::size_t Breaker::allows(Deadline now, std::size_t wanted) const {
    if (open(now)) {
        return 0;
    }
    if (half_open_) {
        return probing_ ? 0 : std::min<std::size_t>(wanted, 1);
    }
    return wanted;
}

void Breaker::begun() { probing_ = half_open_; }

void Breaker::succeeded() {
    failures_.clear();
    rest_ = first_rest;
    half_open_ = false;
    probing_ = false;
}

void Breaker::failed(Deadline now) {
    failures_.push_back(now);
    while (!failures_.empty() && now - failures_.front() > window) {
        failures_.pop_front();
    }
    if (half_open_ || failures_.size() >= most_failures) {
        failures_.clear();
        hold_until(now + rest_);
        rest_ = std::min(2 * rest_, longest_rest);
    }
}

void Breaker::withdrawn() { probing_ = false; }

void Breaker::hold_until(Deadline until) {
    closed_until_ = std::max(closed_until_, until);
    half_open_ = true;
    probing_ = false;
}

}  // namespace rightsline::outbox
