// Load: one generator for every server that is measured. One thread, epoll, keep-alive connections.
//
// Closed: every connection sends its next request when it has its answer. Open: requests are due at a fixed pace and
// their latency counts from the moment they were due, so that a server that stalls cannot hide it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace rightsline::bench {

struct Outcome {
    double seconds = 0;
    unsigned good = 0;             // answered 200
    unsigned bad = 0;              // anything else
    std::uint64_t body_bytes = 0;  // of all answers
    std::vector<double> ms;        // latencies, sorted

    double per_second() const { return (good + bad) / seconds; }
    double at(double quantile) const;
    /// Takes another run's answers in, as if they were of this one.
    void add(const Outcome& other);
};

/// 0 of nothing.
double median(std::vector<double> values);

/// Sends all of `requests` to the loopback's `port`. `per_second` 0 = closed loop.
Outcome send_all(std::uint16_t port, const std::vector<std::string>& requests, unsigned connections,
                 double per_second);

}  // namespace rightsline::bench
