#include "gateway/people/hours.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>

namespace rightsline::people {
namespace {

constexpr int minutes_of_day = 1440;
constexpr std::uint8_t every_day = 0x7F;
constexpr std::array<std::string_view, 7> names{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

std::optional<int> day_of(std::string_view name) {
    const auto found = std::ranges::find(names, name);
    return found == names.end() ? std::nullopt : std::optional(static_cast<int>(found - names.begin()));
}

std::optional<std::uint8_t> days_of(std::string_view text) {
    if (text == "daily") {
        return every_day;
    }
    const auto dash = text.find('-');
    const std::optional<int> first = day_of(text.substr(0, dash));
    const std::optional<int> last = dash == std::string_view::npos ? first : day_of(text.substr(dash + 1));
    if (!first || !last) {
        return std::nullopt;
    }
    unsigned days = 0;
    for (int day = *first;; day = (day + 1) % 7) {  // "fri-mon" runs over the weekend
        days |= 1U << static_cast<unsigned>(day);
        if (day == *last) {
            return static_cast<std::uint8_t>(days);
        }
    }
}

std::optional<int> two_digits(std::string_view text) {
    int value = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = failed == std::errc{} && end == text.data() + text.size();
    return whole && text.size() == 2 ? std::optional(value) : std::nullopt;
}

/// "06:00"; 24:00 is the end of the day.
std::optional<int> minute_of(std::string_view text) {
    const auto colon = text.find(':');
    if (colon == std::string_view::npos) {
        return std::nullopt;
    }
    const std::optional<int> hour = two_digits(text.substr(0, colon));
    const std::optional<int> minute = two_digits(text.substr(colon + 1));
    if (!hour || !minute || *hour < 0 || *minute < 0 || *minute > 59 ||
        *hour * 60 + *minute > minutes_of_day) {
        return std::nullopt;
    }
    return *hour * 60 + *minute;
}

bool has_day(const Span& span, int day) { return (span.days >> static_cast<unsigned>(day) & 1U) != 0; }

bool covers(const Span& span, WeekTime at) {
    if (span.from < span.to) {
        return has_day(span, at.day) && at.minute >= span.from && at.minute < span.to;
    }
    const int yesterday = (at.day + 6) % 7;
    return (has_day(span, at.day) && at.minute >= span.from) ||
           (has_day(span, yesterday) && at.minute < span.to);
}

std::optional<int> four_digits(std::string_view text) {
    const std::optional<int> high = two_digits(text.substr(0, 2));
    const std::optional<int> low = two_digits(text.substr(2));
    return high && low && *high >= 0 && *low >= 0 ? std::optional(*high * 100 + *low) : std::nullopt;
}

/// "2026-12-24".
std::optional<std::chrono::sys_days> date_of(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') {
        return std::nullopt;
    }
    const std::optional<int> year = four_digits(text.substr(0, 4));
    const std::optional<int> month = two_digits(text.substr(5, 2));
    const std::optional<int> day = two_digits(text.substr(8, 2));
    if (!year || !month || !day || *month < 1 || *day < 1) {
        return std::nullopt;
    }
    const std::chrono::year_month_day date(std::chrono::year(*year),
                                           std::chrono::month(static_cast<unsigned>(*month)),
                                           std::chrono::day(static_cast<unsigned>(*day)));
    return date.ok() ? std::optional(std::chrono::sys_days(date)) : std::nullopt;
}

std::int64_t minutes_of(WeekTime at) { return std::int64_t{*at.date} * minutes_of_day + at.minute; }

/// Of one end of a period; a date without a time is its `whole_day`.
std::optional<Period> end_of(std::string_view text) {
    if (const std::optional<std::chrono::sys_days> day = date_of(text)) {
        const std::int64_t begins = std::int64_t{day->time_since_epoch().count()} * minutes_of_day;
        return Period{begins, begins + minutes_of_day};
    }
    const std::optional<WeekTime> at = parse_wall_time(text);
    return at ? std::optional(Period{minutes_of(*at), minutes_of(*at)}) : std::nullopt;
}

bool is_in(const std::vector<Period>& periods, WeekTime at) {
    return at.date && std::ranges::any_of(periods, [now = minutes_of(at)](const Period& one) {
               return now >= one.from && now < one.to;
           });
}

}  // namespace

std::optional<WeekTime> parse_wall_time(std::string_view text) {
    if (text.size() != 16 || (text[10] != ' ' && text[10] != 'T')) {
        return std::nullopt;
    }
    const std::optional<std::chrono::sys_days> date = date_of(text.substr(0, 10));
    const std::optional<int> minute = minute_of(text.substr(11));
    if (!date || !minute || *minute == minutes_of_day) {
        return std::nullopt;
    }
    const std::chrono::weekday weekday{*date};
    return WeekTime{static_cast<int>(weekday.iso_encoding()) - 1, *minute,
                    static_cast<std::int32_t>(date->time_since_epoch().count())};
}

std::optional<Period> parse_period(std::string_view text) {
    constexpr std::string_view between = " to ";
    const auto split = text.find(between);
    const std::optional<Period> first = end_of(text.substr(0, split));
    const std::optional<Period> last =
        split == std::string_view::npos ? first : end_of(text.substr(split + between.size()));
    if (!first || !last || last->to <= first->from) {
        return std::nullopt;
    }
    return Period{first->from, last->to};
}

std::string to_text(WeekTime at) {
    const auto two = [](int number) { return (number < 10 ? "0" : "") + std::to_string(number); };
    return std::string(names.at(static_cast<std::size_t>(at.day))) + " " + two(at.minute / 60) + ":" +
           two(at.minute % 60);
}

std::optional<Span> parse_span(std::string_view text) {
    const auto space = text.find(' ');
    const auto dash = text.rfind('-');
    if (space == std::string_view::npos || dash == std::string_view::npos || dash < space) {
        return std::nullopt;
    }
    const auto days = days_of(text.substr(0, space));
    const auto from = minute_of(text.substr(space + 1, dash - space - 1));
    const auto to = minute_of(text.substr(dash + 1));
    if (!days || !from || !to || *from == *to || *from == minutes_of_day) {
        return std::nullopt;
    }
    return Span{*days, *from, *to};
}

bool Hours::cover(WeekTime at) const {
    if (is_in(exceptions_.away, at)) {
        return false;
    }
    return spans_.empty() || is_in(exceptions_.stands_in, at) ||
           std::ranges::any_of(spans_, [&](const Span& span) { return covers(span, at); });
}

}  // namespace rightsline::people
