// Zone: what the clock on the wall shows in a place, from the system's zone data.
//
// Never from ICU: Debian 12's ICU carries zone data of 2022 and is wrong for Mexico and Egypt.
// Threading: const after find(); the zone data is read once per process.
#pragma once

#include <memory>
#include <string>

#include "gateway/ops/clock.hpp"
#include "locales/result.hpp"

namespace rightsline::ops {

/// The day in UTC: "2026-11-21".
std::string iso_day(UtcMs at);

class Zone {
 public:
    /// "America/New_York". Errors: errc::no_such_zone.
    static Result<Zone> find(const std::string& name);
    /// Minutes to add to UTC at that instant.
    int utc_offset_minutes(UtcMs at) const;

 private:
    explicit Zone(const void* zone) : zone_(zone) {}
    const void* zone_;  // date::time_zone, which lives as long as the process
};

}  // namespace rightsline::ops
