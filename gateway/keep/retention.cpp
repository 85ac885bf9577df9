// Names of backups, and which of them go.
#include <algorithm>
#include <cstdio>
#include <map>
#include <optional>
#include <set>

#include "gateway/keep/backup.hpp"

namespace rightsline::keep {
namespace {

using std::chrono::sys_seconds;

std::optional<sys_seconds> time_of(const std::string& name) {
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    int hour = 0;
    int minute = 0;
    int second = 0;
    if (std::sscanf(name.c_str(), "rightsline-%4d%2u%2uT%2d%2d%2dZ.backup", &year, &month, &day, &hour,
                    &minute, &second) != 6) {
        return std::nullopt;
    }
    const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month),
                                           std::chrono::day(day)};
    if (!date.ok()) {
        return std::nullopt;
    }
    const sys_seconds at = std::chrono::sys_days(date) + std::chrono::hours(hour) +
                           std::chrono::minutes(minute) + std::chrono::seconds(second);
    return backup_name(at) == name ? std::optional(at) : std::nullopt;  // and nothing stands behind it
}

}  // namespace

std::string backup_name(sys_seconds at) {
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss time(at - day);
    char text[64];
    std::snprintf(text, sizeof text, "rightsline-%04d%02u%02uT%02d%02d%02dZ.backup",
                  static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                  static_cast<unsigned>(date.day()), static_cast<int>(time.hours().count()),
                  static_cast<int>(time.minutes().count()), static_cast<int>(time.seconds().count()));
    return text;
}

std::vector<std::string> superseded(std::vector<std::string> names, sys_seconds now, Retention retention) {
    std::map<sys_seconds, std::string, std::greater<>> ours;  // the newest first
    for (std::string& name : names) {
        if (const std::optional<sys_seconds> at = time_of(name)) {
            ours.emplace(*at, std::move(name));
        }
    }
    std::set<sys_seconds> seen_hours;
    std::set<sys_seconds> seen_days;
    std::vector<std::string> go;
    for (const auto& [at, name] : ours) {
        const sys_seconds hour = std::chrono::floor<std::chrono::hours>(at);
        const sys_seconds day = std::chrono::floor<std::chrono::days>(at);
        const bool first_of_hour = seen_hours.insert(hour).second;
        const bool first_of_day = seen_days.insert(day).second;
        const bool hourly = first_of_hour && now - at < std::chrono::hours(retention.hourly);
        const bool daily = first_of_day && now - at < std::chrono::days(retention.daily);
        if (!hourly && !daily && name != ours.begin()->second) {
            go.push_back(name);
        }
    }
    return go;
}

}  // namespace rightsline::keep
