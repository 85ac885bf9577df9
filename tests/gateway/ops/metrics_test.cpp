#include "gateway/ops/metrics.hpp"

#include <gtest/gtest.h>

namespace rightsline::ops {
namespace {

TEST(Metrics, RendersPrometheusText) {
    Metrics metrics;
    metrics.counter("turns_total", "Turns", {{Dimension::mode, "sms"}}).add(3);
    metrics.counter("turns_total", "Turns", {{Dimension::mode, "voice"}}).add();
    metrics.gauge("open", "Open now").set(-2);
    Histogram& seconds = metrics.histogram("turn_seconds", "Time", {0.1, 1});
    seconds.observe(0.1);
    seconds.observe(0.5);
    seconds.observe(7);
    EXPECT_EQ(metrics.render(),
              "# HELP turns_total Turns\n# TYPE turns_total counter\n"
              "turns_total{mode=\"sms\"} 3\nturns_total{mode=\"voice\"} 1\n"
              "# HELP open Open now\n# TYPE open gauge\nopen -2\n"
              "# HELP turn_seconds Time\n# TYPE turn_seconds histogram\n"
              "turn_seconds_bucket{le=\"0.1\"} 1\nturn_seconds_bucket{le=\"1\"} 2\n"
              "turn_seconds_bucket{le=\"+Inf\"} 3\nturn_seconds_sum 7.6\nturn_seconds_count 3\n");
}

TEST(Metrics, GivesTheSameSeriesForTheSameNameAndTags) {
    Metrics metrics;
    EXPECT_EQ(&metrics.counter("a", "A"), &metrics.counter("a", "A"));
    EXPECT_NE(&metrics.counter("a", "A"), &metrics.counter("a", "A", {{Dimension::mode, "sms"}}));
}

static_assert(!std::is_constructible_v<Tag, Dimension, std::string>);
static_assert(!std::is_constructible_v<Tag, Dimension, const char*>);

}  // namespace
}  // namespace rightsline::ops
