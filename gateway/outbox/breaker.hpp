// Breaker: stops asking a provider that does not answer, and finds out with one probe when it does again.
//
// Closed: everything goes. `most_failures` within `window` open it: nothing goes for `first_rest`. Then it is half open:
// one send goes as a probe, of the most urgent lane; its success closes the breaker, its failure opens it again for twice
// as long, at most `longest_rest`. A provider that stumbled for a moment does not keep an alert waiting for half a minute,
// and one that lies still is asked twice a minute. What the provider refuses for the message's own sake is no failure. One breaker per account and line and process; nobody else needs to agree with it.
// Pure: time is an argument. Threading: plain values.
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>

#include "gateway/ops/awaitable.hpp"

namespace rightsline::outbox {

class Breaker {
 public:
    static constexpr std::size_t most_failures = 5;
    static constexpr std::chrono::seconds window{10};
    static constexpr std::chrono::seconds first_rest{5};
    static constexpr std::chrono::seconds longest_rest{30};

    /// How many sends may be begun now, at most `wanted`.
    std::size_t allows(Deadline now, std::size_t wanted) const;
    void begun();
    void succeeded();
    void failed(Deadline now);
    /// A send that was begun ended without telling anything about the provider.
    void withdrawn();
    /// Nothing goes until then, whatever succeeds (an account that is stopped).
    void hold_until(Deadline until);
    bool open(Deadline now) const { return now < closed_until_; }

 private:
    std::deque<Deadline> failures_;
    Deadline closed_until_{};
    std::chrono::seconds rest_ = first_rest;  // of the next opening
    bool half_open_ = false;
    bool probing_ = false;
};

}  // namespace rightsline::outbox
