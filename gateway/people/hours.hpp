// Hours: when in the week a person may be woken, on the clock of the program's place.
//
// "mon-fri 06:00-22:00": days, then from and to; to before from means past midnight, and 00:00-24:00 the whole day.
// Pure. Threading: plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rightsline::people {

/// A moment of the week as the clock on the wall shows it.
struct WeekTime {
    int day = 0;     // 0 = Monday … 6 = Sunday
    int minute = 0;  // of the day
};

/// "2026-11-22 03:00" or "2026-11-22T03:00", as the clock on the wall shows it. Nothing when it is no such time.
std::optional<WeekTime> parse_wall_time(std::string_view text);
/// "sun 03:00".
std::string to_text(WeekTime at);

struct Span {
    std::uint8_t days = 0;  // bit 0 = Monday
    int from = 0;           // minutes of the day
    int to = 0;             // 1440 = midnight at its end
};

/// "mon-fri 06:00-22:00", "sun 22:00-06:00", "daily 00:00-24:00". Nothing when it is none.
std::optional<Span> parse_span(std::string_view text);

class Hours {
 public:
    Hours() = default;  // always
    explicit Hours(std::vector<Span> spans) : spans_(std::move(spans)) {}
    bool cover(WeekTime at) const;
    bool always() const { return spans_.empty(); }

 private:
    std::vector<Span> spans_;
};

}  // namespace rightsline::people
