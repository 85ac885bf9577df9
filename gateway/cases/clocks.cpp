#include "gateway/cases/clocks.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace rightsline::cases {
namespace {

using std::chrono::seconds;

constexpr std::int64_t hour = 3600;
constexpr std::int64_t day = 24 * hour;

struct Interval {
    std::int64_t from = 0;
    std::int64_t to = 0;
};

/// Where a clock began. Of what is stored by the hour, the beginning of that hour.
struct Start {
    std::int64_t at = 0;
    bool by_the_hour = true;
};

/// What a clock counts: days end with the day there and not on a holiday; hours know neither.
enum class By { hours, days };

class Clocks {
 public:
    Clocks(const Timing& timing, std::int64_t now) : timing_(timing), now_(now), stops_(stops()) {}

    std::vector<DueClock> open() {
        if (is_closed(timing_.facts.status)) {
            return {};
        }
        for (const flows::ClockPreset preset : timing_.presets) {
            add(preset);
        }
        std::ranges::sort(open_, {}, [](const DueClock& one) { return std::pair(one.due, one.name); });
        return std::move(open_);
    }

 private:
    void add(flows::ClockPreset preset) {
        const Start filed{timing_.facts.filed_hour};
        const std::optional<Start> had = had_since(0);
        switch (preset) {
            case flows::ClockPreset::eu:
                if (!had) {
                    run("acknowledge", filed, 7 * day, By::days);
                } else if (!changed_after(*had)) {
                    run("feedback", *had, timing_.calendar.months_after(had->at, 3) - had->at, By::days);
                }
                break;
            case flows::ClockPreset::wsr:
                had ? run("update", last_heard(*had), 7 * day, By::days)
                    : run("answer", filed, day, By::hours);
                run("resolve-14", filed, 14 * day, By::days);
                run("resolve-30", filed, 30 * day, By::days);
                break;
            case flows::ClockPreset::p1:
                const Start began = danger_began();
                if (timing_.facts.urgency == flows::Urgency::p1 && !had_since(began.at)) {
                    run("danger", began, hour, By::hours);
                }
                break;
        }
    }

    /// Since then nobody has what is a danger: it rose, or they answered it and left it.
    Start danger_began() const {
        const Start rose{std::max(timing_.facts.raised_hour, timing_.facts.filed_hour)};
        const bool left = timing_.work.left > rose.at && had_since(rose.at);
        return left ? Start{timing_.work.left, false} : rose;
    }

    /// When somebody had it for the first time, not before `from`: took it, gave it a status, or wrote to its worker.
    std::optional<Start> had_since(std::int64_t from) const {
        std::optional<Start> first;
        if (timing_.facts.taken_hour != 0 && timing_.facts.taken_hour >= from) {
            first = Start{timing_.facts.taken_hour};
        }
        for (const std::int64_t wrote : {timing_.facts.answered_hour, timing_.facts.wrote_hour}) {
            if (wrote != 0 && wrote >= from && (!first || wrote < first->at)) {
                first = Start{wrote};
            }
        }
        for (const Change& one : timing_.work.changes) {
            if (one.at >= from && !is_of_others(one.status) && (!first || one.at < first->at)) {
                first = Start{one.at, false};
            }
        }
        return first;
    }
    /// It got this status when another organisation accepted it: by that nobody of the team has it, and its alert goes on.
    bool is_of_others(std::string_view key) const {
        const flows::CaseStatus* status = find_status(timing_.statuses, key);
        return status != nullptr && !status->passed_to.empty();
    }
    bool changed_after(const Start& start) const {
        return std::ranges::any_of(timing_.work.changes,
                                   [&start](const Change& one) { return one.at > start.at; });
    }
    Start last_heard(const Start& had) const {
        const bool changed = !timing_.work.changes.empty() && timing_.work.changes.back().at >= had.at;
        const Start last = changed ? Start{timing_.work.changes.back().at, false} : had;
        return timing_.facts.wrote_hour > last.at ? Start{timing_.facts.wrote_hour} : last;
    }

    void run(std::string_view name, const Start& start, std::int64_t within, By by) {
        const std::int64_t slack = start.by_the_hour ? hour : 0;
        DueClock clock{name, reached(start.at, within + slack, by)};
        clock.began = start.at;
        clock.warns = reached(start.at, within / 4 * 3, By::hours);
        if (clock.due <= now_) {
            clock.state = ClockState::overdue;
        } else if (!stops_.empty() && stops_.back().to == now_) {
            clock.state = ClockState::paused;
        } else if (clock.warns <= now_) {
            clock.state = ClockState::warned;
        }
        open_.push_back(clock);
    }

    /// The moment at which a clock that began at `from` has run for `length`.
    std::int64_t reached(std::int64_t from, std::int64_t length, By by) const {
        const auto whole = [&](std::int64_t at) {
            return by == By::days ? timing_.calendar.end_of_day(at) : at;
        };
        std::int64_t moment = whole(from + length);
        for (const Interval& stop : stops_) {  // in their order, and apart from each other
            const std::int64_t begin = std::max(stop.from, from);
            if (stop.to > begin && begin < moment) {
                moment += stop.to - begin;
            }
        }
        return whole(moment);
    }

    /// When the clocks stood still.
    std::vector<Interval> stops() const {
        std::vector<Interval> all;
        std::int64_t waited = 0;
        const std::vector<Change>& changes = timing_.work.changes;
        for (std::size_t i = 0; i < changes.size(); ++i) {
            const flows::CaseStatus* status = find_status(timing_.statuses, changes[i].status);
            Interval stop{changes[i].at, i + 1 < changes.size() ? changes[i + 1].at : now_};
            if (status != nullptr && status->waits) {
                const std::int64_t left = seconds(most_waiting).count() - waited;
                stop.to = std::min({stop.to, heard_after(stop.from), stop.from + left});
                waited += std::max<std::int64_t>(0, stop.to - stop.from);
            }
            const bool stands = status != nullptr && (status->waits || status->closes);
            if (stands && stop.to >= stop.from) {  // one that begins now has no length yet, and stands still
                all.push_back(stop);
            }
        }
        return all;
    }
    /// When the worker told more for the first time after `from`.
    std::int64_t heard_after(std::int64_t from) const {
        std::int64_t first = now_;
        for (const std::int64_t at : timing_.told) {
            first = at >= from ? std::min(first, at) : first;
        }
        return first;
    }
    bool is_closed(std::string_view key) const {
        const flows::CaseStatus* status = find_status(timing_.statuses, key);
        return status != nullptr && status->closes;
    }

    const Timing& timing_;
    std::int64_t now_;
    std::vector<Interval> stops_;
    std::vector<DueClock> open_;
};

}  // namespace

std::string_view to_word(ClockState state) {
    switch (state) {
        case ClockState::running:
            return "running";
        case ClockState::warned:
            return "warned";
        case ClockState::overdue:
            return "overdue";
        case ClockState::paused:
            break;
    }
    return "paused";
}

std::vector<DueClock> clocks_of(const Timing& timing, std::int64_t now) { return Clocks(timing, now).open(); }

}  // namespace rightsline::cases
