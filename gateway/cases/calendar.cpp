#include "gateway/cases/calendar.hpp"

#include <algorithm>

namespace rightsline::cases {

using std::chrono::seconds;
using std::chrono::sys_days;
using std::chrono::sys_seconds;

Calendar::Calendar(const std::string& zone, const std::vector<sys_days>& holidays) : holidays_(holidays) {
    Result<ops::Zone> found = ops::Zone::find(zone);
    if (found) {
        zone_ = *found;
    }
}

std::int64_t Calendar::offset(std::int64_t at) const {
    return zone_ ? std::int64_t{60} * zone_->utc_offset_minutes(ops::UtcMs(seconds(at))) : 0;
}

std::int64_t Calendar::moment_of(std::int64_t local) const {
    const std::int64_t near = local - offset(local);
    return local - offset(near);  // the clocks may be put on between the two
}

std::int64_t Calendar::end_of_day(std::int64_t at) const {
    auto day = std::chrono::floor<std::chrono::days>(sys_seconds(seconds(at + offset(at))));
    while (std::ranges::binary_search(holidays_, day)) {
        day += std::chrono::days(1);
    }
    return moment_of(seconds((day + std::chrono::days(1)).time_since_epoch()).count()) - 1;
}

std::int64_t Calendar::months_after(std::int64_t at, int months) const {
    const sys_seconds moment{seconds(at + offset(at))};
    const auto date = std::chrono::floor<std::chrono::days>(moment);
    std::chrono::year_month_day later = std::chrono::year_month_day(date) + std::chrono::months(months);
    if (!later.ok()) {
        later = later.year() / later.month() / std::chrono::last;
    }
    return moment_of((sys_days(later) + (moment - date)).time_since_epoch().count());
}

}  // namespace rightsline::cases
