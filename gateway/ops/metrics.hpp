// Metrics: counters, gauges and histograms, shown in Prometheus' text form.
//
// A label's name comes from a closed list and its value is a literal of ours, so that no series can name a
// person, a site or a topic. Registering is for start-up; counting is one relaxed atomic addition. Threading:
// register on one thread before traffic; count and render from every thread. Owner: the composition root;
// references stay valid as long as the Metrics object lives.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "gateway/ops/label.hpp"

namespace rightsline::ops {

class Counter {
 public:
    void add(std::uint64_t by = 1) { value_.fetch_add(by, std::memory_order_relaxed); }
    /// For counts that another object keeps (log overruns, Redis traffic): takes over its total.
    void take_over(std::uint64_t total) { value_.store(total, std::memory_order_relaxed); }
    std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

 private:
    std::atomic<std::uint64_t> value_{0};
};

class Gauge {
 public:
    void set(std::int64_t value) { value_.store(value, std::memory_order_relaxed); }
    void add(std::int64_t by) { value_.fetch_add(by, std::memory_order_relaxed); }
    std::int64_t value() const { return value_.load(std::memory_order_relaxed); }

 private:
    std::atomic<std::int64_t> value_{0};
};

class Histogram {
 public:
    /// `bounds`: upper bounds, ascending; a last bucket takes the rest.
    explicit Histogram(std::vector<double> bounds);
    void observe(double value);
    const std::vector<double>& bounds() const { return bounds_; }
    std::uint64_t in_bucket(std::size_t index) const {
        return buckets_[index].load(std::memory_order_relaxed);
    }
    double sum() const { return sum_.load(std::memory_order_relaxed); }

 private:
    std::vector<double> bounds_;
    std::vector<std::atomic<std::uint64_t>> buckets_;
    std::atomic<double> sum_{0};
};

/// Everything that a series may be told apart by.
enum class Dimension : std::uint8_t { outcome, status, mode, lane, provider, queue, room, job };
struct Tag {
    Dimension dimension;
    Label value;
};
using Tags = std::vector<Tag>;

class Metrics {
 public:
    /// The same name and tags give the same series. One name is one kind; another kind under it is a bug and
    /// aborts.
    Counter& counter(Label name, Label help, Tags tags = {});
    Gauge& gauge(Label name, Label help, Tags tags = {});
    Histogram& histogram(Label name, Label help, std::vector<double> bounds, Tags tags = {});
    std::string render() const;

    Metrics();
    ~Metrics();

 private:
    struct Series;
    struct Family;
    Series& series(Label name, Label help, int kind, const Tags& tags);

    std::vector<std::unique_ptr<Family>> families_;
};

/// Seconds, from 1 ms to 10 s: for turns, requests and commands.
std::vector<double> latency_bounds();

}  // namespace rightsline::ops
