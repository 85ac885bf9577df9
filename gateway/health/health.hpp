// Health: everything that is known of how well this process, its store and its disks are, and what follows from it.
//
// The one place that knows the level (ladder.hpp). Rooms that leave something out ask it, or are told by the composition
// root. Every change is one log line with its reason, and gauges. What the levels mean is written in ladder.hpp; that a
// worker's text or call is never turned away for any of them is the rule above all.
// Must never: hold back a report or an alert. Threading: the loop's. Owner: the composition root; outlives the clients.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "gateway/health/clock_watch.hpp"
#include "gateway/health/ladder.hpp"
#include "gateway/health/pulse.hpp"
#include "gateway/health/room_watch.hpp"
#include "gateway/health/store_watch.hpp"
#include "gateway/ops/metrics.hpp"

namespace rightsline::health {

struct HealthServices {
    ops::Clock& clock;
    ops::Metrics& metrics;
    std::vector<std::string> folders;  // that we write to
    std::function<std::optional<int>(const std::string& folder)> disk = disk_percent;
};

class Health {
 public:
    Health(redis::Client& store, HealthServices services, Instance self);
    ~Health();

    redis::Watcher& watcher() { return watch_; }
    /// Commits now and then, until the task is ended.
    Awaitable<void> keep_beating();
    /// One beat, now.
    Awaitable<void> beat_once();
    /// Puts together what is known. Several times a second.
    void look();
    /// How much of its memory the store uses; only who loads the functions may ask it.
    void heard_memory(std::optional<int> percent);
    Awaitable<void> end();

    Level level() const { return ladder_.stand().level; }
    Reason reason() const { return ladder_.stand().reason; }
    bool blasts_paused() const { return level() >= Level::strained; }
    bool statistics_paused() const { return level() >= Level::strained; }
    bool housekeeping_paused() const { return level() >= Level::narrow; }
    bool clocks_disagree() const { return clocks_.disagrees(); }
    /// Whether a pause may be taken for an end. Looks at the clock itself: a jump counts at once.
    bool may_time();
    /// Whether what is old may be deleted for it.
    bool may_delete() const { return clocks_.may_delete(services_.clock.steady()); }
    Fullness disk() const { return disk_room_.fullness(); }
    Fullness memory() const { return memory_room_.fullness(); }
    const Instance& self() const { return self_; }

 private:
    struct Gauges;
    void look_at_disks();
    void look_at_clock();
    void tell(const Verdict& before);
    std::chrono::milliseconds rest() const;

    HealthServices services_;
    StoreWatch watch_;
    std::unique_ptr<redis::Client> probe_;
    Instance self_;
    Ladder ladder_;
    ClockWatch clocks_;
    RoomWatch disk_room_{{80, 90}};
    RoomWatch memory_room_{{70, 90}};
    Facts facts_;
    Deadline next_disk_look_{};
    std::unique_ptr<Gauges> gauges_;
};

}  // namespace rightsline::health
