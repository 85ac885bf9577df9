#include "flows/loader/holidays.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace rightsline::flows {
namespace {

constexpr std::size_t most_holidays = 400;  // of twenty years

std::optional<int> number_in(std::string_view digits) {
    int number = 0;
    const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    const bool whole = failed == std::errc() && end == digits.data() + digits.size() && digits[0] != '-';
    return whole ? std::optional(number) : std::nullopt;
}

/// "2026-11-26".
std::optional<std::chrono::sys_days> day_of(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') {
        return std::nullopt;
    }
    const auto year = number_in(text.substr(0, 4));
    const auto month = number_in(text.substr(5, 2));
    const auto day = number_in(text.substr(8, 2));
    if (!year || !month || !day) {
        return std::nullopt;
    }
    const std::chrono::year_month_day date{std::chrono::year(*year),
                                           std::chrono::month(static_cast<unsigned>(*month)),
                                           std::chrono::day(static_cast<unsigned>(*day))};
    return date.ok() ? std::optional(std::chrono::sys_days(date)) : std::nullopt;
}

}  // namespace

void read_holidays(Build& build) {
    const Node& node = build.sources.program["holidays"];
    if (!build.sources.program.has("holidays") || !is_map(node, build.complaints)) {
        return;
    }
    locales::refuse_unknown_keys(node, {"source", "days"}, build.complaints);
    std::vector<std::chrono::sys_days>& days = build.pack->holidays;
    for (const std::string& text : read_list(node["days"], build.complaints)) {
        const std::optional<std::chrono::sys_days> day = day_of(text);
        if (!day || days.size() >= most_holidays) {
            build.complain(node["days"], "bad-value", "'" + text + "' is no day, or one too many",
                           "write \"2026-11-26\"; 400 days at most");
            continue;
        }
        days.push_back(*day);
    }
    if (!days.empty() && read_text(node["source"], build.complaints).empty()) {
        build.complain(node, "no-source", "nobody says that these are holidays",
                       "add source: with the page or the agreement that names them");
    }
    std::ranges::sort(days);
}

}  // namespace rightsline::flows
