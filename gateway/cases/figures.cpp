#include "gateway/cases/figures.hpp"

#include <algorithm>

#include "flows/pack.hpp"

namespace rightsline::cases {
namespace {

constexpr std::int64_t step = 5;
constexpr std::int64_t day = 86'400;

FigureCount::Shown shown(std::int64_t count) {
    return count < fewest_shown ? std::nullopt : std::optional(count / step * step);
}

/// A part of `whole` is shown only where what is left of the whole could be shown too, or is nothing.
FigureCount::Shown shown_part(std::int64_t part, std::int64_t whole) {
    const std::int64_t rest = whole - part;
    return rest != 0 && rest < fewest_shown ? std::nullopt : shown(part);
}

}  // namespace

std::int64_t quarter_of(std::chrono::sys_seconds now) {
    const std::chrono::year_month_day date(std::chrono::floor<std::chrono::days>(now));
    const unsigned first = (static_cast<unsigned>(date.month()) - 1) / 3 * 3 + 1;
    const std::chrono::sys_days begins{date.year() / std::chrono::month(first) / 1};
    return std::chrono::sys_seconds(begins).time_since_epoch().count();
}

void FigureCount::add_status(const std::string& status, std::int64_t from, std::int64_t to) {
    if (to < until_ && to >= from) {
        lasted_[status].push_back(to - from);
    }
}

void FigureCount::add(const CaseFacts& facts, const Casework& work, const std::vector<CheckIn>& check_ins) {
    for (const CheckIn& one : check_ins) {
        const bool over = !one.answer.empty() && one.hour < until_;
        const bool answered = over && one.answer != answer_unknown;
        asked_ += over ? 1 : 0;
        answered_ += answered ? 1 : 0;
        changed_ += answered && one.answer == answer_changed ? 1 : 0;
    }
    std::string status(flows::status_received);
    std::int64_t since = facts.filed_hour;
    for (const Change& change : work.changes) {
        add_status(status, since, change.at);
        status = change.status;
        since = change.at;
    }
}

FigureCount::Figures FigureCount::figures() const {
    Figures all;
    all.until = until_;
    all.asked = shown(asked_);
    all.answered = shown_part(answered_, asked_);
    all.changed = shown_part(changed_, answered_);
    for (auto [status, times] : lasted_) {
        Lasted& one = all.statuses[status];
        one.cases = shown(static_cast<std::int64_t>(times.size()));
        if (one.cases) {
            const auto middle = times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2);
            std::ranges::nth_element(times, middle);
            one.median_days = (*middle + day / 2) / day;
        }
    }
    return all;
}

}  // namespace rightsline::cases
