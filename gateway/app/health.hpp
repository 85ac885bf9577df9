// Health: what the ops listener tells: alive, ready and why not, and the counters.
//
// /healthz depends on nothing: the loop answers. /readyz is for the balancer: 503 with reasons while the store is
// away, packs are not stored yet, or we drain.
#pragma once

#include <functional>
#include <string_view>

#include "gateway/http/router.hpp"
#include "gateway/ops/metrics.hpp"

namespace rightsline::app {

struct Readiness {
    bool store = false;  // connected, functions loaded
    bool packs = false;  // every active pack is in the store
    bool draining = false;
    bool vault_away =
        false;      // told, and no reason not to be asked: texts are kept, calls answered, alerts sent
    int level = 0;  // of gateway/health/ladder.hpp
    std::string_view reason{};  // why, a word of ours
    bool ready() const { return store && packs && !draining; }
};

/// Adds /healthz, /readyz and /metrics. `now` is asked at each request; `before_metrics` may refresh gauges.
void add_health_routes(http::Router& router, std::function<Readiness()> now, ops::Metrics& metrics,
                       std::function<void()> before_metrics);

}  // namespace rightsline::app
