#include "gateway/health/health.hpp"

#include <algorithm>
#include <utility>

#include "gateway/ops/log.hpp"
#include "gateway/ops/pause.hpp"

namespace rightsline::health {
namespace {

using namespace std::chrono_literals;

constexpr auto beat_budget = 1000ms;
constexpr auto beat_rest = 5000ms;
constexpr auto troubled_rest = 500ms;
constexpr auto away_rest = 100ms;  // how long it may take until we notice that the store is back
constexpr auto room_rest = 10s;

}  // namespace

struct Health::Gauges {
    explicit Gauges(ops::Metrics& metrics)
        : level(metrics.gauge("rightsline_level", "How well we are: 0 well, 1 strained, 2 narrow, 3 away")),
          changes(metrics.counter("rightsline_level_changes_total", "Changes of the level")),
          clocks(metrics.gauge("rightsline_clock_suspect",
                               "Redis' clock and ours disagree, or ours has jumped")),
          disk(metrics.gauge("rightsline_disk_used_percent", "The fullest disk that we write to")),
          memory(metrics.gauge("rightsline_store_memory_percent", "Of the memory that the store may use")),
          held_back(metrics.counter("rightsline_redis_held_back_total",
                                    "Commands that failed at once because the store was silent")) {}
    ops::Gauge& level;
    ops::Counter& changes;
    ops::Gauge& clocks;
    ops::Gauge& disk;
    ops::Gauge& memory;
    ops::Counter& held_back;
};

Health::Health(redis::Client& store, HealthServices services, Instance self)
    : services_(std::move(services)),
      watch_(services_.clock),
      probe_(redis::make_probe(store, watch_)),
      self_(std::move(self)),
      gauges_(std::make_unique<Gauges>(services_.metrics)) {}

Health::~Health() = default;

std::chrono::milliseconds Health::rest() const {
    if (level() == Level::away || clocks_.unheard()) {
        return away_rest;
    }
    return watch_.troubled() || facts_.refuses ? troubled_rest : beat_rest;
}

Awaitable<void> Health::beat_once() {
    look_at_clock();
    const unsigned jumps = clocks_.jumps();
    const Result<Beat> kept =
        co_await beat(*probe_, self_, services_.clock.now(), services_.clock.in(beat_budget));
    look_at_clock();
    if (!kept || clocks_.jumps() != jumps) {
        co_return;  // of a failure the watch has heard; of a time that has passed away nobody wants to
    }
    const bool before = clocks_.disagrees();
    clocks_.heard(kept->clocks_disagree);
    if (before != kept->clocks_disagree) {
        ops::log(ops::Level::error,
                 before ? ops::Label("clocks_agree_again") : ops::Label("clocks_disagree"));
    }
}

void Health::heard_memory(std::optional<int> percent) {
    facts_.memory_percent = percent;
    if (percent && memory_room_.look(*percent)) {
        ops::log(ops::Level::error, "store_memory_fills", {{"percent", *percent}});
    }
}

Awaitable<void> Health::keep_beating() {
    for (bool going = true; going;) {
        co_await beat_once();
        // In short steps: when it becomes bad, the next beat is near.
        const Deadline begun = services_.clock.steady();
        while (going && services_.clock.steady() - begun < rest()) {
            going = co_await ops::pause(away_rest);
        }
    }
}

void Health::look_at_disks() {
    if (services_.clock.steady() < next_disk_look_) {
        return;
    }
    next_disk_look_ = services_.clock.in(room_rest);
    facts_.disk_percent.reset();
    for (const std::string& folder : services_.folders) {
        const std::optional<int> percent = services_.disk(folder);
        if (percent) {
            facts_.disk_percent = std::max(facts_.disk_percent.value_or(0), *percent);
        }
    }
    if (facts_.disk_percent && disk_room_.look(*facts_.disk_percent)) {
        ops::log(ops::Level::error, "disk_fills", {{"percent", *facts_.disk_percent}});
    }
}

void Health::look_at_clock() {
    if (clocks_.look(services_.clock.now(), services_.clock.steady())) {
        ops::log(ops::Level::error, "clock_jumped");
    }
}

bool Health::may_time() {
    look_at_clock();
    return clocks_.may_time();
}

void Health::look() {
    look_at_disks();
    look_at_clock();
    watch_.look();
    watch_.tell(facts_);
    facts_.clocks_disagree = clocks_.disagrees();
    const Verdict before = ladder_.stand();
    ladder_.look(facts_, services_.clock.steady());
    tell(before);
}

void Health::tell(const Verdict& before) {
    const Verdict now = ladder_.stand();
    gauges_->level.set(static_cast<std::int64_t>(now.level));
    gauges_->clocks.set(may_delete() ? 0 : 1);
    gauges_->disk.set(facts_.disk_percent.value_or(0));
    gauges_->memory.set(facts_.memory_percent.value_or(0));
    gauges_->held_back.take_over(watch_.held_back());
    if (now.level == before.level) {
        return;
    }
    gauges_->changes.add();
    ops::log(now.level > before.level ? ops::Level::error : ops::Level::info, "level_changed",
             {{"level", static_cast<int>(now.level)},
              {"before", static_cast<int>(before.level)},
              {"reason", name_of(now.reason)}});
}

Awaitable<void> Health::end() {
    co_await say_goodbye(*probe_, self_.id, services_.clock.now(), services_.clock.in(beat_budget));
}

}  // namespace rightsline::health
