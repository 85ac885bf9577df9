#include "gateway/ops/zone.hpp"

#include <date/tz.h>

#include <cstdio>
#include <stdexcept>

#include "gateway/ops/error.hpp"

namespace rightsline::ops {

std::string iso_day(UtcMs at) {
    const std::chrono::year_month_day day(std::chrono::floor<std::chrono::days>(at));
    char text[16];
    std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(day.year()),
                  static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
    return text;
}

Result<Zone> Zone::find(const std::string& name) {
    try {
        return Zone(date::locate_zone(name));
    } catch (const std::runtime_error&) {  // how the library says "unknown"
        return errc::no_such_zone;
    }
}

int Zone::utc_offset_minutes(UtcMs at) const {
    const auto* zone = static_cast<const date::time_zone*>(zone_);
    const date::sys_info info = zone->get_info(std::chrono::floor<std::chrono::seconds>(at));
    return static_cast<int>(std::chrono::duration_cast<std::chrono::minutes>(info.offset).count());
}

}  // namespace rightsline::ops
