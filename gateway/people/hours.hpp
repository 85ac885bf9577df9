// Hours: when in the week a person may be woken, on the clock of the program's place.
//
// "mon-fri 06:00-22:00": days, then from and to; to before from means past midnight, and 00:00-24:00 the whole day.
// A shift has exceptions by date: when its person is away, and when they stand in although it is not their hour.
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
    int day = 0;                         // 0 = Monday … 6 = Sunday
    int minute = 0;                      // of the day
    std::optional<std::int32_t> date{};  // days since 1970-01-01; nothing: of any week
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

/// Minutes since 1970-01-01 00:00, as the clock on the wall counts them.
struct Period {
    std::int64_t from = 0;
    std::int64_t to = 0;  // not in it
};

/// "2026-12-24 18:00 to 2026-12-27 06:00", "2026-12-25" (the whole day), "2026-12-24 to 2026-12-26" (to its end). Nothing when it
/// is none.
std::optional<Period> parse_period(std::string_view text);

/// By date. Whoever is away is not on duty, whatever else is said; whoever stands in is.
struct Exceptions {
    std::vector<Period> away{};
    std::vector<Period> stands_in{};
};

class Hours {
 public:
    Hours() = default;  // always
    explicit Hours(std::vector<Span> spans, Exceptions exceptions = {})
        : spans_(std::move(spans)), exceptions_(std::move(exceptions)) {}
    /// A time of any week knows no exception.
    bool cover(WeekTime at) const;
    bool always() const { return spans_.empty(); }

 private:
    std::vector<Span> spans_;
    Exceptions exceptions_;
};

}  // namespace rightsline::people
