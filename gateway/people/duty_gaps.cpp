#include "gateway/people/duty_gaps.hpp"

#include <algorithm>
#include <utility>

namespace rightsline::people {
namespace {

constexpr int day_long = 1440;
constexpr int week_long = 7 * day_long;

bool anybody(const Roster& roster, int minute) {
    const WeekTime at{minute / day_long % 7, minute % day_long};
    return std::ranges::any_of(roster.order,
                               [&](std::size_t who) { return roster.people[who].hours.cover(at); });
}

void add(std::vector<Span>& spans, int day, int from, int to) {
    const auto bit = static_cast<std::uint8_t>(1U << static_cast<unsigned>(day % 7));
    const auto same =
        std::ranges::find_if(spans, [&](const Span& one) { return one.from == from && one.to == to; });
    if (same == spans.end()) {
        spans.push_back({bit, from, to});
    } else {
        same->days = static_cast<std::uint8_t>(same->days | bit);
    }
}

/// From a minute of the week to one after it. A night stays in one piece; what takes a day or more is told day by day.
void add_stretch(std::vector<Span>& spans, int from, int to) {
    const bool over_midnight = from / day_long != (to - 1) / day_long;
    if (over_midnight && to - from < day_long) {
        add(spans, from / day_long, from % day_long, to % day_long);
        return;
    }
    while (from < to) {
        const int midnight = (from / day_long + 1) * day_long;
        const int end = std::min(to, midnight);
        add(spans, from / day_long, from % day_long, end == midnight ? day_long : end % day_long);
        from = end;
    }
}

bool has_day(const Span& span, int day) { return (span.days >> static_cast<unsigned>(day % 7) & 1U) != 0; }

/// The days from `first` on that follow each other.
int row_of_days(const Span& span, int first) {
    int length = 0;
    while (length < 7 && has_day(span, first + length)) {
        ++length;
    }
    return length;
}

/// A row that runs over the weekend, "fri-mon", begins on its Friday.
bool begins_row(const Span& span, int day) { return has_day(span, day) && !has_day(span, day + 6); }

struct Said {
    WeekTime begin;
    std::string words;
};

std::string clock_of(WeekTime at) { return at.minute == day_long ? "24:00" : to_text(at).substr(4); }
std::string day_name(int day) { return to_text(WeekTime{day % 7, 0}).substr(0, 3); }

Said said_of(const Span& span, int first, int length) {
    std::string days = length == 7 ? "daily" : day_name(first);
    const bool whole = span.from == 0 && span.to == day_long;
    if (length > 1 && length < 7) {
        days += (whole && length == 2 ? ", " : "-") + day_name(first + length - 1);
    }
    if (!whole) {
        days += " " + clock_of({first, span.from}) + "-" + clock_of({first, span.to});
    }
    return {{first, span.from}, std::move(days)};
}

}  // namespace

std::vector<Span> duty_gaps(const Roster& roster) {
    std::vector<Span> spans;
    int start = 0;  // a minute at which somebody is there
    while (start < week_long && !anybody(roster, start)) {
        ++start;
    }
    if (start == week_long) {  // an order without people: no hours cover no minute at all
        return spans;
    }
    int from = -1;
    for (int minute = start; minute <= start + week_long; ++minute) {
        const bool alone = minute < start + week_long && !anybody(roster, minute);
        if (alone && from < 0) {
            from = minute;
        } else if (!alone && from >= 0) {
            add_stretch(spans, from, minute);
            from = -1;
        }
    }
    return spans;
}

std::string to_text(const std::vector<Span>& spans) {
    std::vector<Said> all;
    for (const Span& span : spans) {
        if (row_of_days(span, 0) == 7) {
            all.push_back(said_of(span, 0, 7));
            continue;
        }
        for (int day = 0; day < 7; ++day) {
            if (begins_row(span, day)) {
                all.push_back(said_of(span, day, row_of_days(span, day)));
            }
        }
    }
    std::ranges::sort(all, {}, [](const Said& one) { return one.begin.day * day_long + one.begin.minute; });
    std::string text;
    for (const Said& one : all) {
        text += (text.empty() ? "" : ", ") + one.words;
    }
    return text;
}

}  // namespace rightsline::people
