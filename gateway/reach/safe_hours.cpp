#include "gateway/reach/safe_hours.hpp"

#include <algorithm>
#include <utility>

namespace rightsline::reach {
namespace {

using namespace std::chrono_literals;

constexpr auto furthest = std::chrono::hours(49);  // a day may have 25 hours

std::optional<people::Span> daily(std::string_view hours) {
    return people::parse_span("daily " + std::string(hours));
}

people::WeekTime wall_time(ops::UtcMs at, const UtcOffset& offset) {
    const auto local = at + std::chrono::minutes(offset(at));
    const auto day = std::chrono::floor<std::chrono::days>(local);
    const auto minute = std::chrono::floor<std::chrono::minutes>(local - day);
    return {static_cast<int>(std::chrono::weekday(day).iso_encoding()) - 1, static_cast<int>(minute.count())};
}

}  // namespace

SafeHours::SafeHours(std::string_view hours, std::string_view quiet) {
    if (!hours.empty()) {
        open_ = daily(hours);
    } else if (quiet.empty()) {
        open_ = daily("00:00-24:00");
    } else if (std::optional<people::Span> night = daily(quiet)) {
        std::swap(night->from, night->to);
        night->from %= 24 * 60;
        open_ = night->from == night->to ? std::nullopt : night;  // quiet all day
    }
}

bool SafeHours::cover(ops::UtcMs at, const UtcOffset& offset) const {
    return open_ && people::Hours({*open_}).cover(wall_time(at, offset));
}

/// Minute by minute: what a clock that is put back shows twice is found by looking, not by arithmetic.
std::optional<Window> SafeHours::next(ops::UtcMs from, const UtcOffset& offset) const {
    const ops::UtcMs last = from + furthest;
    for (ops::UtcMs at = from; open_ && at < last; at = std::chrono::floor<std::chrono::minutes>(at) + 1min) {
        if (!cover(at, offset)) {
            continue;
        }
        ops::UtcMs closes = std::chrono::floor<std::chrono::minutes>(at) + 1min;
        while (closes - at < longest_room && cover(closes, offset)) {
            closes += 1min;
        }
        if (closes - at >= least_room) {
            return Window{at, std::min(closes, at + longest_room)};
        }
        at = closes;
    }
    return std::nullopt;
}

}  // namespace rightsline::reach
