#include "gateway/ops/metrics.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <deque>

namespace rightsline::ops {
namespace {

enum Kind : int { counter_kind, gauge_kind, histogram_kind };
constexpr const char* kind_names[] = {"counter", "gauge", "histogram"};
constexpr const char* dimension_names[] = {"outcome",  "status", "mode", "lane",
                                           "provider", "queue",  "room", "job"};

std::string number(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.9g", value);
    return text;
}

std::string render_tags(const Tags& tags) {
    std::string out;
    for (const Tag& tag : tags) {
        out += out.empty() ? "" : ",";
        out += dimension_names[static_cast<std::size_t>(tag.dimension)];
        out += "=\"";
        out += tag.value.view();
        out += '"';
    }
    return out;
}

std::string braced(const std::string& tags) { return tags.empty() ? "" : '{' + tags + '}'; }

}  // namespace

struct Metrics::Series {
    std::string tags;
    Counter counter;
    Gauge gauge;
    std::unique_ptr<Histogram> histogram;
};

struct Metrics::Family {
    Label name;
    Label help;
    int kind;
    std::deque<Series> series;

    void render_histogram(std::string& out, const Series& one) const {
        const std::string base(name.view());
        const std::string separator = one.tags.empty() ? "" : ",";
        std::uint64_t cumulative = 0;
        const auto& bounds = one.histogram->bounds();
        for (std::size_t i = 0; i <= bounds.size(); ++i) {
            cumulative += one.histogram->in_bucket(i);
            const std::string bound = i < bounds.size() ? number(bounds[i]) : "+Inf";
            out += base + "_bucket{" + one.tags + separator + "le=\"" + bound + "\"} " +
                   std::to_string(cumulative) + '\n';
        }
        out += base + "_sum" + braced(one.tags) + ' ' + number(one.histogram->sum()) + '\n';
        out += base + "_count" + braced(one.tags) + ' ' + std::to_string(cumulative) + '\n';
    }

    void render(std::string& out) const {
        const std::string base(name.view());
        out += "# HELP " + base + ' ' + std::string(help.view()) + '\n';
        out += "# TYPE " + base + ' ' + kind_names[kind] + '\n';
        for (const Series& one : series) {
            if (kind == histogram_kind) {
                render_histogram(out, one);
            } else {
                out += base + braced(one.tags) + ' ';
                out += kind == counter_kind ? std::to_string(one.counter.value())
                                            : std::to_string(one.gauge.value());
                out += '\n';
            }
        }
    }
};

Metrics::Metrics() = default;
Metrics::~Metrics() = default;

Metrics::Series& Metrics::series(Label name, Label help, int kind, const Tags& tags) {
    auto family = std::ranges::find_if(families_, [&](const auto& f) { return f->name == name; });
    if (family == families_.end()) {
        families_.push_back(std::make_unique<Family>(Family{name, help, kind, {}}));
        family = std::prev(families_.end());
    }
    if ((*family)->kind != kind) {
        std::abort();
    }
    auto& siblings = (*family)->series;
    const std::string wanted = render_tags(tags);
    const auto found = std::ranges::find_if(siblings, [&](const Series& s) { return s.tags == wanted; });
    if (found != siblings.end()) {
        return *found;
    }
    Series& fresh = siblings.emplace_back();
    fresh.tags = wanted;
    return fresh;
}

Counter& Metrics::counter(Label name, Label help, Tags tags) {
    return series(name, help, counter_kind, tags).counter;
}

Gauge& Metrics::gauge(Label name, Label help, Tags tags) {
    return series(name, help, gauge_kind, tags).gauge;
}

Histogram& Metrics::histogram(Label name, Label help, std::vector<double> bounds, Tags tags) {
    Series& found = series(name, help, histogram_kind, tags);
    if (!found.histogram) {
        found.histogram = std::make_unique<Histogram>(std::move(bounds));
    }
    return *found.histogram;
}

std::string Metrics::render() const {
    std::string out;
    for (const auto& family : families_) {
        family->render(out);
    }
    return out;
}

Histogram::Histogram(std::vector<double> bounds) : bounds_(std::move(bounds)), buckets_(bounds_.size() + 1) {}

void Histogram::observe(double value) {
    const auto bucket = std::ranges::lower_bound(bounds_, value) - bounds_.begin();
    buckets_[static_cast<std::size_t>(bucket)].fetch_add(1, std::memory_order_relaxed);
    sum_.fetch_add(value, std::memory_order_relaxed);
}

std::vector<double> latency_bounds() {
    return {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10};
}

}  // namespace rightsline::ops
